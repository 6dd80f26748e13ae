"""A case as those see it who work on it, put together from what was kept."""

from collections.abc import Iterator, Sequence

from assist.domain.case_event import CaseEvent, CaseRow
from assist.domain.case_view import CaseView
from assist.domain.casework import Casework, happened, numbers_set_aside
from assist.domain.ticket import Ticket
from assist.service.handing_over import approved_since, asked_inside, refused_since
from assist.service.parts import Parts


def view_of(parts: Parts, case_id: str) -> CaseView:
    """Where the case stands, and all that happened to it. Raises `NotFound`."""
    row, events = parts.cases.get(case_id), parts.cases.events(case_id)
    work = Casework(id=case_id)
    for event in events:
        work = happened(work, event)
    suggestion = parts.suggestions.get(row.suggestion_id) if row.suggestion_id else None
    consultations = parts.consultations.of_ticket(row.ticket_id)
    return CaseView(
        case=row,
        ticket=_ticket(events),
        suggestion=suggestion,
        changed=tuple(_changed(parts, row, events)),
        decisions=work.decisions,
        sent=work.sent,
        tried=work.tried,
        ticked=work.ticked,
        escalated=work.escalated,
        consultations=consultations,
        escalations=parts.escalated.of_ticket(row.ticket_id),
        approvals=parts.approvals.of_ticket(row.ticket_id),
        ledger=parts.cases.entries(case_id),
        outcome=work.outcome,
        looks=work.looks,
        history=events,
    )


def _ticket(events: Sequence[CaseEvent]) -> Ticket:
    """The ticket as it came in last, with the facts that were added since."""
    told = [event for event in events if event.kind in ("opened", "message")][-1]
    ticket = Ticket.model_validate(told.body["ticket"])
    for event in events:
        facts = event.body.get("facts") if event.kind == "decision" else None
        if event.number > told.number and isinstance(facts, dict):
            ticket = ticket.model_copy(update={"facts": {**ticket.facts, **facts}})
    return ticket


def _changed(parts: Parts, row: CaseRow, events: Sequence[CaseEvent]) -> Iterator[str]:
    """What the suggestion does not know of yet."""
    for event in events[row.applied :]:
        yield f"{event.kind} by {event.by or 'nobody named'} is not worked off yet"
    for event in events:
        if event.kind == "set_aside":
            told = ", ".join(map(str, numbers_set_aside(event)))
            yield f"event {told} was not worked off and will not be: {event.body.get('why')}"
    yield from answered_since(parts, row)
    if row.suggestion_id:
        yield from refused_since(parts, row)


def answered_since(parts: Parts, row: CaseRow) -> Iterator[str]:
    """What colleagues have answered since the case's suggestion was made."""
    if not row.suggestion_id:
        return
    made = parts.suggestions.get(row.suggestion_id)
    known = {c.id for c in made.consultations if c.state == "answered"}
    for one in asked_inside(parts, row.ticket_id):
        if one.state == "answered" and one.id not in known:
            yield f"{one.answered_by} answered: {one.question}"
    yield from approved_since(parts, row.ticket_id, made.created_at)
