from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.drafting.commitments.times import due_in

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"]
TIMES = [
    "within 3 working days", "by Friday", "tomorrow at 10", "in 24 hours", "by 5 pm", "on 3 March",
    "by the end of the week", "by the end of the month", "by end of day", "next Tuesday",
    "2026-12-24", "in 3-5 days", "today", "tonight", "next week", "this afternoon",
    "in half an hour", "on 29 February", "at noon", "by 14:30", "the day after tomorrow",
    "by the end of next month", "within two weeks", "on Monday by 9 am", "on March 3rd",
]  # fmt: skip


def next_days(start: datetime, days: int) -> datetime:
    """Every day is a business day."""
    return start + timedelta(days=days)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("within 3 working days", "2026-11-23T11:00"),
        ("by Friday", "2026-11-27T23:59"),
        ("tomorrow at 10", "2026-11-21T10:00"),
        ("tomorrow morning", "2026-11-21T12:00"),
        ("in 24 hours", "2026-11-21T11:00"),
        ("by 5 pm", "2026-11-20T17:00"),
        ("by 9 am", "2026-11-21T09:00"),
        ("on 3 March", "2027-03-03T23:59"),
        ("on 3 March 2027 at 15:30", "2027-03-03T15:30"),
        ("by the end of the week", "2026-11-20T23:59"),
        ("by the end of next week", "2026-11-27T23:59"),
        ("by the end of the month", "2026-11-30T23:59"),
        ("by the end of next month", "2026-12-31T23:59"),
        ("by end of day", "2026-11-20T23:59"),
        ("next Tuesday", "2026-11-24T23:59"),
        ("on Monday at noon", "2026-11-23T12:00"),
        ("by 2026-12-24", "2026-12-24T23:59"),
        ("by 2026-12-24T15:00", "2026-12-24T15:00"),
        ("in 3-5 days", "2026-11-25T23:59"),
        ("within two weeks", "2026-12-04T23:59"),
        ("in half an hour", "2026-11-20T11:30"),
        ("by the end of the day tomorrow", "2026-11-21T23:59"),
        ("on Tuesday between 9 and 11 am", "2026-11-24T11:00"),
    ],
)
def test_words_name_a_moment_in_the_customers_time_zone(words: str, due: str) -> None:
    found = due_in(f"We will do it {words}.", FRIDAY, BERLIN, next_days)
    assert found is not None
    assert found.moment == datetime.fromisoformat(due).replace(tzinfo=BERLIN)


@given(
    st.sampled_from(TIMES),
    st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31)),
    st.sampled_from(ZONES),
)
def test_what_is_due_is_never_past_and_in_the_customers_zone(
    words: str, at: datetime, zone: str
) -> None:
    now = at.replace(tzinfo=UTC)
    found = due_in(f"We will do it {words}.", now, ZoneInfo(zone), next_days)
    assert found is not None
    if words != "2026-12-24" or now.year < 2026:
        assert found.moment is not None
    if found.moment is not None:
        assert found.moment >= now
        assert found.moment.tzinfo == ZoneInfo(zone)


@given(st.integers(1, 400), st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31)))
def test_hours_are_as_long_on_the_days_the_clocks_change(hours: int, at: datetime) -> None:
    now = at.replace(tzinfo=UTC)
    found = due_in(f"within {hours} hours", now, BERLIN, next_days)
    assert found is not None
    assert found.moment is not None
    assert found.moment.astimezone(UTC) - now == timedelta(hours=hours)


def test_an_hour_that_summer_time_skips_is_the_next() -> None:
    eve = datetime(2027, 3, 27, 12, 0, tzinfo=UTC)
    found = due_in("tomorrow at 2:30 am", eve, BERLIN, next_days)
    assert found is not None
    assert found.moment == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("said", ["Tuesday 24 November 2026, 14:00", "24 November 2026, 2 pm"])
def test_an_hour_behind_a_date_and_a_comma_is_that_days(said: str) -> None:
    before = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    found = due_in(f"I will call you by {said} (Berlin time).", before, BERLIN, next_days)
    assert found is not None
    assert found.moment == datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


def test_a_date_that_has_passed_is_no_due_time() -> None:
    found = due_in("by 2026-01-01", FRIDAY, BERLIN, next_days)
    assert found is not None
    assert found.moment is None


@pytest.mark.parametrize("words", ["for the 3 lamps", "at our shop", "with 20% off", "in March"])
def test_other_numbers_and_places_are_no_times(words: str) -> None:
    assert due_in(f"We will do it {words}.", FRIDAY, BERLIN, next_days) is None
