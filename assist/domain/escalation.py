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
    """Who takes over."""

    team: str
    role: str


class Escalation(Model):
    """Whether to escalate and, where needed, everything the receiving side must know."""

    needed: bool
    triggers: tuple[Trigger, ...] = ()
    path: EscalationPath | None = None
    deadline: datetime | None = None
    customer_notice: str = ""
    internal_notice: str = ""
