from typing import Any

from assist.domain.authority import Grant
from assist.domain.solution import Action
from assist.domain.verdict import Verdict
from assist.policies.verdicts import judge
from tests.policies.rules import (
    TODAY,
    a_grant,
    a_refund,
    money,
    rules,
)


def verdict(grants: tuple[Grant, ...], action: Action, **case: Any) -> Verdict:
    given = {"facts": {}, "on": TODAY, "level": "agent", **case}
    return judge(action, rules(grants=grants), **given)


CONDITIONAL = (
    a_grant("agent", money(20)),
    a_grant("agent", money(50), when="order.paid"),
    a_grant("senior", money(200)),
)


def test_a_grant_counts_only_under_its_condition() -> None:
    def found(amount: str, facts: dict[str, Any]) -> Verdict:
        return verdict(CONDITIONAL, a_refund(amount), facts=facts)

    assert found("50.00", {"order.paid": True}).value == "allowed"
    assert found("50.01", {"order.paid": True}).level == "senior"
    assert found("20.00", {"order.paid": False}).value == "allowed"
    refused = found("20.01", {"order.paid": False})
    assert (refused.value, refused.level) == ("needs_approval", "senior")
    assert refused.arithmetic == ("20.01 GBP > 20.00 GBP, the agent's limit for refund",)


def test_an_unknown_condition_of_a_grant_is_asked_only_where_it_makes_a_difference() -> None:
    open_ = verdict(CONDITIONAL, a_refund("50.00"))
    assert (open_.value, open_.facts) == ("unknown", ("order.paid",))
    assert open_.reason == "depends on order.paid"
    for amount, value in (("20.00", "allowed"), ("50.01", "needs_approval")):
        found = verdict(CONDITIONAL, a_refund(amount))
        assert (found.value, found.facts) == (value, ())


def test_a_condition_that_does_not_hold_is_said() -> None:
    grants = (a_grant("agent", when="days_since(order.delivered_at) <= 5"), a_grant("lead"))
    found = verdict(grants, a_refund("5"), facts={"order.delivered_at": "2026-11-10"})
    assert (found.value, found.level) == ("needs_approval", "lead")
    assert found.arithmetic == (
        "order.delivered_at is 2026-11-10: 10 days before 2026-11-20",
        "the agent may grant refund only if days_since(order.delivered_at) <= 5",
    )
    found = verdict(grants, a_refund("5"), facts={"order.delivered_at": "2026-11-15"})
    assert (found.value, found.arithmetic) == (
        "allowed", ("order.delivered_at is 2026-11-15: 5 days before 2026-11-20",)
    )  # fmt: skip


def test_which_level_above_may_can_depend_on_a_fact_too() -> None:
    grants = (a_grant("senior", when="order.paid"), a_grant("lead"))
    found = verdict(grants, a_refund("5"))
    assert (found.value, found.facts) == ("unknown", ("order.paid",))
    assert verdict(grants, a_refund("5"), facts={"order.paid": True}).level == "senior"
    assert verdict(grants, a_refund("5"), facts={"order.paid": False}).level == "lead"
    assert verdict(grants, a_refund("5"), level="lead").value == "allowed"


def test_a_condition_that_cannot_be_computed_leaves_the_grant_open() -> None:
    grants = (a_grant("agent", when="10 / order.items > 1"), a_grant("lead"))
    found = verdict(grants, a_refund("5"), facts={"order.items": 0})
    assert (found.value, found.facts) == ("unknown", ())
    assert "divides by zero" in found.reason
