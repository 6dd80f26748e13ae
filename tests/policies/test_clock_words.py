from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assist.domain.issue import Pause
from assist.domain.sla import Calendar
from assist.policies.clock_words import hours_in_words, opening_in_words, stood_still


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("0", "0 business minutes"),
        ("0.0167", "1 business minute"),
        ("0.075", "5 business minutes"),  # 4.5 minutes: half up
        ("0.0416", "2 business minutes"),
        ("0.04167", "3 business minutes"),
        ("0.9", "54 business minutes"),
        ("0.995", "1 business hour"),
        ("1", "1 business hour"),
        ("1.25", "1.3 business hours"),
        ("6.5", "6.5 business hours"),
        ("40", "40 business hours"),
    ],
)
def test_hours_are_told_to_a_tenth_and_less_than_one_in_minutes(hours: str, words: str) -> None:
    assert hours_in_words(Decimal(hours)) == words


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        ((0,), "Monday"),
        ((1, 0), "Monday, Tuesday"),
        ((2, 3, 4), "Wednesday to Friday"),
        ((0, 2, 3), "Monday, Wednesday, Thursday"),
        ((5, 6, 4, 4), "Friday to Sunday"),
        (tuple(range(7)), "every day"),
    ],
)
def test_days_in_a_row_are_told_as_a_span(weekdays: tuple[int, ...], words: str) -> None:
    calendar = Calendar(region="UK", time_zone="Europe/London", weekdays=weekdays)
    assert opening_in_words(calendar) == f"{words} 09:00 to 17:00 (Europe/London)"


def test_a_pause_outside_business_hours_is_not_worth_a_word() -> None:
    at = datetime(2026, 11, 16, 20, 0, tzinfo=UTC)
    night = Pause(
        clock="resolution", since=at, until=at, reason="waiting_for_customer", hours=Decimal(0)
    )
    assert list(stood_still([night])) == []
