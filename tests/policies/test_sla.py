from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.policy import Calendar
from assist.policies.condition_terms import business_days_between
from assist.policies.sla import add_business_hours, business_hours_between, calendar_for
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


@given(MOMENTS, HOURS, HOURS)
def test_more_hours_are_never_due_earlier(start: datetime, one: Decimal, other: Decimal) -> None:
    few, many = sorted((one, other))
    assert add_business_hours(LONDON, start, few) <= add_business_hours(LONDON, start, many)


def test_hours_out_of_range_and_times_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="not between"):
        add_business_hours(LONDON, at("2026-11-20T10:00"), Decimal(-1))
    with pytest.raises(ValueError, match="no time zone"):
        add_business_hours(LONDON, datetime(2026, 11, 20), Decimal(1))


def test_a_calendar_without_business_says_so() -> None:
    idle = LONDON.model_copy(update={"weekdays": ()})
    with pytest.raises(ValueError, match="no business hours"):
        add_business_hours(idle, at("2026-11-20T10:00"), Decimal(1))


def test_a_region_without_calendar_keeps_the_default_regions_hours() -> None:
    sla = an_sla(calendars=(ROUND_THE_CLOCK, LONDON), default_region="UK")
    assert calendar_for(sla, "US") is ROUND_THE_CLOCK
    assert calendar_for(sla, "BR") is LONDON
    assert calendar_for(sla, None) is LONDON


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 400))
def test_business_days_are_those_from_monday_to_friday(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    counted = sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, length + 1))
    assert business_days_between(start, end) == counted
    assert business_days_between(end, start) == -counted
