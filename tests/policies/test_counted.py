"""Facts that count what a customer was granted before."""

from typing import Any

import pytest

from assist.domain.facts import FactDeclaration, GrantCount
from assist.domain.grants import Granted
from assist.errors import BadKnowledgeBase
from assist.policies.counted import counted
from assist.policies.reading import read_policy_set
from assist.policies.verdicts import judge
from tests.policies.rules import FACTS, NOW, TODAY, a_clause, a_policy, a_refund, granted, rules

REFUNDS = FactDeclaration(
    path="customer.refunds", type="integer", counts=GrantCount(action="refund", days=90)
)


def known(facts: dict[str, Any], *ledger: Granted) -> dict[str, Any]:
    return dict(counted(facts, (*FACTS, REFUNDS), ledger, TODAY))


@pytest.mark.parametrize(
    ("days_ago", "found"),
    [(0, {"customer.refunds": 1}), (90, {"customer.refunds": 1}), (91, {})],
)
def test_a_grant_counts_up_to_the_last_day_of_the_period(
    days_ago: int, found: dict[str, int]
) -> None:
    assert known({}, granted(days_ago=days_ago)) == found


@pytest.mark.parametrize(("told", "found"), [(0, 2), (1, 2), (2, 2), (3, 3), ("many", 2)])
def test_what_is_told_counts_where_it_is_more(told: object, found: int) -> None:
    ledger = (granted(id="g-1", days_ago=1), granted(id="g-2", days_ago=2))
    assert known({"customer.refunds": told}, *ledger)["customer.refunds"] == found


def test_other_actions_and_what_was_taken_back_do_not_count() -> None:
    facts = {"customer.refunds": 0, "order.items": 2}
    assert known(facts, granted(action="credit"), granted(voided_at=NOW)) == facts


def test_a_verdict_knows_of_a_grant_that_the_records_do_not_know_of() -> None:
    first = a_clause("returns.first", when="customer.refunds == 0")
    again = a_clause(
        "returns.again", when="customer.refunds >= 1", effect="needs_approval", level="lead"
    )
    company = rules(a_policy(first, again), facts=(*FACTS, REFUNDS))
    case: dict[str, Any] = {"facts": {"customer.refunds": 0}, "on": TODAY, "level": "agent"}

    assert judge(a_refund(), company, granted=(), **case).value == "allowed"
    found = judge(a_refund(), company, granted=(granted(days_ago=10),), **case)
    assert (found.value, found.level) == ("needs_approval", "lead")


@pytest.mark.parametrize(
    ("kind", "action", "message"),
    [
        ("integer", "refnd", r"facts\.yaml:5: facts\.0\.counts\.action: the action 'refnd' is not"),
        ("boolean", "refund", r"facts\.yaml:5: facts\.0\.counts: customer\.refunds counts and is"),
    ],
)
def test_a_count_that_counts_nothing_is_a_fault(kind: str, action: str, message: str) -> None:
    files = {
        "actions.yaml": "actions:\n  - {kind: refund, title: Refund}\n",
        "facts.yaml": "facts:\n  - path: customer.refunds\n"
        f"    type: {kind}\n    label: refunds\n    counts: {{action: {action}, days: 90}}\n",
    }
    with pytest.raises(BadKnowledgeBase) as raised:
        read_policy_set(files, (), "test")
    assert str(raised.value).startswith(message.replace("\\", ""))
