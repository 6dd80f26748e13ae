from typing import Any

import pytest

from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.domain.verdict import Verdict
from assist.policies.verdicts import judge
from tests.policies.rules import (
    TODAY,
    a_clause,
    a_grant,
    a_policy,
    a_refund,
    an_action_type,
    money,
    rules,
)

LEVELS = (a_grant("agent", money(80)), a_grant("senior", money(200)), a_grant("lead", money(900)))


def verdict(policy_set: PolicySet, action: Action | None = None, **case: Any) -> Verdict:
    given = {"facts": {}, "on": TODAY, "level": "agent", **case}
    return judge(action or a_refund(), policy_set, **given)


def policy_with(*clauses: Any, **fields: Any) -> PolicySet:
    return rules(a_policy(*clauses, **fields))


def test_a_limit_in_another_currency_says_nothing_about_the_amount() -> None:
    found = verdict(rules(grants=LEVELS), a_refund("5.00", "USD"))
    assert (found.value, found.facts) == ("unknown", ())
    assert found.reason == "5.00 USD has no limit in its currency for refund"


def test_a_missing_amount_is_unknown_and_names_the_fact_that_tells_it() -> None:
    found = verdict(rules(grants=LEVELS), Action(kind="refund"))
    assert (found.value, found.facts) == ("unknown", ("order.total",))
    assert found.reason == "the amount of refund is not known"


@pytest.mark.parametrize(
    ("amount", "problem"),
    [
        ("-0.01", "an amount is negative"),
        ("1E15", "an amount is too large"),
        ("9E999999", "an amount is too large"),
        ("1.000000001", "an amount has too many decimals"),
        ("1E-999999", "an amount has too many decimals"),
    ],
)
def test_what_is_no_amount_is_nobodys_to_grant(amount: str, problem: str) -> None:
    unlimited = rules()
    for level in ("agent", "manager"):
        found = verdict(unlimited, a_refund(amount), level=level)
        assert (found.value, found.reason) == ("unknown", problem)
    fee = Action(kind="refund", parameters={"amount": money(9), "fee": money(amount)})
    assert verdict(unlimited, fee).value == "unknown"
    forbidding = policy_with(a_clause(effect="forbid"))
    assert verdict(forbidding, a_refund(amount)).value == "forbidden"


def test_the_smallest_and_the_largest_amounts_are_judged() -> None:
    for amount in ("0", "0.01", "999999999999999.99"):
        assert verdict(rules(), a_refund(amount)).value == "allowed"


@pytest.mark.parametrize(
    ("amount", "currency", "value"),
    [
        ("10.50", "GBP", "allowed"),
        ("10.500", "GBP", "allowed"),
        ("10.505", "GBP", "unknown"),
        ("1050", "JPY", "allowed"),
        ("1050.5", "JPY", "unknown"),
        ("10.505", "KWD", "allowed"),
        ("10.505", "XYZ", "allowed"),
    ],
)
def test_an_amount_has_no_more_digits_than_its_currency(
    amount: str, currency: str, value: str
) -> None:
    assert verdict(rules(), a_refund(amount, currency)).value == value


def test_a_currency_that_a_higher_level_alone_may_grant_goes_to_that_level() -> None:
    grants = (a_grant("agent", money(80)), a_grant("lead", money(90), money(90, "USD")))
    found = verdict(rules(grants=grants), a_refund("5.00", "USD"))
    assert (found.value, found.level) == ("needs_approval", "lead")
    assert found.arithmetic == ("the agent's limit for refund names no amount in USD",)
    assert verdict(rules(grants=grants), a_refund("90.01", "USD")).level == "manager"


def test_a_fixed_cost_is_measured_in_the_currency_of_the_region() -> None:
    costs = (money(70, "USD"), money(90, "GBP"))
    replacement = an_action_type("replacement", parameters={}, cost_parameter=None, cost=costs)
    grants = (a_grant("agent", money(80, "USD"), money(80, "GBP"), action="replacement"),)
    policy_set = rules(grants=grants, actions=(replacement,))
    found = {
        r: verdict(policy_set, Action(kind="replacement"), region=r).value for r in ("US", "UK")
    }
    assert found == {"US": "allowed", "UK": "needs_approval"}


def test_amounts_in_two_currencies_cannot_be_held_against_one_limit() -> None:
    both = Action(kind="refund", parameters={"amount": money(5), "fee": money(5, "USD")})
    found = verdict(rules(grants=LEVELS), both)
    assert found.reason == "amounts in GBP and USD cannot be added up"
