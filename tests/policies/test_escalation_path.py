"""Who takes over and by when: business hours, and on call around the clock."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.drafting.dates import in_words
from assist.policies.escalation import Situation, assess
from tests.policies.escalations import FRIDAY, ON_CALL, SATURDAY, a_rule, company, escalated

CLOSING = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "role", "due"),
    [
        (FRIDAY, "officer on duty", FRIDAY + timedelta(hours=1)),
        (CLOSING - timedelta(seconds=1), "officer on duty",
         CLOSING + timedelta(minutes=59, seconds=59)),
        (CLOSING, "officer on call", CLOSING + timedelta(hours=1)),
        (SATURDAY, "officer on call", SATURDAY + timedelta(hours=1)),
        (datetime(2026, 11, 23, 8, 59, tzinfo=UTC), "officer on call",
         datetime(2026, 11, 23, 9, 59, tzinfo=UTC)),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "officer on duty",
         datetime(2026, 11, 23, 10, 0, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_outside_business_hours_whoever_is_on_call_takes_over_and_the_clock_runs_on(
    now: datetime, role: str, due: datetime
) -> None:
    found = escalated(a_rule(**ON_CALL), now=now)
    assert found.path is not None
    assert found.path.role == role
    assert found.path.on_call == (role == "officer on call")
    assert found.deadline == found.hears_by == due


def test_the_path_says_why_it_is_the_one_on_call() -> None:
    found = escalated(a_rule(**ON_CALL), now=SATURDAY)
    assert found.path is not None
    assert found.path.reason == (
        "on call, since 2026-11-21 03:00 (Europe/London) is outside business hours"
    )
    usual = escalated(a_rule(**ON_CALL))
    assert usual.path is not None
    assert usual.path.reason == ""


def test_without_anybody_on_call_it_waits_for_business_hours() -> None:
    found = escalated(a_rule(), now=SATURDAY)
    assert found.path is not None
    assert (found.path.role, found.path.on_call) == ("officer on duty", False)
    assert found.deadline == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_a_team_that_is_always_there_needs_nobody_on_call() -> None:
    found = escalated(a_rule(around_the_clock=True), now=SATURDAY)
    assert found.path is not None
    assert (found.path.role, found.path.on_call) == ("officer on duty", False)
    assert found.deadline == SATURDAY + timedelta(hours=1)


@given(
    minutes=st.integers(0, 14 * 24 * 60),
    later=st.integers(0, 3 * 24 * 60),
    hours=st.decimals(min_value="0.25", max_value="40", places=2),
    around_the_clock=st.booleans(),
)
def test_whoever_writes_later_is_never_due_earlier(
    minutes: int, later: int, hours: Decimal, *, around_the_clock: bool
) -> None:
    rule = a_rule(within_hours=hours, around_the_clock=around_the_clock)
    first = FRIDAY + timedelta(minutes=minutes)
    then = first + timedelta(minutes=later)
    due = [escalated(rule, now=now).deadline for now in (first, then)]
    assert due[0] is not None
    assert due[1] is not None
    assert first < due[0] <= due[1]


@given(minutes=st.integers(0, 14 * 24 * 60), hours=st.integers(1, 40))
def test_around_the_clock_is_never_later_than_business_hours(minutes: int, hours: int) -> None:
    now = FRIDAY + timedelta(minutes=minutes)
    always, office = (
        escalated(a_rule(within_hours=hours, around_the_clock=clock), now=now).deadline
        for clock in (True, False)
    )
    assert always is not None
    assert office is not None
    assert always == now + timedelta(hours=hours)
    assert always <= office


@pytest.mark.parametrize(("region", "due"), [("UK", 10), ("EU", 9), (None, 10), ("US", 10)])
def test_hours_are_those_of_the_customers_region(region: str | None, due: int) -> None:
    situation = Situation(text="It caught fire.", now=SATURDAY, region=region)
    found = assess(company(a_rule()), situation, in_words)
    assert found.deadline == datetime(2026, 11, 23, due, 0, tzinfo=UTC)


def test_a_time_without_a_zone_is_utc() -> None:
    found = escalated(a_rule(**ON_CALL), now=SATURDAY.replace(tzinfo=None))
    assert found.deadline == SATURDAY + timedelta(hours=1)
