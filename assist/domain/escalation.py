"""Escalation as an artefact: needed or not, why, to whom, by when, and what each side is told."""

from datetime import datetime
from typing import Literal

from assist.domain.base import Model

TriggerCode = Literal[
    "authority",
    "mandatory_clause",
    "safety",
    "legal",
    "press",
    "security",
    "asks_for_person",
    "repeated_failure",
    "sla",
    "frustration",
    "complexity",
    "no_evidence",
]


class Trigger(Model):
    """One reason to escalate, with the words or the clause that show it."""

    code: TriggerCode
    evidence: str


class EscalationPath(Model):
    """Who takes over. `on_call`: the one for the hours without business; `reason` says why them."""

    team: str
    role: str
    on_call: bool = False
    reason: str = ""


class Escalation(Model):
    """Whether to escalate and, where needed, everything the receiving side must know.

    `deadline` is the receiving side's. `hears_by` is the time the customer is told: it rests on the
    rules' own hours, while the deadline may be an SLA clock with minutes left, which nobody should
    promise. Both in UTC.
    """

    needed: bool
    triggers: tuple[Trigger, ...] = ()
    path: EscalationPath | None = None
    deadline: datetime | None = None
    hears_by: datetime | None = None
    customer_notice: str = ""
    alone: bool = False
    """Whether the reply says nothing but the notice."""
    internal_notice: str = ""
    decision_requested: str = ""
    """What the receiving side is asked to decide."""
