"""Every fault of the rules is found at once, and none that only follows from another."""

from typing import Any

import pytest

from assist.policies.reading import find_faults
from tests.policies.rule_texts import ACTIONS, RULE
from tests.policies.rules import a_policy_document, clause_with


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
