"""One ticket on its way through the steps: the graph state."""

from datetime import datetime

from pydantic import Field

from assist.domain.base import Model
from assist.domain.casework import Casework
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
from assist.domain.suggestion import FollowUp, Made, PlanItem, Question, TicketSignal, Trace
from assist.domain.ticket import Ticket


class Case(Model):
    """Everything found out about one ticket so far. `now` is the time it is judged at."""

    ticket: Ticket
    now: datetime
    level: str = "agent"
    language: TicketLanguage | None = None
    issues: tuple[Issue, ...] = ()
    signals: tuple[TicketSignal, ...] = ()
    record: CustomerRecord | None = None
    granted: tuple[Granted, ...] | None = None
    """What the customer was granted before, oldest first; none where nobody knows who asks."""
    hits: dict[str, tuple[Hit, ...]] = Field(default_factory=dict)
    """Hits by issue id."""
    coverage: dict[str, float] = Field(default_factory=dict)
    """How well the hits answer the issue, 0..1, by issue id."""
    completeness: Completeness | None = None
    """How much of what a clear ticket holds the main issue tells."""
    requirements: tuple[Requirement, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    questions: tuple[Question, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    escalation: Escalation | None = None
    draft: Draft | None = None
    promises: tuple[Promise, ...] = ()
    plan: tuple[PlanItem, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    notes: tuple[str, ...] = ()
    made: tuple[Made, ...] = ()
    trace: tuple[Trace, ...] = ()
    work: Casework | None = None
    """What happened after the suggestion; none where a suggestion was all that was asked for."""

    @property
    def main_issue(self) -> Issue:
        """The issue that leads: the first after `prioritize` has ordered them."""
        return self.issues[0]
