"""What keeps coming and what it costs; and whether mending it helped."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from assist.domain.base import Money
from assist.domain.handling import HandlingSettings
from assist.domain.seen_case import Conceded, SeenCase
from assist.domain.systemic import IssueKey, SystemicIssue
from assist.insights.systemic import effect_of, systemic_issues
from assist.insights.trends.volume import window
from tests.insights.trends.case_builders import DAY, FIRST, a_case, some_cases

NOTHING_SET = HandlingSettings.model_validate({})
PARCELS = IssueKey(category="orders")


def usd(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="USD")


def issues(
    cases: list[SeenCase], handling: HandlingSettings = NOTHING_SET
) -> tuple[SystemicIssue, ...]:
    return systemic_issues(cases, window(FIRST, FIRST + 91 * DAY, FIRST), handling)


def test_cases_alike_in_category_product_and_clause_are_one_issue() -> None:
    hub = some_cases(*range(6), product="Hub", clauses=("returns.window",))
    lamp = some_cases(*range(5), first=20, product="Lamp", clauses=("returns.window",))
    few = some_cases(1, 2, 3, 4, first=40)

    found = issues([*lamp, *hub, *few])

    assert [one.issue.says for one in found] == [
        "orders · Hub · returns.window",
        "orders · Lamp · returns.window",
    ]
    assert (found[0].share.count, found[0].share.of) == (6, 15)
    assert found[0].id == IssueKey(category="orders", product="Hub", clause="returns.window").id


def test_an_issue_costs_what_was_granted_by_currency_and_counts_contacts() -> None:
    refund = Conceded(action="refund", amount=usd("20.50"))
    euros = Conceded(action="credit", amount=Money(amount=Decimal(5), currency="EUR"))
    cases = [
        *some_cases(0, 1, 2, 3, conceded=(refund,), replies=2),
        a_case(5, 4, conceded=(euros, Conceded(action="replacement")), came_back=True),
    ]

    cost = issues(cases)[0].cost

    assert cost.conceded == (Money(amount=Decimal(5), currency="EUR"), usd("82.00"))
    assert (cost.grants, cost.replies, cost.came_back, cost.contacts) == (6, 9, 1, 6)
    assert (cost.hours, cost.handling) == (None, None)


def test_handling_has_a_price_where_the_settings_say_one() -> None:
    cases = some_cases(*range(6), replies=2)
    timed = HandlingSettings(minutes_per_reply=10)
    priced = HandlingSettings(minutes_per_reply=10, hourly_rate=Decimal(30), currency="USD")

    assert issues(cases, timed)[0].cost.hours == 2
    assert issues(cases, timed)[0].cost.handling is None
    assert issues(cases, priced)[0].cost.handling == usd("60.00")


def test_a_rate_without_its_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="set together"):
        HandlingSettings(hourly_rate=Decimal(30))


def test_a_customer_who_writes_about_the_same_again_is_a_repeat_contact() -> None:
    cases = some_cases(0, 10, 20, 70, 80, customer_id="c-1")
    strangers = some_cases(0, 10, 20, 70, 80, customer_id=None)

    assert issues(cases)[0].cost.repeats == 3
    assert issues(strangers)[0].cost.repeats == 0


def test_an_issue_is_told_in_the_customers_words() -> None:
    parcels = some_cases(*range(6))
    keys = some_cases(*range(6), first=20, category="account", statement="My password is wrong.")
    found = {one.issue.category: one for one in issues([*parcels, *keys])}

    assert "parcel" in found["orders"].keywords
    assert "password" in found["account"].keywords
    assert [one.statement for one in found["orders"].examples] == ["The parcel did not arrive."]


def effect(cases: list[SeenCase], **told: Any) -> Any:
    given = {"done_on": (FIRST + 56 * DAY).date(), "until": FIRST + 84 * DAY, "began": FIRST}
    return effect_of(cases, PARCELS, **(given | told))


def test_fewer_since_it_was_mended_is_told_with_an_interval_and_beside_all_others() -> None:
    often = [day / 2 for day in range(112)]
    cases = [
        *some_cases(*often, *(56 + day for day in range(0, 28, 7))),
        *some_cases(*range(84), first=500, category="account"),
    ]

    found = effect(cases)

    assert (found.before, found.since) == (14, 1)
    assert found.high is not None
    assert found.high < 1
    assert found.ratio == pytest.approx(1 / 14, rel=0.2)
    assert found.others == pytest.approx(1, abs=0.05)
    assert found.says == "fewer come since, beyond chance"


def test_as_many_as_before_is_no_difference() -> None:
    assert effect(some_cases(*range(84))).says == "no difference beyond chance"


def test_more_than_before_is_said() -> None:
    cases = some_cases(*range(0, 56, 7), *(56 + day / 2 for day in range(56)))
    assert effect(cases).says == "more come since, beyond chance"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"until": FIRST + 60 * DAY}, "too early"),
        ({"began": FIRST + 52 * DAY}, "too early"),
        ({"done_on": (FIRST + 100 * DAY).date()}, "too early"),
    ],
)
def test_a_week_on_both_sides_is_needed(told: dict[str, Any], says: str) -> None:
    found = effect(some_cases(*range(84)), **told)
    assert found.says.startswith(says)
    assert found.ratio is None


def test_a_handful_of_cases_tells_nothing() -> None:
    found = effect(some_cases(1, 8, 15, 57, 64))
    assert found.says == "too few to tell: 5 cases in both times"
    assert timedelta(days=found.days_before) == 56 * DAY
