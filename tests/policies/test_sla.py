from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.sla import Calendar
from assist.policies.condition_terms import business_days_between
from assist.policies.sla import (
    MAX_HOURS,
    add_business_hours,
    add_business_time,
    around_the_clock,
    business_hours_between,
    calendar_for,
)
from tests.policies.rules import an_sla

LONDON = Calendar(
    region="UK", time_zone="Europe/London", opens="09:00", closes="17:30",
    holidays=(date(2026, 12, 25), date(2026, 12, 28)),
)  # fmt: skip
ROUND_THE_CLOCK = Calendar(
    region="US",
    time_zone="America/New_York",
    opens="00:00",
    closes="24:00",
    weekdays=tuple(range(7)),
)


BERLIN = Calendar(region="EU", time_zone="Europe/Berlin", weekdays=(5, 6), public_holidays="DE-BE")
"""Open at weekends, and so on the days on which the clocks change."""
CALENDARS = st.sampled_from([LONDON, ROUND_THE_CLOCK, BERLIN])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-20T10:00", "2", "2026-11-20T12:00"),
        ("2026-11-20T16:30", "2", "2026-11-23T10:00"),  # over a weekend
        ("2026-11-21T12:00", "0", "2026-11-23T09:00"),  # nothing to add: the next opening
        ("2026-11-20T09:00", "8.5", "2026-11-20T17:30"),  # ends with the day, not at the next
        ("2026-12-24T17:00", "1", "2026-12-29T09:30"),  # over two holidays and a weekend
        ("2026-03-27T17:00", "1", "2026-03-30T08:30"),  # summer time began: London is an hour ahead
    ],
)
def test_a_clock_runs_in_business_hours_of_the_region(start: str, hours: str, due: str) -> None:
    assert add_business_hours(LONDON, at(start), Decimal(hours)) == at(due)


def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is() -> None:
    spring, autumn = at("2026-03-08T05:00"), at("2026-11-01T04:00")  # midnights in New York
    assert business_hours_between(ROUND_THE_CLOCK, spring, at("2026-03-09T04:00")) == 23
    assert business_hours_between(ROUND_THE_CLOCK, autumn, at("2026-11-02T05:00")) == 25


def test_no_business_hours_pass_backwards_or_at_night() -> None:
    assert business_hours_between(LONDON, at("2026-11-20T12:00"), at("2026-11-20T10:00")) == 0
    assert business_hours_between(LONDON, at("2026-11-20T18:00"), at("2026-11-23T08:00")) == 0


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
HOURS = st.integers(0, 200 * 3600).map(lambda seconds: Decimal(seconds) / 3600)


@given(MOMENTS, HOURS, st.sampled_from([LONDON, ROUND_THE_CLOCK]))
def test_between_gives_back_what_add_was_given(
    start: datetime, hours: Decimal, calendar: Calendar
) -> None:
    due = add_business_hours(calendar, start, hours)
    back = business_hours_between(calendar, start, due)
    assert round(back * 3600) == round(hours * 3600)
    assert abs(back - hours) < Decimal("1e-12")
    assert due >= start


@given(MOMENTS, HOURS, HOURS, CALENDARS)
def test_more_hours_are_never_due_earlier(
    start: datetime, one: Decimal, other: Decimal, calendar: Calendar
) -> None:
    few, many = sorted((one, other))
    assert add_business_hours(calendar, start, few) <= add_business_hours(calendar, start, many)


SECONDS = st.integers(1, 300 * 3600)


@given(MOMENTS, SECONDS, SECONDS, CALENDARS)
def test_hours_may_be_added_at_once_or_one_after_the_other(
    start: datetime, one: int, other: int, calendar: Calendar
) -> None:
    first, rest = timedelta(seconds=one), timedelta(seconds=other)
    step = add_business_time(calendar, add_business_time(calendar, start, first), rest)
    assert step == add_business_time(calendar, start, first + rest)
    assert step - start >= first + rest


@given(MOMENTS, st.integers(0, 10**6), CALENDARS)
def test_a_later_start_is_never_due_earlier(
    start: datetime, later: int, calendar: Calendar
) -> None:
    hours = Decimal(12)
    delayed = start + timedelta(seconds=later)
    assert add_business_hours(calendar, start, hours) <= add_business_hours(
        calendar, delayed, hours
    )


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (
            "2026-03-29T00:30",
            "1",
            "2026-03-29T08:00",
        ),  # opens at 9: 7 UTC from this day on
        ("2026-10-25T00:30", "1", "2026-10-25T09:00"),  # and 8 UTC from this one
    ],
)
def test_a_day_on_which_the_clocks_change_opens_at_its_own_time(
    start: str, hours: str, due: str
) -> None:
    assert add_business_hours(BERLIN, at(start), Decimal(hours)) == at(due)


def test_around_the_clock_every_hour_counts() -> None:
    always = around_the_clock(LONDON.model_copy(update={"public_holidays": "GB-ENG"}))
    assert (always.region, always.time_zone) == ("UK", "Europe/London")
    assert add_business_hours(always, at("2026-12-24T23:00"), Decimal(30)) == at("2026-12-26T05:00")
    assert business_hours_between(always, at("2026-03-28T00:00"), at("2026-03-30T00:00")) == 48


def test_hours_out_of_range_and_times_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="not between"):
        add_business_hours(LONDON, at("2026-11-20T10:00"), Decimal(-1))
    assert add_business_hours(ROUND_THE_CLOCK, at("2026-11-20T10:00"), MAX_HOURS) == at(
        "2028-01-11T02:00"
    )
    with pytest.raises(ValueError, match="not between"):
        add_business_hours(LONDON, at("2026-11-20T10:00"), MAX_HOURS + 1)
    with pytest.raises(ValueError, match="no time zone"):
        add_business_hours(LONDON, datetime(2026, 11, 20), Decimal(1))


def test_a_calendar_without_business_says_so() -> None:
    idle = LONDON.model_copy(update={"weekdays": ()})
    with pytest.raises(ValueError, match=r"^the calendar has no business hours$"):
        add_business_hours(idle, at("2026-11-20T10:00"), Decimal(1))


def test_a_region_without_calendar_keeps_the_default_regions_hours() -> None:
    sla = an_sla(calendars=(ROUND_THE_CLOCK, LONDON), default_region="UK")
    assert calendar_for(sla, "US") is ROUND_THE_CLOCK
    assert calendar_for(sla, "BR") is LONDON
    assert calendar_for(sla, None) is LONDON
    assert calendar_for(an_sla(calendars=(ROUND_THE_CLOCK, LONDON)), "BR") is ROUND_THE_CLOCK


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 400))
def test_business_days_are_those_from_monday_to_friday(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    counted = sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, length + 1))
    assert business_days_between(start, end) == counted
    assert business_days_between(end, start) == -counted
