from typing import Any

import pytest

from assist.domain.actions import ParameterType
from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.policies.actions import action_cost, possible_actions
from tests.policies.rules import TODAY, an_action_type, money, rules

REFUND = an_action_type(signals=("refund", "money back"))
REPAIR = an_action_type("repair", parameters={}, cost_parameter=None)
CREDIT = an_action_type("credit", categories=("complaints",), signals=("compensation", "refund"))


def company(*actions: Any) -> PolicySet:
    return rules(actions=actions or (REPAIR, REFUND, CREDIT))


def kinds(
    text: str, *categories: str, policy_set: PolicySet | None = None, **facts: Any
) -> list[str]:
    found = possible_actions(
        policy_set or company(), category_ids=categories, text=text, facts=facts, on=TODAY
    )
    return [action.kind for action in found]


def test_what_the_customer_asks_for_comes_before_what_the_category_suggests() -> None:
    assert kinds("I want a refund", "returns") == ["refund", "repair"]


def test_what_nobody_asks_for_is_offered_by_the_category_alone() -> None:
    assert kinds("It is broken", "returns") == ["repair", "refund"]
    assert kinds("It is broken", "complaints") == ["credit"]


def test_an_action_asked_for_outside_its_categories_is_offered_where_nothing_within_is() -> None:
    assert kinds("I want compensation", "returns") == ["credit", "repair", "refund"]
    assert kinds("I want a refund") == ["refund", "credit"]


def test_what_the_customer_declines_is_not_asked_for() -> None:
    assert kinds("I do not want a refund", "returns") == ["repair"]


def test_an_action_whose_condition_is_false_is_not_offered_and_one_unknown_is() -> None:
    paid = an_action_type(when="order.paid", signals=())
    assert kinds("", "returns", policy_set=company(paid)) == ["refund"]
    assert kinds("", "returns", policy_set=company(paid), **{"order.paid": False}) == []


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("money", {"amount": "12.50", "currency": "USD"}, money("12.50", "USD")),
        ("integer", 3, 3),
        ("number", 1.5, 1.5),
        ("boolean", False, False),
        ("date", "2026-11-02T08:00:00", "2026-11-02"),
        ("text", "FW-1", "FW-1"),
    ],
)
def test_a_parameter_is_filled_from_its_fact_in_its_type(kind: Any, raw: Any, value: Any) -> None:
    parameter = ParameterType(type=kind, default_fact="order.total")
    policy_set = company(an_action_type(parameters={"amount": parameter}))
    (action,) = possible_actions(
        policy_set, category_ids=["returns"], text="", facts={"order.total": raw}, on=TODAY
    )
    assert action.parameters == {"amount": value}


def test_a_parameter_that_nothing_tells_is_left_out_and_a_default_stands_in() -> None:
    silent = ParameterType(type="money", default_fact="order.total")
    usual = ParameterType(type="text", default="card")
    policy_set = company(an_action_type(parameters={"amount": silent, "to": usual}))
    (action,) = possible_actions(
        policy_set, category_ids=["returns"], text="", facts={"order.total": "much"}, on=TODAY
    )
    assert action.parameters == {"to": "card"}


def test_an_action_costs_its_amount_or_its_declared_cost_in_the_regions_currency() -> None:
    costs = (money(6, "USD"), money(5, "GBP"))
    label = an_action_type("label", parameters={}, cost_parameter=None, cost=costs)
    policy_set = company(REFUND, label)
    refund = Action(kind="refund", parameters={"amount": money(40)})
    assert action_cost(refund, policy_set) == money(40)
    assert action_cost(Action(kind="refund"), policy_set) is None
    assert action_cost(Action(kind="label"), policy_set, "US") == money(6, "USD")
    assert action_cost(Action(kind="label"), policy_set, "UK") == money(5)
    assert action_cost(Action(kind="label"), policy_set, "BR") is None
    assert action_cost(Action(kind="inform"), policy_set) is None
