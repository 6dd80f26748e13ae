"""Priority, clocks, calendars and signals, as the company declares them in `sla.yaml`."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from assist.domain.base import Model

ClockName = Literal["first_response", "resolution"]
"""The two clocks of a ticket: until somebody answers, and until the matter is settled."""

PauseState = Literal["waiting_for_customer"]
"""Why a clock stands still. A ticket's messages tell when the customer was asked and when they
wrote again; they do not tell of a third party or an agreed date, so these stop no clock."""


class Signal(Model):
    """A named detector of something that matters: phrases, and what they move."""

    name: str
    phrases: tuple[str, ...]
    not_phrases: tuple[str, ...] = ()
    """Look-alikes: a phrase inside one of these does not count."""
    category: str | None = None
    """The category an issue with this signal has, whatever else it speaks of."""
    impact: int = 0
    urgency: int = 0
    reason: str = ""


class History(Model):
    """Grades of urgency for what the words of one message do not tell."""

    earlier: int = 1
    """The customer had to write again: once, however often. Being loud twice is not a fire."""
    frustration: int = 1
    """And has lost patience over it; tone alone moves nothing."""
    unread: int = 2
    """Nobody has read the message, and it may hide anything."""


class Calendar(Model):
    """Business hours of a region in its time zone; weekdays 0 = Monday."""

    region: str
    time_zone: str
    opens: str = "09:00"
    closes: str = "17:00"
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    public_holidays: str = ""
    """Whose public holidays are days off: a country, or a part of one (`US`, `GB-ENG`, `DE-BE`).
    A holiday that moves to another day is off on both."""
    holidays: tuple[date, ...] = ()
    """The company's own days off beside those."""
    not_holidays: tuple[date, ...] = ()
    """Public holidays that are worked all the same."""


class SlaTarget(Model):
    """Business hours to the first response and to the resolution, for one priority."""

    first_response_hours: Decimal
    resolution_hours: Decimal


class Contract(Model):
    """What a customer with this contract was promised beyond everybody else."""

    targets: dict[str, SlaTarget] = Field(default_factory=dict)
    """By priority; one that is not named keeps the usual times."""
    calendar: str = ""
    """The region whose calendar counts; empty: the customer's own."""
    around_the_clock: bool = False
    """Every hour of every day counts."""
    urgency: int = 0
    """Grades that every ticket under this contract is raised by."""


class Asking(Model):
    """How our messages ask the customer for something, beside an open question mark."""

    phrases: tuple[str, ...] = ()
    not_phrases: tuple[str, ...] = ()
    """Courtesies that ask for nothing: “is there anything else we can do?”"""


def _only_the_resolution() -> dict[ClockName, Decimal]:
    return {"resolution": Decimal(0)}


class Sla(Model):
    """Impact x urgency -> priority, the clocks per priority, calendars and signals."""

    matrix: dict[str, tuple[str, ...]]
    """Impact `high|medium|low` -> priority for urgency high, medium, low, in this order."""
    targets: dict[str, SlaTarget]
    tier_boost: dict[str, int] = Field(default_factory=dict)
    contracts: dict[str, Contract] = Field(default_factory=dict)
    """By name, as the fact `customer.contract` gives it."""
    history: History = History()
    pauses: dict[ClockName, tuple[PauseState, ...]] = Field(default_factory=dict)
    """Which states stop which clock."""
    asking: Asking = Asking()
    warn_hours: dict[ClockName, Decimal] = Field(default_factory=_only_the_resolution)
    """Business hours before a due time from which on an unmet clock is a breach ahead. A clock
    that is not named never warns; with 0 it does once its time has run out."""
    calendars: tuple[Calendar, ...] = ()
    default_region: str = ""
    signals: tuple[Signal, ...] = ()
