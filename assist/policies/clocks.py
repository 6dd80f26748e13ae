"""A ticket's messages -> its two clocks: when they run out, when they stood still, how they stand.

A due time is pushed by the business hours in which the clock stood still; a pause that begins
after the time ran out changes nothing. What the messages do not tell is not assumed: a message
without `sent_at` begins and ends no pause, and the reasons say so.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from assist.domain.issue import Clocks, ClockState, Pause
from assist.domain.sla import Calendar, ClockName, Sla, SlaTarget
from assist.domain.ticket import Message
from assist.policies.clock_words import hours_in_words, moment_in_words, named, stood_still
from assist.policies.sla import (
    add_business_time,
    business_hours_between,
    business_time_between,
    time_of,
    zoned,
)
from assist.policies.waiting import Wait, waits_for_customer

_UNDATED: dict[ClockName, str] = {
    "first_response": "the first answer bears no time",
    "resolution": "the message that says it is settled bears no time",
}


class Done(NamedTuple):
    """Whether the work that a clock measures is done, and when, where that is known."""

    done: bool = False
    at: datetime | None = None


OPEN = Done()


def read_clocks(
    sla: Sla,
    calendar: Calendar,
    target: SlaTarget,
    messages: Sequence[Message] = (),
    *,
    start: datetime,
    now: datetime,
    settled: Done = OPEN,
    reasons: Sequence[str] = (),
) -> Clocks:
    """Both clocks as they stand at `now`, begun at `start`; both times need a zone.

    `settled` says whether the matter is: no message does. `reasons` come before those found here.
    """
    asked = waits_for_customer(messages, sla.asking, now)
    answer = first_answer(messages)
    first, last = (
        _read(clock, asked.waits if sla.pauses.get(clock.name) else (), now, sla.warn_hours)
        for clock in (
            _Clock("first_response", calendar, start, target.first_response_hours, answer),
            _Clock("resolution", calendar, start, target.resolution_hours, settled),
        )
    )
    pauses = (*first.pauses, *last.pauses)
    notes = [*reasons, *stood_still(pauses), *(asked.untold if sla.pauses else ())]
    return Clocks(
        first_response_due=first.due,
        resolution_due=last.due,
        first_response_hours=target.first_response_hours,
        resolution_hours=target.resolution_hours,
        first_response=first.state,
        resolution=last.state,
        first_response_met=answer.at,
        resolution_met=settled.at,
        first_response_warning=first.warning,
        resolution_warning=last.warning,
        pauses=pauses,
        reasons=(*notes, *(reading.ended for reading in (first, last) if reading.ended)),
    )


def first_answer(messages: Sequence[Message]) -> Done:
    """The first public message of an agent after the customer's first."""
    public = [m for m in messages if m.public]
    opened = next((n for n, m in enumerate(public) if m.author == "customer"), len(public))
    answer = next((m for m in public[opened:] if m.author == "agent"), None)
    if answer is None:
        return OPEN
    return Done(True, zoned(answer.sent_at) if answer.sent_at else None)


def breach_ahead(clocks: Clocks, now: datetime) -> str:
    """Which clock runs out soon, or has run out, with nothing done; empty where none does.

    How soon is soon was said by `warn_hours` of sla.yaml when the clocks were read. A clock that
    stands still, and one whose work is done, late or not, is no breach ahead. `now` without a zone
    is read as UTC.
    """
    moment = zoned(now)
    for name, due, warning, state, met in (
        ("first response", clocks.first_response_due, clocks.first_response_warning,
         clocks.first_response, clocks.first_response_met),
        ("resolution", clocks.resolution_due, clocks.resolution_warning,
         clocks.resolution, clocks.resolution_met),
    ):  # fmt: skip
        if warning is None or met is not None or state in ("met", "paused"):
            continue
        if moment > due:
            return f"the {name} was due {moment_in_words(due)}"
        if moment > warning:
            return f"the {name} is due {moment_in_words(due)} and still open"
    return ""


class _Clock(NamedTuple):
    name: ClockName
    calendar: Calendar
    start: datetime
    hours: Decimal
    end: Done


class _Reading(NamedTuple):
    due: datetime
    warning: datetime | None
    state: ClockState
    pauses: tuple[Pause, ...]
    ended: str


def _read(
    clock: _Clock, waits: Sequence[Wait], now: datetime, warn_hours: Mapping[ClockName, Decimal]
) -> _Reading:
    """One clock. What comes after the work is done stops nothing."""
    end = clock.end.at
    if end is not None:
        waits = [Wait(w.since, min(w.until, end)) for w in waits if w.since < end]
    due, stood = _run_out(clock, clock.hours, waits)
    pauses = tuple(_pause(clock, wait) for wait in stood)
    warning = None
    if clock.name in warn_hours:
        early = max(clock.hours - warn_hours[clock.name], Decimal(0))
        warning, _ = _run_out(clock, early, waits)
    state = _state(clock.end, due, pauses, now)
    return _Reading(due, warning, state, pauses, _ended(clock, due))


def _ended(clock: _Clock, due: datetime) -> str:
    """What there is to say about the end of a clock: too late, or nobody knows when."""
    if clock.end.done and clock.end.at is None:
        return f"{_UNDATED[clock.name]}, so whether it was in time cannot be told"
    if clock.end.at is None or clock.end.at <= due:
        return ""
    hours = business_hours_between(clock.calendar, due, clock.end.at)
    return f"the {named(clock.name)} came {hours_in_words(hours)} late"


def _run_out(
    clock: _Clock, hours: Decimal, waits: Sequence[Wait]
) -> tuple[datetime, tuple[Wait, ...]]:
    """When so many hours have run, and the waits in which the clock stood still until then."""
    at, left, stood = clock.start, time_of(hours), []
    for wait in waits:
        run = business_time_between(clock.calendar, at, max(at, wait.since))
        if run >= left:
            break
        if wait.until <= at:
            continue
        left -= run
        at = wait.until
        stood.append(wait)
    return add_business_time(clock.calendar, at, left), tuple(stood)


def _pause(clock: _Clock, wait: Wait) -> Pause:
    since = max(wait.since, clock.start)
    return Pause(
        clock=clock.name,
        since=since,
        until=None if wait.open else wait.until,
        reason="waiting_for_customer",
        hours=business_hours_between(clock.calendar, since, wait.until),
    )


def _state(end: Done, due: datetime, pauses: Sequence[Pause], now: datetime) -> ClockState:
    if end.done:
        return "breached" if end.at is not None and end.at > due else "met"
    if now > due:
        return "breached"
    return "paused" if any(pause.until is None for pause in pauses) else "running"
