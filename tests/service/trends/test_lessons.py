"""What the company should learn, from cases driven through the front door."""

from decimal import Decimal

import pytest

from assist.domain.handling import HandlingSettings
from assist.domain.trend_report import TrendReport
from assist.service.desk import Desk
from assist.service.trends.desk import TrendDesk
from tests.builders import NOW
from tests.service.handing_over import decided
from tests.service.trends.history import (
    DAY,
    HOUR,
    a_desk,
    at,
    came,
    chased,
    refunded,
    solved,
    ticket,
)

FIRST = NOW - 10 * DAY
PRICED = HandlingSettings(minutes_per_reply=12, hourly_rate=Decimal(30), currency="USD")


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Six refunds beyond the agent's level, two of them refused, and passwords."""
    desk = a_desk()
    for number in range(6):
        when = FIRST + number * HOUR
        refunded(desk, number, when, "approve" if number < 4 else "refuse")
    for number in range(10, 15):
        solved(desk, ticket(number, FIRST), FIRST + HOUR, rating=5, comment="Great support!")
    at(desk, NOW)
    return desk


def report(desk: Desk, handling: HandlingSettings = PRICED) -> TrendReport:
    return TrendDesk(desk.parts, handling).report(NOW, None, None)


def test_an_issue_is_category_product_and_clause_with_what_was_granted(desk: Desk) -> None:
    found = {one.issue.says: one for one in report(desk).systemic}
    refunds = found["orders · returns.window"]

    assert set(found) == {"orders · returns.window", "account"}
    assert refunds.share.count == 6
    assert [str(one) for one in refunds.cost.conceded] == ["1000.00 USD"]
    assert refunds.cost.grants == 4
    assert refunds.cost.hours == pytest.approx(refunds.cost.replies / 5)
    assert refunds.cost.handling is not None
    assert "Ana" not in refunds.model_dump_json()


def test_the_clause_that_approvals_come_from_is_named_with_its_words(desk: Desk) -> None:
    (found,) = report(desk).friction

    assert found.clause_id == "returns.window"
    assert (found.approvals.count, found.refused.count, found.refused.of) == (6, 2, 6)
    assert "30 days" in found.text
    assert found.owner


def test_what_was_said_of_the_outcome_is_praise_for_who_answered(desk: Desk) -> None:
    praised = report(desk).praise
    assert len(praised) == 5
    assert {(one.words, one.by, one.category) for one in praised} == {
        ("Great support!", ("Mo",), "account")
    }


@pytest.fixture
def fresh() -> Desk:
    return a_desk()


def test_praise_in_a_ticket_is_of_those_who_had_answered_and_hides_who_praises(
    fresh: Desk,
) -> None:
    asks = {"author": "customer", "text": "How do I reset my password?", "sent_at": FIRST}
    words = "Mo was very helpful, thanks, Ana Lima. And my lamp?"
    thanks = {"author": "customer", "text": words, "sent_at": FIRST + 5 * HOUR}
    view = came(fresh, ticket(1, FIRST, messages=[asks]), FIRST)
    at(fresh, FIRST + HOUR)
    decided(fresh, view, "edit", text="Hello Ana, use the link.")
    came(fresh, ticket(1, FIRST, messages=[asks, thanks], revision=2), FIRST + 5 * HOUR)

    (found,) = report(fresh).praise

    assert found.by == ("Mo",)
    assert found.words.startswith("Mo was very helpful")
    assert "Lima" not in found.words
    assert "lamp" not in found.words
    assert found.at == FIRST + 5 * HOUR


def test_praise_beside_a_complaint_may_be_irony_and_is_left_alone(fresh: Desk) -> None:
    came(fresh, ticket(1, FIRST, "Great service! This is ridiculous, fix my password."), FIRST)
    assert report(fresh).praise == ()


def test_customers_who_wrote_before_anybody_answered_are_counted(fresh: Desk) -> None:
    for number in range(3):
        chased(fresh, number, FIRST)
    (found,) = report(fresh).preventable
    assert (found.kind, found.contacts, found.of) == ("chased", 3, 6)
