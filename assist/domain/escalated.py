"""A case that was handed over: to whom, with what, by when, and what they decided."""

from datetime import datetime
from typing import Literal

from pydantic import Field, JsonValue

from assist.domain.base import Model
from assist.domain.consultation import Consultation, ConsultationState
from assist.domain.escalation import EscalationPath, Trigger

EscalatedState = Literal["open", "taken", "answered", "withdrawn"]
"""`open` until somebody of the path takes it, `taken` until they answer; the other two are ends."""
PENDING: frozenset[EscalatedState] = frozenset({"open", "taken"})


class Escalated(Model):
    """One handing over of one case; its id is made from the case and the event that decided it.

    `requested` is the decision that is asked for. `answer` are the words of who answered, `facts`
    what they found out, by declared path. `handed_by` is who handed it over, `ended_by` who
    answered or withdrew it; `note` is why it was withdrawn. Times have a zone.
    """

    id: str
    case_id: str
    event: int
    ticket_id: str
    suggestion_id: str
    path: EscalationPath
    triggers: tuple[Trigger, ...] = ()
    deadline: datetime
    customer_notice: str = ""
    internal_notice: str = ""
    tried: tuple[str, ...] = ()
    requested: str
    reason: str = ""
    handed_by: str
    handed_at: datetime
    state: EscalatedState = "open"
    taken_by: str = ""
    taken_at: datetime | None = None
    answer: str = ""
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    note: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None

    @property
    def pending(self) -> bool:
        """Whether somebody still has to answer it."""
        return self.state in PENDING

    def overdue(self, at: datetime) -> bool:
        """Whether its deadline has passed and nobody has answered."""
        return self.pending and self.deadline <= at


def as_consultations(one: Escalated) -> tuple[Consultation, ...]:
    """The question that was asked by handing it over, and each fact that was answered.

    So the next suggestion knows them as it knows any colleague's answer. A fact was not asked for
    before it was told: a look back to an earlier moment finds the question alone.
    """
    state: ConsultationState = "open" if one.pending else "withdrawn"
    asked = Consultation(
        id=one.id,
        ticket_id=one.ticket_id,
        suggestion_id=one.suggestion_id,
        question=one.requested,
        owner=one.path.team,
        why=one.reason,
        due=one.deadline,
        state="answered" if one.state == "answered" else state,
        asked_by=one.handed_by,
        asked_at=one.handed_at,
        answer=one.answer or None,
        note=one.note,
        answered_by=one.ended_by,
        answered_at=one.ended_at,
    )
    return (asked, *(_fact(asked, path, value) for path, value in one.facts.items()))


def _fact(asked: Consultation, path: str, value: JsonValue) -> Consultation:
    told = {
        "id": f"{asked.id}.{path}",
        "question": f"What is {path}? Asked beside: {asked.question}",
        "fact": path,
        "asked_at": asked.answered_at,
        "answer": value,
        "note": str(asked.answer or ""),
    }
    return asked.model_copy(update=told)
