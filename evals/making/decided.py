"""A case of the service -> what was decided on it last: the ticket, the suggestion, the act."""

from dataclasses import dataclass
from datetime import datetime

from assist.domain.case_event import CaseEvent
from assist.domain.casework import Casework, Sent, happened
from assist.domain.decision import SENDS, CaseOutcome, Decision
from assist.domain.escalation import EscalationPath
from assist.domain.solution import Candidate
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.errors import BadInput
from assist.service.archive import Archive
from assist.service.parts import Parts

TAKES = ("accept", "edit", "choose")
"""Decisions that go with a candidate."""
ENDS = (*SENDS, "escalate", "reject")
"""Decisions that say what somebody thinks of a suggestion; to add facts says nothing of it."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided on one suggestion of a case, and what is known to have come of it.

    `tickets` are all that came in, the one decided on last; `level` is that of who decided.
    """

    case_id: str
    tickets: tuple[Ticket, ...]
    suggestion: Suggestion
    decision: Decision
    at: datetime
    level: str
    sent: Sent | None
    handed_over: bool
    path: EscalationPath | None
    """To whom, where it was handed over."""
    outcome: CaseOutcome | None

    @property
    def ticket(self) -> Ticket:
        """As it was when it was decided on, with the facts that were added before."""
        return self.tickets[-1]

    @property
    def taken(self) -> Candidate | None:
        """The candidate that was gone with; none where none was, or a question was sent."""
        if self.decision.kind not in TAKES:
            return None
        choice = self.suggestion.choice
        wanted = self.decision.candidate_id or (choice.candidate_id if choice else None)
        return next((c for c in self.suggestion.candidates if c.id == wanted), None)


def decided(store: Archive | Parts, case_id: str) -> Decided:
    """The last decision of a case that says something of its suggestion.

    Raises `NotFound`, and `BadInput` for a case on which nobody has decided.
    """
    events = store.cases.events(case_id)
    last = next((e for e in reversed(events) if _says_something(e)), None)
    if last is None:
        raise BadInput(
            "nobody has decided on it yet",
            where=case_id,
            cure="give a case on which somebody has sent, rejected or handed something over",
        )
    decision = Decision.model_validate(last.body)
    work = Casework(id=case_id)
    for event in events:
        work = happened(work, event)
    passed = store.escalated.of_ticket(store.cases.get(case_id).ticket_id)
    return Decided(
        case_id=case_id,
        tickets=_tickets(events, last.number),
        suggestion=store.suggestions.get(decision.suggestion_id),
        decision=decision,
        at=last.at,
        level=_level(events, last.number),
        sent=next((s for s in work.sent if s.event == last.number), None),
        handed_over=work.escalated is not None,
        path=next((e.path for e in reversed(passed) if e.case_id == case_id), None),
        outcome=work.outcome,
    )


def _says_something(event: CaseEvent) -> bool:
    return event.kind == "decision" and event.body.get("kind") in ENDS


def _tickets(events: tuple[CaseEvent, ...], until: int) -> tuple[Ticket, ...]:
    """The ticket each time that it came in before the event of this number, facts added since."""
    found: list[Ticket] = []
    for event in events[: until - 1]:
        if event.kind in ("opened", "message"):
            found.append(Ticket.model_validate(event.body["ticket"]))
        facts = event.body.get("facts") if event.kind == "decision" else None
        if found and isinstance(facts, dict) and facts:
            last = found[-1]
            found[-1] = last.model_copy(update={"facts": {**last.facts, **facts}})
    return tuple(found)


def _level(events: tuple[CaseEvent, ...], until: int) -> str:
    told = [e.body for e in events[: until - 1] if e.kind in ("opened", "message")]
    return str(told[-1].get("level") or "agent")
