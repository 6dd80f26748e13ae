from pathlib import Path
from typing import Any

import pytest

from assist.adapters.documents import DocumentSource
from assist.errors import BadKnowledgeBase
from assist.policies.reading import find_faults, read_policy_set
from tests.policies.rules import a_policy_document, clause_with, money

SLA = """\
matrix: {high: [P1, P2, P3], medium: [P2, P3, P4], low: [P3, P4, P4]}
targets:
  P1: {first_response_hours: 1, resolution_hours: 8}
  P2: {first_response_hours: 1, resolution_hours: 8}
  P3: {first_response_hours: 1, resolution_hours: 8}
  P4: {first_response_hours: 1, resolution_hours: 8}
calendars:
  - {region: US, time_zone: America/New_York, opens: "09:00", closes: "18:00"}
"""
ACTIONS = """\
actions:
  - kind: callback
    title: Call back
    when: order.placed_at < '2026-01-01'
"""
GRANT = "grants: [{level: lead, action: callback, limit: [{amount: 49.5, currency: USD}]}]"
ALIASES = "\n".join(
    ["a0: &a0 [x, y]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
)
"""Nine lines that stand for 86 million entries."""
RULE = """\
rules:
  - code: safety
    team: Safety
    role: officer
    within_hours: 1
    customer_notice: We are on it.
"""


def complaint(files: dict[str, str], **policy: Any) -> BadKnowledgeBase:
    documents = (a_policy_document(**policy),) if policy else ()
    with pytest.raises(BadKnowledgeBase) as caught:
        read_policy_set(files, documents, "v1")
    assert caught.value.cure
    return caught.value


def test_files_and_policies_become_one_policy_set() -> None:
    files = {
        "sla.yaml": SLA,
        "actions.yaml": ACTIONS,
        "escalation.yaml": RULE,
        "records.yaml": "currency: {US: USD}\ncustomers: [{id: c-1}]\n",
        "authority.yaml": GRANT,
    }
    rules = read_policy_set(files, (a_policy_document(),), "v7")
    assert rules.version == "v7"
    assert rules.defaults == ("facts.yaml", "categories.yaml", "ticket_template.yaml")
    assert rules.currency == {"US": "USD"}
    assert [clause.id for clause in rules.policies[0].clauses] == ["returns.window"]
    assert rules.policies[0].clauses[0].policy_id == "returns"
    assert rules.authority.grants[0].limit == (money("49.5", "USD"),)
    assert [rule.code for rule in rules.escalation.rules] == ["safety"]


def test_a_policy_without_clauses_is_prose() -> None:
    assert read_policy_set({}, (a_policy_document(clauses=None),), "v1").policies == ()


@pytest.mark.parametrize(
    ("where", "text", "problem"),
    [
        ("facts.yaml:2", "facts:\n  - {path: a, type: texxt}", "facts.0.type: input"),
        ("facts.yaml:2", "facts: []\nfoo: 1", "unknown key 'foo'"),
        ("facts.yaml:2", "facts:\n - path: a", "facts.0.type: is missing"),
        ("facts.yaml:1", "facts: [", "not YAML"),
        ("facts.yaml:2", "facts: 1\nfacts: 2", "stands twice"),
        ("facts.yaml:1", "- path: a", "key: value"),
        ("facts.yaml:1", "facts: " + "[" * 1500, "nested too deeply"),
        ("facts.yaml:", ALIASES, "stands for more than"),
        (
            "facts.yaml:3",
            "facts:\n - {path: a, type: text}\n - {path: a, type: date}",
            "given twice",
        ),
        ("facts.yaml:2", "facts:\n - {path: a, type: choice}", "no choices"),
        ("facts.yaml:2", "facts:\n - {path: a-b, type: text}", "is not a path"),
        (
            "categories.yaml:4",
            "categories:\n - id: a\n   title: A\n   facts: [order.nr]",
            "fact 'order.nr' is not declared",
        ),
        (
            "actions.yaml:4",
            ACTIONS.replace("placed_at", "placed"),
            "'order.placed' is not declared",
        ),
        ("actions.yaml:5", ACTIONS + "    cost: [{amount: -1, currency: USD}]", "is negative"),
        ("actions.yaml:5", ACTIONS + "    cost_parameter: amount", "no parameter of type money"),
        (
            "actions.yaml:5",
            ACTIONS + "    parameters: {on: {type: date, default: Monday}}",
            "not text",
        ),
        (
            "actions.yaml:5",
            ACTIONS + "    parameters: {day: {type: date, default: Monday}}",
            "is no date",
        ),
        ("authority.yaml:1", "levels: [agent, agent]", "each once"),
        (
            "authority.yaml:2",
            "grants:\n - {level: boss, action: callback}",
            "level 'boss' is not declared",
        ),
        (
            "authority.yaml:2",
            "grants:\n - {level: lead, action: refnd}",
            "action 'refnd' is not declared",
        ),
        ("sla.yaml:1", "", "matrix: is missing"),
        ("sla.yaml:1", SLA.replace("low: [P3, P4, P4]", "low: [P3, P4]"), "needs three of"),
        (
            "sla.yaml:1",
            SLA.replace("low: [P3, P4, P4]", "low: [P1, P4, P4]"),
            "leads to a lower priority",
        ),
        (
            "sla.yaml:2",
            SLA.replace("  P3: {first_response_hours: 1, resolution_hours: 8}\n", ""),
            "P3 has no target",
        ),
        ("sla.yaml:8", SLA.replace("New_York", "Newyork"), "Newyork"),
        ("sla.yaml:8", SLA.replace('closes: "18:00"', 'closes: "08:00"'), "not after it opens"),
        ("sla.yaml:8", SLA.replace('"18:00"', "18:00"), "minute must be"),
        ("sla.yaml:9", SLA + "default_region: UK", "region 'UK' is not declared"),
        ("sla.yaml:9", SLA + "tier_boost: {gold: 3}", "0, 1 or 2"),
        (
            "sla.yaml:9",
            SLA + "  - {region: UK, time_zone: UTC, holidays: [2026-02-30]}",
            "holidays.0",
        ),
        ("escalation.yaml:2", RULE.replace("safety", "fire"), "code 'fire' is not declared"),
        ("escalation.yaml:5", RULE.replace("hours: 1", "hours: 0"), "is no time"),
        ("records.yaml:1", "currency: {US: dollars}", "currency.US"),
        ("actions.yaml:5", ACTIONS + "    promise: We call {when}.", "{when} is no parameter of"),
        ("actions.yaml:5", ACTIONS + "    promise: We call { you.", "a brace has no partner"),
        ("actions.yaml:5", ACTIONS + "    alternatives: [refnd]", "'refnd' is not declared"),
        ("actions.yaml:5", ACTIONS + "    alternatives: [callback]", "offered instead of itself"),
        ("actions.yaml:5", ACTIONS + "    alternatives: [ask, ask]", "ask is offered twice"),
        (
            "authority.yaml:1",
            GRANT.replace("49.5", "-1"),
            "grants.0.limit.0: -1.00 USD is negative",
        ),
        (
            "authority.yaml:1",
            "grants: [{level: lead, action: callback, when: order.nr == 1}]",
            "'order.nr' is not declared",
        ),
        (
            "authority.yaml:1",
            "grants: [{level: lead, action: callback, cap: {days: 30}}]",
            "grants.0.cap: caps neither",
        ),
        (
            "authority.yaml:1",
            "grants: [{level: lead, action: callback, cap: {days: 0, count: 1}}]",
            "grants.0.cap.days: input should be greater than 0",
        ),
        (
            "authority.yaml:1",
            GRANT.replace("limit: [", "cap: {days: 9, amount: [&a ").replace("}]}]", "}, *a]}}]"),
            "grants.0.cap.amount.1: USD is given twice",
        ),
        ("authority.yaml:1", "approvers: {boss: me}", "level 'boss' is not declared"),
    ],
)
def test_a_wrong_file_is_refused_at_its_line(where: str, text: str, problem: str) -> None:
    error = complaint({where.partition(":")[0]: text})
    assert error.where.startswith(where)
    assert problem in error.problem


@pytest.mark.parametrize(
    ("policy", "where", "problem"),
    [
        ({"clauses": clause_with(text="A device can be kept.")}, ":15", "not a sentence of"),
        ({"clauses": clause_with(when="order.nr == 1")}, ":12", "'order.nr' is not declared"),
        ({"clauses": clause_with(actions=["refnd"])}, ":9", "action 'refnd' is not declared"),
        ({"clauses": clause_with(actions=[])}, ":9", "governs no action"),
        ({"clauses": clause_with(effect="needs_approval")}, ":9", "needs_approval needs level"),
        ({"clauses": clause_with(effect="needs_approval", level="boss")}, ":9", "level 'boss'"),
        ({"clauses": clause_with(effect="require")}, ":9", "require needs facts"),
        ({"clauses": clause_with(effect="require", facts=["no.such"])}, ":9", "fact 'no.such'"),
        ({"clauses": clause_with(effect="limit")}, ":9", "limit needs limit"),
        ({"clauses": clause_with(level="lead")}, ":9", "allow has no level"),
        ({"clauses": clause_with(period_days=30)}, ":9", "allow has no period_days"),
        ({"clauses": clause_with(id="window")}, ":9", "does not start with its policy's id"),
        ({"clauses": clause_with(wehn="true")}, ":9", "unknown key 'wehn'"),
        ({"clauses": clause_with(policy_id="x")}, ":9", "unknown key 'policy_id'"),
        ({"clauses": clause_with() * 2}, ":9", "also stands in"),
        ({"clauses": ["window"]}, ":9", "must be a map"),
        ({"clauses": "none"}, ":9", "must be a list"),
        ({"expires": "2025-01-01"}, ":1", "is not after effective"),
        ({"purpos": "x"}, ":1", "unknown key 'purpos'"),
        ({"owner": None}, ":1", "owner: is missing"),
        ({"effective": "soon"}, ":1", "effective"),
    ],
)
def test_a_wrong_policy_is_refused_at_its_line(
    policy: dict[str, Any], where: str, problem: str
) -> None:
    error = complaint({}, **policy)
    assert error.where == f"policies/returns.md{where}"
    assert problem in error.problem


def test_two_policies_of_one_id_are_refused() -> None:
    with pytest.raises(BadKnowledgeBase, match="also stands in") as caught:
        read_policy_set({}, (a_policy_document(), a_policy_document()), "v1")
    assert caught.value.where == "policies/returns.md:1"


def test_a_misspelt_name_is_met_with_the_nearest_one() -> None:
    assert "callback" in complaint({}, clauses=clause_with(actions=["calback"])).cure


ON_DISK = """\
---
id: returns
title: Returns
version: "3"
owner: Care
effective: 2026-01-01
purpose: A fair way back.
clauses:
  - id: returns.window
    type: standard
    actions: [callback]
    effect: allow
    reason: The window is open.
    text: A device can be returned.
  - id: returns.sealed
    type: standard
    actions:
      - callback
      - send_info
    when: "true"
    effect: allow
    reason: The seal is whole.
    text: A sealed box can be returned.
---
A device can be returned. A sealed box can be returned.
"""


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("type: standard\n    actions:\n", "type: strict\n    actions:\n", 16),
        ("- send_info", "- refnd", 19),
        ('when: "true"', "when: order.nr == 1", 20),
        ("text: A sealed box", "text: Any box", 23),
        ("effect: allow\n    reason: The seal", "effect: limit\n    reason: The seal", 15),
        ("owner: Care\n", "", 1),
    ],
)
def test_a_fault_in_a_policy_file_is_named_with_its_line_in_that_file(
    tmp_path: Path, right: str, wrong: str, line: int
) -> None:
    file = tmp_path / "policies/returns.md"
    file.parent.mkdir()
    assert ON_DISK.count(right) == 1
    file.write_text(ON_DISK.replace(right, wrong))
    actions = "actions: [{kind: callback, title: Call}, {kind: send_info, title: Send}]"
    reading = DocumentSource().read(tmp_path, None)

    with pytest.raises(BadKnowledgeBase) as caught:
        read_policy_set({"actions.yaml": actions}, reading.documents, "v1")

    assert caught.value.where == f"{file}:{line}"


def places(files: dict[str, str], *documents: Any) -> list[str]:
    return [fault.where for fault in find_faults(files, documents)]


def test_every_fault_is_found_in_the_order_of_files_and_lines() -> None:
    two = [clause_with(when="order.nr == 1")[0], clause_with(when="order.xy == 1")[0]]
    categories = "categories:\n - id: a\n   title: A\n   facts: [order.nr]\n"
    files = {
        "categories.yaml": categories + " - {id: a, title: A, facts: [order.xy]}",
        "authority.yaml": "levels: [agent, agent]\ngrants:\n - {level: boss, action: refnd}",
    }
    assert places(files, a_policy_document(clauses=two)) == [
        "authority.yaml:1",
        "authority.yaml:3",
        "authority.yaml:3",
        "categories.yaml:4",
        "categories.yaml:5",
        "categories.yaml:5",
        "policies/returns.md:9",
        "policies/returns.md:9",
        "policies/returns.md:12",
    ]


def test_every_fault_of_one_file_is_found_at_once() -> None:
    facts = "facts:\n - {path: a, type: texxt}\n - {path: b}\n - {path: c, type: text, tpye: 1}"
    assert places({"facts.yaml": facts}) == ["facts.yaml:2", "facts.yaml:3", "facts.yaml:4"]


@pytest.mark.parametrize("broken", ["facts: [", "facts:\n - {path: order.nr, type: texxt}"])
def test_a_broken_file_makes_no_name_look_undeclared(broken: str) -> None:
    uses = a_policy_document(clauses=clause_with(when="order.nr == 1", actions=["calback"]))
    faults = find_faults({"facts.yaml": broken}, (uses,))
    assert [fault.where.partition(":")[0] for fault in faults] == [
        "facts.yaml",
        "policies/returns.md",
    ]
    assert "the action 'calback' is not declared" in faults[1].problem


def test_signals_of_a_broken_sla_are_not_missing_from_escalation() -> None:
    rule = RULE + "    routes: {fire: {team: Fire, role: chief, customer_notice: On it.}}\n"
    assert places({"escalation.yaml": rule}) == ["escalation.yaml:7"]
    assert places({"escalation.yaml": rule, "sla.yaml": "matrix: ["}) == ["sla.yaml:1"]


def test_a_clause_that_cannot_be_read_hides_no_other() -> None:
    good, other = clause_with()[0], clause_with(when="order.nr == 1", id="returns.other")[0]
    bad = {**good, "type": "strict", "effect": "alow"}
    problems = [f.problem for f in find_faults({}, (a_policy_document(clauses=[bad, other]),))]
    assert [problem.partition(":")[0] for problem in problems] == [
        "clauses.0.type",
        "clauses.0.effect",
        "clauses.1.when",
    ]


def test_a_policy_whose_head_is_wrong_still_has_its_clauses_checked() -> None:
    document = a_policy_document(owner=None, clauses=clause_with(when="order.nr == 1"))
    problems = [fault.problem for fault in find_faults({}, (document,))]
    assert problems[0] == "owner: is missing"
    assert "'order.nr' is not declared" in problems[1]


def test_rules_without_a_fault_have_none() -> None:
    assert find_faults({"actions.yaml": ACTIONS}, (a_policy_document(),)) == ()
