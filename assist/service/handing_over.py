"""What a case's events mean for whoever it was handed to, and what they answered for the case.

Told twice, an event changes nothing: what is kept has the event in its id.
"""

from collections.abc import Iterator
from datetime import datetime

from assist.domain.approval import Approval
from assist.domain.case import Case
from assist.domain.case_event import CaseEvent, CaseRow
from assist.domain.consultation import Consultation
from assist.domain.decision import Decision
from assist.domain.escalated import as_consultations
from assist.domain.policy import PolicySet
from assist.errors import AlreadyDone
from assist.graph.casework.handed_over import escalated_of
from assist.service.parts import Parts


def check_not_handed_over(parts: Parts, row: CaseRow, decision: Decision) -> None:
    """Raises `AlreadyDone` for a case that is to be handed over while somebody has it."""
    if decision.kind != "escalate":
        return
    for one in parts.escalated.of_ticket(row.ticket_id):
        if one.pending:
            holder = f", and {one.taken_by} has taken it" if one.taken_by else ""
            raise AlreadyDone(
                f"{one.handed_by} has handed it over to {one.path.team} already{holder}",
                cure=f"wait for the answer to {one.id}, or withdraw it first",
            )


def hand_over(parts: Parts, rules: PolicySet, case: Case, event: CaseEvent) -> None:
    """Keep what the receiving side gets, where this event hands the case over."""
    if event.kind != "decision":
        return
    decision = Decision.model_validate(event.body)
    if decision.kind == "escalate":
        suggestion = parts.suggestions.get(decision.suggestion_id)
        parts.escalated.add(escalated_of(case, event, suggestion, rules))


def let_go(parts: Parts, row: CaseRow, event: CaseEvent) -> None:
    """Where this event ends the case, nobody needs to answer or to approve any more."""
    why = _end(event)
    if not why:
        return
    for handed in parts.escalated.of_ticket(row.ticket_id):
        if handed.pending and handed.event < event.number:
            told = {"state": "withdrawn", "ended_by": event.by, "ended_at": event.at, "note": why}
            parts.escalated.change(handed, handed.model_copy(update=told))
    for asked in parts.approvals.of_ticket(row.ticket_id):
        if asked.state == "open" and asked.asked_at <= event.at:
            _withdraw(parts, asked, event, why)


def _end(event: CaseEvent) -> str:
    """How this event ends its case, in words; empty where it does not."""
    if event.kind == "cancelled":
        return "the case was cancelled"
    ends = event.kind == "outcome" and event.body.get("kind") != "not_solved"
    return f"the case has ended: {event.body.get('kind')}" if ends else ""


def _withdraw(parts: Parts, asked: Approval, event: CaseEvent, why: str) -> None:
    with parts.approvals.deciding(asked.customer_id) as deciding:
        if deciding.get(asked.id).state == "open":
            told = {"state": "withdrawn", "answered_by": event.by, "answered_at": event.at}
            deciding.close(asked.model_copy(update={**told, "answer_reason": why}))


def asked_inside(parts: Parts, ticket_id: str) -> tuple[Consultation, ...]:
    """All that was asked in the company about a ticket, also by handing its case over."""
    handed = parts.escalated.of_ticket(ticket_id)
    return (
        *parts.consultations.of_ticket(ticket_id),
        *(asked for one in handed for asked in as_consultations(one)),
    )


def approved_since(parts: Parts, ticket_id: str, made_at: datetime) -> Iterator[str]:
    """What was approved after this moment, in words: another suggestion would go by it."""
    for one in _answered_since(parts, ticket_id, made_at):
        if one.state == "approved":
            yield f"{one.answered_by} approved: {one.title}"


def refused_since(parts: Parts, row: CaseRow) -> Iterator[str]:
    """What was refused since the case's suggestion was made, and why."""
    made_at = parts.suggestions.get(row.suggestion_id).created_at
    for one in _answered_since(parts, row.ticket_id, made_at):
        if one.state == "refused":
            yield f"{one.answered_by} refused: {one.title} ({one.answer_reason})"


def _answered_since(parts: Parts, ticket_id: str, moment: datetime) -> Iterator[Approval]:
    for one in parts.approvals.of_ticket(ticket_id):
        if one.answered_at is not None and one.answered_at > moment:
            yield one
