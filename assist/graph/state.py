"""What a step may return: only what it found out."""

from typing import TypedDict

from assist.domain.completeness import Completeness
from assist.domain.consultation import Consultation
from assist.domain.draft import Draft, Promise
from assist.domain.escalation import Escalation
from assist.domain.grants import Granted
from assist.domain.issue import Issue
from assist.domain.knowledge import Hit
from assist.domain.language import TicketLanguage
from assist.domain.policy import Requirement
from assist.domain.records import CustomerRecord
from assist.domain.solution import Candidate
from assist.domain.suggestion import FollowUp, Made, PlanItem, Question, TicketSignal


class Update(TypedDict, total=False):
    """Fields of `Case` that a step found out. `said` goes into the step's trace.

    A TypedDict so that the type checker catches a misspelt key: the graph would drop it silently.
    """

    language: TicketLanguage
    issues: tuple[Issue, ...]
    signals: tuple[TicketSignal, ...]
    record: CustomerRecord | None
    hits: dict[str, tuple[Hit, ...]]
    coverage: dict[str, float]
    completeness: Completeness
    requirements: tuple[Requirement, ...]
    candidates: tuple[Candidate, ...]
    questions: tuple[Question, ...]
    consultations: tuple[Consultation, ...]
    granted: tuple[Granted, ...] | None
    escalation: Escalation
    draft: Draft
    promises: tuple[Promise, ...]
    plan: tuple[PlanItem, ...]
    follow_ups: tuple[FollowUp, ...]
    notes: tuple[str, ...]
    made: tuple[Made, ...]
    said: str
