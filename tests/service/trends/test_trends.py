"""What a company's cases tell over a time: driven through the front door, then counted."""

from datetime import date, timedelta

import pytest

from assist.domain.trend_report import TrendReport
from assist.domain.trends import Rate, Speed, Trends, Volume
from assist.errors import BadInput
from assist.service.desk import Desk
from assist.service.trends.desk import TrendDesk
from assist.service.trends.told import as_csv
from tests.builders import NOW
from tests.service.handing_over import came_out, decided
from tests.service.trends.history import DAY, HOUR, a_desk, at, came, solved, ticket

FIRST = NOW - 60 * DAY
"""A Monday, as NOW is a Friday."""
RISE = 40
"""The day from which on parcels go astray."""
MONDAY = NOW - 4 * DAY


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Sixty days: a password every other day, and from day 40 on two parcels a day."""
    desk = a_desk()
    for day in range(0, 60, 2):
        solved(desk, ticket(day, FIRST + day * DAY), FIRST + day * DAY, rating=5)
    for day in range(RISE, 60):
        for number in (100 + 2 * day, 101 + 2 * day):
            when = FIRST + day * DAY
            solved(desk, ticket(number, when, "parcel"), when, after=5 * HOUR, rating=2)
    return desk


def report(desk: Desk, since: date | None = None, until: date | None = None) -> TrendReport:
    """As it is asked for at NOW."""
    return TrendDesk(desk.parts).report(NOW, since, until)


def volume(found: Trends, category: str) -> Volume:
    return next(one for one in found.volumes if one.category == category)


def speed(found: Trends, name: str) -> Speed:
    return next(one for one in found.speeds if one.name == name)


def rate(found: Trends, name: str) -> Rate:
    return next(one for one in found.rates if one.name == name)


def test_each_category_has_its_number_and_its_change(desk: Desk) -> None:
    found = report(desk)

    assert found.cases == 70
    assert [(one.category, one.total) for one in found.volumes] == [
        ("all", 70),
        ("orders", 40),
        ("account", 30),
    ]
    (change,) = volume(found, "orders").changes
    assert abs(change.on - (FIRST + RISE * DAY).date()) <= DAY
    assert change.before == 0
    assert change.after == pytest.approx(14, abs=1)
    assert volume(found, "account").changes == ()


def test_steps_are_weeks_in_a_long_time_and_days_in_a_short_one(desk: Desk) -> None:
    weeks, days = report(desk), report(desk, since=(NOW - 20 * DAY).date())

    assert (weeks.step, len(weeks.steps)) == ("week", 14)
    assert (days.step, len(days.steps)) == ("day", 21)
    for found in (weeks, days):
        assert all(sum(one.counts) == one.total for one in found.volumes)
    assert volume(days, "all").note.startswith("changes are looked for from 28")


def test_the_time_before_stands_beside_it(desk: Desk) -> None:
    found = report(desk, since=(NOW - 20 * DAY).date())
    satisfied = rate(found, "satisfied")

    assert volume(found, "account").before == pytest.approx(10, abs=1)
    assert (satisfied.now.rate or 0) < 0.3
    assert satisfied.before.rate == 1
    assert satisfied.differs
    assert not rate(found, "came_back").differs


def test_customers_waited_by_the_clock_and_in_business_hours(desk: Desk) -> None:
    first = speed(report(desk), "first_response")

    assert (first.of, first.wall.n) == (70, 70)
    assert first.wall.median == 5
    assert first.wall.slow == 5
    assert 0 <= (first.business.median or 0) <= 5


def test_a_day_that_is_given_is_in_it_to_its_end(desk: Desk) -> None:
    day = (FIRST + 50 * DAY).date()
    found = report(desk, since=day, until=day)

    assert (found.cases, found.steps) == (3, (day,))
    assert found.until - found.since == timedelta(days=1)


def test_the_table_has_a_row_for_each_category_and_step(desk: Desk) -> None:
    rows = as_csv(report(desk)).splitlines()

    assert rows[0] == "category,step,first_day,cases"
    assert len(rows) == 1 + 3 * 14
    assert sum(int(row.split(",")[3]) for row in rows if row.startswith("orders,")) == 40


def test_what_is_known_stays_until_something_happens(desk: Desk) -> None:
    trends = TrendDesk(desk.parts)
    before = trends.report(NOW, None, None)
    assert trends.report(NOW, None, None) == before


@pytest.fixture
def fresh() -> Desk:
    return a_desk()


def test_without_cases_that_is_said(fresh: Desk) -> None:
    found = report(fresh)
    assert found.cases == 0
    assert "no case came in this time" in found.notes
    assert [one.total for one in found.volumes] == [0]


def test_a_ticket_without_a_date_counts_by_when_it_came_and_its_wait_is_not_known(
    fresh: Desk,
) -> None:
    solved(fresh, ticket(1, MONDAY, created_at=None), MONDAY)
    found = report(fresh)

    assert (found.cases, found.undated) == (1, 1)
    assert speed(found, "first_response").wall.n == 0
    assert any("1 of 1 tickets do not say when they were written" in one for one in found.notes)


def test_an_answer_on_the_helpdesk_before_it_came_here_is_the_first(fresh: Desk) -> None:
    told = [
        {"author": "customer", "text": "How do I reset my password?", "sent_at": MONDAY},
        {"author": "agent", "text": "We look into it.", "sent_at": MONDAY + HOUR / 2},
        {"author": "customer", "text": "And?", "sent_at": MONDAY + HOUR},
    ]
    solved(fresh, ticket(1, MONDAY, messages=told), MONDAY + 2 * HOUR)
    assert speed(report(fresh), "first_response").wall.median == 0.5


def test_what_did_not_help_came_back_and_what_was_set_aside_is_counted(fresh: Desk) -> None:
    view = came(fresh, ticket(1, MONDAY), MONDAY)
    at(fresh, MONDAY + HOUR)
    view = decided(fresh, view, "edit", text="Something else altogether, in other words.")
    at(fresh, MONDAY + DAY)
    view = came_out(fresh, view, "not_solved", tried="the link")
    at(fresh, MONDAY + 2 * DAY)
    view = decided(fresh, view, "escalate", reason="It needs somebody who can look.")

    found = report(fresh)

    assert (rate(found, "came_back").now.count, rate(found, "came_back").now.of) == (1, 1)
    assert (rate(found, "set_aside").now.count, rate(found, "set_aside").now.of) == (1, 1)
    assert rate(found, "escalated").now.count == 1
    assert rate(found, "escalated").now.rate is None
    assert found.open == 1
    assert speed(found, "resolution").wall.n == 0


@pytest.mark.parametrize(
    ("since", "until", "says"),
    [
        (date(2026, 11, 2), date(2026, 11, 1), "2026-11-02 is after 2026-11-01"),
        (date(2999, 1, 1), None, "ten years"),
        (None, date(1900, 1, 1), "ten years"),
    ],
)
def test_a_time_that_cannot_be_is_refused(
    fresh: Desk, since: date | None, until: date | None, says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        report(fresh, since, until)


def test_no_name_of_a_customer_or_an_agent_is_told(desk: Desk) -> None:
    told = report(desk).model_dump_json()
    assert "Ana" not in told
    assert '"Mo"' not in told


def test_before_the_first_case_there_was_no_quiet_time(fresh: Desk) -> None:
    for number in range(30):
        solved(fresh, ticket(number, FIRST + number * DAY), FIRST + number * DAY)
    found = report(fresh, until=(FIRST + 29 * DAY).date())

    assert volume(found, "account").changes == ()
    assert any(f"no case is known from before {FIRST:%Y-%m-%d}" in one for one in found.notes)


def test_more_cases_than_are_read_are_said(desk: Desk) -> None:
    found = TrendDesk(desk.parts, most=20).report(NOW, None, None)
    assert found.cases == 20
    assert found.notes[0].startswith("only the 20 cases that changed last are counted")
