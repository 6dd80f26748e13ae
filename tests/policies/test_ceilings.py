"""Mandatory limits beside all others: a ceiling lifts no other limit, and none lifts it."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.policy import Clause, PolicySet
from assist.domain.proof import ProofLine
from assist.domain.verdict import Verdict
from assist.policies.proof import prove
from assist.policies.verdicts import judge
from tests.policies.rules import TODAY, a_clause, a_grant, a_policy, a_refund, money, rules

CASE: dict[str, Any] = {"facts": {}, "on": TODAY, "level": "agent", "granted": ()}
LEVELS = (a_grant("agent"), a_grant("senior"))


def a_limit(name: str, amount: object, kind: str = "standard", **fields: Any) -> Clause:
    return a_clause(f"p.{name}", type=kind, effect="limit", limit=(money(amount),), **fields)


def company(*clauses: Clause) -> PolicySet:
    return rules(a_policy(*clauses), grants=LEVELS)


def verdict(policy_set: PolicySet, amount: object) -> Verdict:
    return judge(a_refund(amount), policy_set, **CASE)


def limit_lines(policy_set: PolicySet, amount: object) -> list[ProofLine]:
    lines = prove(a_refund(amount), policy_set, **CASE)
    return [line for line in lines if line.part == "limit"]


@pytest.mark.parametrize("days", [None, 365])
@pytest.mark.parametrize(
    ("amount", "value", "by"),
    [
        ("60.00", "allowed", ("p.ceiling", "p.usual")),
        ("60.01", "needs_approval", ("p.usual", "p.ceiling")),
        ("150.00", "needs_approval", ("p.usual", "p.ceiling")),
        ("150.01", "forbidden", ("p.ceiling",)),
    ],
)
def test_a_ceiling_does_not_lift_the_limit_below_it(
    days: int | None, amount: str, value: str, by: tuple[str, ...]
) -> None:
    usual = a_limit("usual", 60, period_days=days)
    ceiling = a_limit("ceiling", 150, "mandatory", period_days=days)

    found = verdict(company(usual, ceiling), amount)

    assert (found.value, found.clauses) == (value, by)


def test_an_exception_raises_a_standard_limit_up_to_the_ceiling() -> None:
    policy_set = company(
        a_limit("usual", 60), a_limit("more", 200, "exception"), a_limit("top", 150, "mandatory")
    )

    assert verdict(policy_set, "150.00").value == "allowed"
    assert verdict(policy_set, "150.01").value == "forbidden"


def test_of_two_ceilings_of_equal_rank_the_strictest_holds() -> None:
    policy_set = company(a_limit("a", 150, "mandatory"), a_limit("b", 90, "mandatory"))

    assert verdict(policy_set, "90.00").value == "allowed"
    assert verdict(policy_set, "90.01").value == "forbidden"


def test_a_ceiling_whose_condition_is_open_leaves_the_usual_limit_as_it_is() -> None:
    ceiling = a_limit("top", 150, "mandatory", when="order.paid")
    policy_set = company(a_limit("usual", 60), ceiling)

    assert verdict(policy_set, "60.01").value == "needs_approval"
    assert verdict(policy_set, "150.01").facts == ("order.paid",)


def test_no_limit_goes_first_beside_a_ceiling() -> None:
    policy_set = company(a_limit("usual", 60), a_limit("top", 150, "mandatory"))

    top, usual = limit_lines(policy_set, "70")

    assert (top.clause_id, top.outcome) == ("p.top", "holds")
    assert (usual.clause_id, usual.outcome) == ("p.usual", "decides")
    assert usual.because == ("70.00 GBP > 60.00 GBP, the limit of p.usual",)


def test_a_limit_that_is_passed_and_does_not_decide_is_not_shown_as_kept() -> None:
    forbidden = a_clause("p.no", effect="forbid")
    policy_set = company(forbidden, a_limit("usual", 60))

    assert [line.outcome for line in limit_lines(policy_set, "60.00")] == ["holds"]
    assert [line.outcome for line in limit_lines(policy_set, "60.01")] == ["fails"]
    year = company(forbidden, a_limit("year", 60, period_days=365))
    asked = prove(a_refund("50"), year, **{**CASE, "granted": None})
    assert [line.outcome for line in asked if line.part == "limit"] == ["unknown"]


AMOUNTS = st.decimals(1, 300, places=2)
SEVERITY = ("allowed", "needs_approval", "forbidden")


@given(amount=AMOUNTS, usual=AMOUNTS, ceiling=AMOUNTS)
def test_a_ceiling_never_makes_a_verdict_milder(
    amount: Decimal, usual: Decimal, ceiling: Decimal
) -> None:
    limit = a_limit("usual", usual)
    without = verdict(company(limit), amount)
    beside = verdict(company(limit, a_limit("top", ceiling, "mandatory")), amount)

    assert SEVERITY.index(beside.value) >= SEVERITY.index(without.value)
    assert (beside.value == "forbidden") is (amount > ceiling)
