"""Files and policies become one policy set; a wrong file is refused at its line."""

import pytest

from assist.policies.reading import read_policy_set
from tests.policies.rule_texts import ACTIONS, ALIASES, GRANT, RULE, SLA, complaint
from tests.policies.rules import a_policy_document, money

# test_more_reading.py and test_reading_cures.py take these from here.
__all__ = ["ACTIONS", "ALIASES", "GRANT", "RULE", "SLA", "complaint"]


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
