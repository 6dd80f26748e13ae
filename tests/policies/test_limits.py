from typing import Any

import pytest

from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.verdict import Verdict
from assist.policies.verdicts import judge
from tests.policies.rules import (
    TODAY,
    a_clause,
    a_grant,
    a_policy,
    a_refund,
    granted,
    money,
    rules,
)


def verdict(policy_set: PolicySet, amount: str, *before: Granted, **case: Any) -> Verdict:
    given = {"facts": {}, "on": TODAY, "level": "agent", "granted": before, **case}
    asked = a_refund(amount, given.pop("currency", "GBP"))
    return judge(asked, policy_set, **given)


def a_yearly(**fields: Any) -> Any:
    limit = {"effect": "limit", "limit": (money(60),), "period_days": 365}
    return a_clause("goodwill.year", **(limit | fields))


def yearly(*before: Granted, amount: str = "15.01", **fields: Any) -> Verdict:
    policy_set = rules(a_policy(a_yearly(**fields)), grants=(a_grant("agent"), a_grant("senior")))
    return verdict(policy_set, amount, *before)


def test_a_limit_over_a_period_counts_what_was_granted_before() -> None:
    before = granted("45", days_ago=365)
    assert yearly(before, amount="15.00").value == "allowed"
    found = yearly(before)
    assert (found.value, found.level) == ("needs_approval", "senior")
    assert found.reason == "goodwill.year says so"
    assert found.arithmetic == (
        (
            "45.00 GBP granted in the last 365 days + 15.01 GBP = 60.01 GBP > 60.00 GBP, "
            "the limit of goodwill.year in 365 days"
        ),
    )
    assert yearly(granted("45", days_ago=366)).value == "allowed"


def test_a_mandatory_limit_over_a_period_forbids() -> None:
    before = granted("45", days_ago=365)
    assert yearly(before, amount="15.00", type="mandatory").value == "allowed"
    found = yearly(before, type="mandatory")
    assert (found.value, found.clauses) == ("forbidden", ("goodwill.year",))


def test_a_limit_over_a_period_that_cannot_count_everything_goes_to_the_next_level() -> None:
    found = yearly(granted("5", "CHF"), type="mandatory")
    assert (found.value, found.level) == ("needs_approval", "senior")
    assert found.reason == "not all that was granted before can be counted against goodwill.year"
    assert yearly(granted("5", "CHF"), granted("45"), type="mandatory").value == "forbidden"


def test_a_limit_over_a_period_needs_to_know_who_asks() -> None:
    policy_set = rules(a_policy(a_yearly()))
    found = verdict(policy_set, "60.00", granted=None)
    assert (found.value, found.facts) == ("unknown", ("customer.id",))
    assert found.clauses == ("goodwill.year",)
    found = verdict(policy_set, "60.01", granted=None)
    assert (found.value, found.level) == ("needs_approval", "senior")


def test_the_limit_of_a_case_and_the_limit_of_a_period_both_hold() -> None:
    case = a_clause("goodwill.case", effect="limit", limit=(money(20),))
    policy_set = rules(a_policy(a_yearly(type="mandatory"), case))
    assert verdict(policy_set, "20.00").value == "allowed"
    assert verdict(policy_set, "20.01").value == "needs_approval"
    found = verdict(policy_set, "20", granted("41"))
    assert found.value == "forbidden"
    month = a_clause(
        "goodwill.month", type="exception", effect="limit", limit=(money(30),), period_days=30
    )
    policy_set = rules(a_policy(a_yearly(), month))
    assert verdict(policy_set, "30.01").value == "needs_approval"
    before = granted("45", days_ago=31)
    assert verdict(policy_set, "15.01", before).value == "needs_approval"
    assert verdict(policy_set, "15.00", before).value == "allowed"


LEVELS = (a_grant("agent", money(80)), a_grant("senior", money(200)), a_grant("lead", money(900)))
MOST = a_clause("goodwill.most", effect="limit", limit=(money(60),))


@pytest.mark.parametrize(
    ("level", "amount", "decides"),
    [
        ("agent", "60.01", "senior"),
        ("agent", "200.01", "lead"),
        ("senior", "60.01", "lead"),
        ("lead", "60.01", "manager"),
        ("manager", "60.01", "manager"),
    ],
)
def test_above_a_limit_the_next_level_decides_or_the_one_whose_grant_covers_it(
    level: str, amount: str, decides: str
) -> None:
    policy_set = rules(a_policy(MOST), grants=LEVELS)
    found = verdict(policy_set, amount, level=level)
    assert (found.value, found.level) == ("needs_approval", decides)
    assert found.reason.startswith("goodwill.most says so")
    assert verdict(policy_set, "60.00", level=level).value == "allowed"


def test_a_limit_whose_condition_is_open_is_asked_about_only_where_it_would_be_passed() -> None:
    open_ = MOST.model_copy(update={"when": "order.paid"})
    policy_set = rules(a_policy(open_), grants=LEVELS)
    assert verdict(policy_set, "60.00").value == "allowed"
    found = verdict(policy_set, "60.01")
    assert (found.value, found.facts) == ("unknown", ("order.paid",))
    assert (found.clauses, found.reason) == (("goodwill.most",), "depends on order.paid")
    assert verdict(policy_set, "60.01", facts={"order.paid": False}).value == "allowed"
    found = verdict(policy_set, "60.01", facts={"order.paid": True})
    assert (found.value, found.level) == ("needs_approval", "senior")
    beyond = verdict(policy_set, "200.01")
    assert (beyond.value, beyond.level) == ("needs_approval", "lead")


def test_an_open_limit_below_one_that_holds_is_not_asked_about() -> None:
    lower = a_clause("goodwill.low", when="order.paid", effect="limit", limit=(money(10),))
    higher = MOST.model_copy(update={"type": "exception"})
    found = verdict(rules(a_policy(lower, higher), grants=LEVELS), "60.00")
    assert (found.value, found.clauses) == ("allowed", ("goodwill.most",))


def test_a_limit_says_why_it_cannot_be_told_or_must_not_be_passed() -> None:
    found = verdict(rules(a_policy(MOST)), "5.00", currency="USD")
    assert (found.value, found.clauses) == ("unknown", ("goodwill.most",))
    assert found.reason == "goodwill.most has no limit in USD"
    assert yearly(granted("45"), type="mandatory").reason == "goodwill.year says so"
    found = verdict(rules(a_policy(a_yearly())), "60.00", granted=None)
    assert found.reason == "what the customer was granted before is not known"
