"""Promises that nobody can keep in time are told from those that somebody can."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assist.domain.escalation import Escalation, EscalationPath
from assist.domain.issue import Clocks, Issue, Priority
from assist.domain.sla import Calendar
from assist.graph.checking import promises_judged
from tests.builders import NOW
from tests.graph.casework.cases import a_case
from tests.policies.rules import rules

OFFICE = Calendar(region="UK", time_zone="UTC", opens="09:00", closes="17:00")
"""NOW is a Friday at 10."""


def office_rules():
    plain = rules()
    sla = plain.sla.model_copy(update={"calendars": (OFFICE,), "default_region": "UK"})
    return plain.model_copy(update={"sla": sla})


def an_issue(resolution: timedelta, state: str = "running") -> Issue:
    clocks = Clocks(
        first_response_due=NOW,
        resolution_due=NOW + resolution,
        first_response_hours=Decimal(4),
        resolution_hours=Decimal(16),
        resolution=state,
    )
    priority = Priority(level="P2", impact="high", urgency="low", reasons=(), clocks=clocks)
    return Issue(id="i1", statement="It is late", text="It is late", priority=priority)


def found(text: str, **fields: object):
    (one,) = promises_judged(text, a_case(**fields), office_rules())
    return one


@pytest.mark.parametrize(
    "text",
    [
        "I will call you on Saturday.",
        "I will call you tomorrow at 10.",
        "I will call you today at 20:00.",
        "I will call you at 8:00 on Monday.",
        "I will call you on Sunday at noon.",
    ],
)
def test_a_time_at_which_nobody_works_is_flagged(text: str) -> None:
    one = found(text)
    assert one.flags == ("untimely",)
    assert "nobody works" in one.why[-1]


@pytest.mark.parametrize(
    "text",
    [
        "I will call you by Saturday.",
        "I will call you on Monday.",
        "I will call you on Monday at 10.",
        "I will call you today at 16:00.",
        "I will call you today.",
        "I will call you within 2 days.",
        "I will call you within 3 business days.",
        "I will call you soon.",
        "I will call you.",
    ],
)
def test_a_time_at_or_until_which_somebody_works_is_not(text: str) -> None:
    assert found(text).flags == ()


def test_a_day_that_has_passed_is_flagged() -> None:
    one = found("I will call you on 3 March 2026.")
    assert (one.flags, one.why) == (("untimely",), ("“3 March 2026” has passed",))


def test_a_weekend_begun_is_nobodys_until_it_ends() -> None:
    saturday = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert found("I will call you by Sunday.", now=saturday).flags == ("untimely",)
    assert found("I will call you by Monday.", now=saturday).flags == ()


def test_whoever_is_on_call_works_on_a_weekend() -> None:
    path = EscalationPath(team="Safety", role="officer", on_call=True)
    on_call = Escalation(needed=True, path=path)
    assert found("I will call you on Saturday.", escalation=on_call).flags == ()


def test_what_comes_later_than_the_sla_resolves_it_is_flagged() -> None:
    text = "We will refund you within 5 business days."
    late = found(text, issues=(an_issue(timedelta(days=3)),))
    assert late.flags == ("untimely",)
    assert "later than the SLA resolves it: 2026-11-23 10:00" in late.why[-1]
    assert found(text, issues=(an_issue(timedelta(days=30)),)).flags == ()


@pytest.mark.parametrize("state", ["breached", "paused", "met"])
def test_a_clock_that_does_not_run_makes_nothing_late(state: str) -> None:
    issues = (an_issue(timedelta(days=3), state),)
    assert found("We will refund you within 5 business days.", issues=issues).flags == ()


def test_what_waits_for_the_customer_is_not_late_by_a_day_that_nobody_knows() -> None:
    text = "We will refund you within 5 business days once the goods have reached us."
    one = found(text, issues=(an_issue(timedelta(days=3)),))
    assert (one.flags, one.promise.due) == ((), None)
    assert "counts from then" in one.why[-1]
