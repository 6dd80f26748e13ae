"""What is really wrong: issues with their points, causes, facts and priority."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import JsonValue

from assist.domain.base import Model
from assist.domain.policy import Cause, FactSource
from assist.domain.solution import Choice

PriorityLevel = Literal["P1", "P2", "P3", "P4"]
Grade = Literal["high", "medium", "low"]
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


class Clocks(Model):
    """When the first response and the resolution are due, and the business hours behind them."""

    first_response_due: datetime
    resolution_due: datetime
    first_response_hours: Decimal
    resolution_hours: Decimal


class Priority(Model):
    """Impact x urgency, the reasons for each, and the SLA clocks."""

    level: PriorityLevel
    impact: Grade
    urgency: Grade
    reasons: tuple[str, ...]
    clocks: Clocks


class Abstention(Model):
    """Why no answer is given, and what would help."""

    code: AbstentionCode
    reason: str
    would_help: str


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
