"""What is really wrong: issues with their points, causes, facts and priority."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import JsonValue

from assist.domain.base import Model
from assist.domain.categories import Cause
from assist.domain.facts import FactSource
from assist.domain.sla import ClockName, PauseState
from assist.domain.solution import Choice

PriorityLevel = Literal["P1", "P2", "P3", "P4"]
Grade = Literal["high", "medium", "low"]
ClockState = Literal["running", "paused", "met", "breached"]
AbstentionCode = Literal["no_evidence", "conflicting_evidence", "missing_facts", "out_of_authority"]


class Fact(Model):
    """A typed thing known about customer, order or product, and who said so."""

    path: str
    value: JsonValue
    source: FactSource
    span: str = ""


class Point(Model):
    """Something the customer raised; the reply answers it, asks back, or declares it open."""

    text: str
    status: Literal["answered", "asked", "open"] = "open"


class Pause(Model):
    """A time in which a clock stood still; without `until` it still does."""

    clock: ClockName
    since: datetime
    until: datetime | None = None
    reason: PauseState
    hours: Decimal
    """Business hours between `since` and `until`, or the time the clocks were read."""


class Clocks(Model):
    """When the first response and the resolution are due, and the business hours behind them.

    Pauses have pushed the due times. A clock is `met` once its work is done in time, `breached`
    where the time ran out first, `paused` while the customer is asked.
    """

    first_response_due: datetime
    resolution_due: datetime
    first_response_hours: Decimal
    resolution_hours: Decimal
    first_response: ClockState = "running"
    resolution: ClockState = "running"
    first_response_met: datetime | None = None
    """When the customer was first answered; none also where that message bears no time."""
    resolution_met: datetime | None = None
    """When the customer said that it is settled."""
    first_response_warning: datetime | None = None
    """From when on the clock, with nothing done, is a breach ahead; none where it never warns."""
    resolution_warning: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    reasons: tuple[str, ...] = ()
    """What set and what stopped the clocks, in words."""


class PrioritySignal(Model):
    """A signal that moved the priority, with the customer's words for it."""

    name: str
    span: str
    impact: int = 0
    urgency: int = 0
    reason: str = ""


class Priority(Model):
    """Impact x urgency, the reasons for each, and the SLA clocks."""

    level: PriorityLevel
    impact: Grade
    urgency: Grade
    reasons: tuple[str, ...]
    clocks: Clocks
    signals: tuple[PrioritySignal, ...] = ()


class Abstention(Model):
    """Why no answer is given, and what would help."""

    code: AbstentionCode
    reason: str
    would_help: str
    forbidden: bool = False
    """Nobody may do what is asked: it waits for no approval."""


class Issue(Model):
    """One thing that is really wrong, apart from its symptoms."""

    id: str
    statement: str
    text: str
    """The customer's own words about this issue."""
    symptoms: tuple[str, ...] = ()
    category: str | None = None
    tags: tuple[str, ...] = ()
    goal: str = ""
    causes: tuple[Cause, ...] = ()
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    priority: Priority | None = None
    choice: Choice | None = None
    abstention: Abstention | None = None
