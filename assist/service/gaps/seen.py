"""Use case: what the service has kept -> the tickets it has seen, each with what agents replied."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from assist.domain.case_event import CaseEvent, CaseRow, CaseStatus
from assist.domain.casework import Casework, happened
from assist.domain.decision import DecisionKind
from assist.domain.feedback import FeedbackKind
from assist.domain.ticket import Message, Ticket
from assist.service.parts import Parts

MOST = 20_000
"""Cases read at most, those that changed last."""
OVERRIDES: frozenset[DecisionKind] = frozenset({"reject", "edit"})
AGAINST: frozenset[FeedbackKind] = frozenset({"rejected", "edited", "incorrect"})
"""What tells that an agent did not take the suggestion as it was."""


@dataclass(frozen=True)
class Seen:
    """A ticket as it came in last, with the replies that were sent from its case.

    `at` is when the service saw it first. `overridden`: the agent rejected or rewrote what was
    suggested. `suggestion_id` is empty where that is told by the decisions already.
    """

    ticket: Ticket
    at: datetime
    overridden: bool = False
    suggestion_id: str = ""


def seen_since(parts: Parts, since: datetime) -> tuple[Seen, ...]:
    """Of cases, and of suggestions without a case; the earliest first."""
    of_cases = {one.ticket.id: one for one in _cases(parts, since)}
    alone = _alone(parts, since, of_cases)
    return tuple(sorted((*of_cases.values(), *alone), key=lambda one: (one.at, one.ticket.id)))


def overridden(parts: Parts, seen: Seen) -> bool:
    """Whether the agent did not take the suggestion as it was."""
    if seen.overridden or not seen.suggestion_id:
        return seen.overridden
    said = parts.feedback.of_suggestion(seen.suggestion_id)
    return any(one.kind in AGAINST for one in said)


def _cases(parts: Parts, since: datetime) -> Iterator[Seen]:
    for row in parts.cases.listed(get_args(CaseStatus), MOST):
        if row.opened_at >= since:
            yield _of_case(row, parts.cases.events(row.id))


def _of_case(row: CaseRow, events: Sequence[CaseEvent]) -> Seen:
    work = Casework(id=row.id)
    for event in events:
        work = happened(work, event)
    told = [event for event in events if event.kind in ("opened", "message")][-1]
    ticket = Ticket.model_validate(told.body["ticket"])
    said = {message.text for message in ticket.messages}
    replies = tuple(
        Message(author="agent", text=one.text, sent_at=one.at)
        for one in work.sent
        if one.text not in said  # the helpdesk may have sent it back with the next message
    )
    return Seen(
        ticket.model_copy(
            update={
                "messages": (*ticket.messages, *replies),
                "created_at": ticket.created_at or row.opened_at,
            }
        ),
        at=row.opened_at,
        overridden=any(one.kind in OVERRIDES for one in work.decisions),
        suggestion_id=row.suggestion_id,
    )


def _alone(parts: Parts, since: datetime, known: Mapping[str, Seen]) -> Iterator[Seen]:
    """Tickets that a suggestion was made for and nothing else: their issues, in their words."""
    told: dict[str, list[str]] = {}
    first: dict[str, datetime] = {}
    for asked in parts.suggestions.asked(since, parts.clock.now()):
        words = asked.text.strip() or asked.statement.strip()
        if asked.ticket_id not in known and words:
            told.setdefault(asked.ticket_id, []).append(words)
            first[asked.ticket_id] = min(asked.at, first.get(asked.ticket_id, asked.at))
    for ticket_id, statements in told.items():
        at = first[ticket_id]
        message = Message(text="\n".join(statements))
        yield Seen(Ticket(id=ticket_id, messages=(message,), created_at=at), at=at)
