"""Which acts fit a case as it stands, and what a case's row says after one."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, cast

from assist.domain.case import Case
from assist.domain.case_event import ENDED, CaseEvent, CaseRow
from assist.domain.casework import Casework
from assist.domain.decision import SENDS, Decision
from assist.domain.ledger import Entry
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.errors import AlreadyDone, BadInput, NotFound, Stale
from assist.ports import CaseStore
from assist.service.case_requests import SettleRequest
from assist.service.case_viewing import answered_since
from assist.service.consulting import ConsultationRequest
from assist.service.handing_over import check_not_handed_over
from assist.service.parts import Parts
from assist.understanding.facts import declared_values

if TYPE_CHECKING:
    from assist.service.desk import Desk


def new_row(case_id: str, ticket: Ticket, at: datetime) -> CaseRow:
    """The row of a case that was just opened."""
    return CaseRow(
        id=case_id,
        ticket_id=ticket.id,
        customer_id=ticket.customer.id,
        revision=ticket.revision,
        status="suggesting",
        suggestion_id="",
        priority="",
        opened_at=at,
        changed_at=at,
        events=1,
        applied=0,
    )


def unborn(case_id: str, opened: CaseEvent) -> Case:
    """The case before its first event was worked off."""
    ticket = Ticket.model_validate(opened.body["ticket"])
    return Case(
        ticket=ticket,
        now=opened.at,
        level=str(opened.body.get("level", "agent")),
        work=Casework(id=case_id),
    )


def row_after(row: CaseRow, case: Case, event: CaseEvent, made: Suggestion | None) -> CaseRow:
    """The row after an event that is now in the case's state."""
    work = cast("Casework", case.work)
    return row.model_copy(
        update={
            "customer_id": case.ticket.customer.id,
            "revision": case.ticket.revision,
            "status": work.status,
            "suggestion_id": made.id if made else row.suggestion_id,
            "priority": made.priority.level if made else row.priority,
            "changed_at": event.at,
            "applied": work.applied,
        }
    )


def check_open(row: CaseRow) -> None:
    """Raises `AlreadyDone` for a case that has ended."""
    if row.status in ENDED:
        raise AlreadyDone(
            f"case {row.id!r} is {row.status}",
            cure="a new message of the customer opens it again",
        )


def check_answered(row: CaseRow) -> None:
    """Raises `Stale` where nobody has answered the customer, `AlreadyDone` where it has ended."""
    check_open(row)
    if row.status != "waiting":
        raise Stale(
            "the customer has not been answered since they wrote",
            cure="decide on the suggestion first",
        )


def check_solved(row: CaseRow) -> None:
    """Raises `Stale` for a case that is not solved."""
    if row.status != "solved":
        raise Stale(
            f"case {row.id!r} is {row.status}: only a solved one is closed with a message",
            cure="tell its outcome first",
        )


def check_closable(store: CaseStore, row: CaseRow) -> None:
    """Raises `Stale` for a case that is not solved, `AlreadyDone` where a message has closed it."""
    check_solved(row)
    for event in reversed(store.events(row.id)):
        if event.kind == "outcome":
            return
        if event.kind == "closing":
            raise AlreadyDone(
                f"case {row.id!r} was closed with a message by {event.by}",
                cure="what was sent stands: a second farewell helps nobody",
            )


def left_behind(store: CaseStore, case_id: str) -> list[int]:
    """The numbers of the events that are not in the case's state."""
    row = store.get(case_id)
    return [event.number for event in store.events(case_id)[row.applied :]]


def check_newer(row: CaseRow, ticket: Ticket) -> None:
    """Raises `Stale` for an older revision of the ticket than the case has."""
    if ticket.revision < row.revision:
        raise Stale(
            f"the case has revision {row.revision} of the ticket, and this is {ticket.revision}",
            where="revision",
            cure="send the newest revision",
        )


def decided_on(desk: "Desk", decision: Decision) -> Suggestion:
    """The suggestion that is decided on. Raises `BadInput` where the decision does not fit it."""
    try:
        suggestion = desk.suggestion(decision.suggestion_id)
    except NotFound as error:
        raise BadInput(
            error.problem, where="suggestion_id", cure="give the id of the case's suggestion"
        ) from error
    ids = [candidate.id for candidate in suggestion.candidates]
    if decision.candidate_id is not None and decision.candidate_id not in ids:
        raise BadInput(
            f"the suggestion has no candidate {decision.candidate_id!r}",
            where="candidate_id",
            cure=f"use {', '.join(ids)}" if ids else "it has none",
        )
    declared_values(decision.facts, desk.opened().policy_set.facts)
    return suggestion


def with_text(decision: Decision, suggestion: Suggestion) -> Decision:
    """The decision with the text that is sent: of one that is accepted, the draft's."""
    if decision.kind != "accept":
        return decision
    return decision.model_copy(update={"text": suggestion.draft.text})


def of_this_case(parts: Parts, row: CaseRow, asked: ConsultationRequest) -> ConsultationRequest:
    """The question with the case's ticket. Raises `BadInput` where it is about another's."""
    suggestion_id = asked.suggestion_id or row.suggestion_id or None
    about = {asked.ticket_id} if asked.ticket_id else set()
    if suggestion_id is not None:
        about.add(parts.suggestions.get(suggestion_id).ticket_id)
    if about - {row.ticket_id}:
        raise BadInput(
            f"case {row.id!r} is of ticket {row.ticket_id!r}",
            where="ticket_id" if asked.ticket_id else "suggestion_id",
            cure="ask about this case, or leave the ticket and the suggestion out",
        )
    own = row.ticket_id if asked.question is not None else None
    return asked.model_copy(update={"ticket_id": own, "suggestion_id": suggestion_id})


def check_decision(parts: Parts, row: CaseRow, decision: Decision) -> None:
    """Raises `AlreadyDone` for a case that has ended, `Stale` where something came between."""
    check_open(row)
    events = parts.cases.events(row.id)
    if row.status == "waiting":
        last = next((e for e in reversed(events) if e.kind == "decision"), None)
        by = f" by {last.by}" if last else ""
        raise Stale("it has been decided" + by, cure="look at the case: the outcome comes next")
    if decision.suggestion_id != row.suggestion_id:
        raise Stale(
            f"suggestion {decision.suggestion_id} is not the newest: {_since(events)}",
            where="suggestion_id",
            cure=f"look at suggestion {row.suggestion_id}, then decide",
        )
    check_not_handed_over(parts, row, decision)
    news = tuple(answered_since(parts, row)) if decision.kind in SENDS else ()
    if decision.kind == "accept":
        news = (*news, *_passed(parts, decision))
    if news:
        raise Stale("; ".join(news), cure="ask for a new draft with add_facts, then decide")


def _passed(parts: Parts, decision: Decision) -> Iterator[str]:
    """Promises of the draft whose time has passed: the customer would read one that is broken.

    A text of the agent's own was sent whatever is said here: what it promises too late is noted.
    """
    now = parts.clock.now()
    for promise in parts.suggestions.get(decision.suggestion_id).promises:
        if promise.due is not None and promise.due < now:
            yield f"“{promise.text}” was due {promise.due:%Y-%m-%d %H:%M %Z}, which has passed"


def _since(events: Sequence[CaseEvent]) -> str:
    """What made the newest suggestion necessary, in words."""
    for event in reversed(events):
        if event.kind == "message":
            ticket = Ticket.model_validate(event.body["ticket"])
            return f"the ticket came in anew (revision {ticket.revision}) at {event.at:%H:%M} UTC"
        if event.kind == "decision" and event.body.get("kind") == "add_facts":
            facts = event.body.get("facts")
            told = ", ".join(facts) if isinstance(facts, dict) else ""
            return f"{event.by} added facts ({told or 'none new'})"
        if event.kind == "outcome":
            return f"{event.by} reported that it did not help"
    return "it is of another case"


def settle(store: CaseStore, entry_id: str, asked: SettleRequest, now: datetime) -> Entry:
    """Keep how an entry of the ledger ended. Raises `NotFound`, `AlreadyDone`."""
    ended = {"state": asked.state, "note": asked.note, "settled_by": asked.by, "settled_at": now}
    return store.settle(store.entry(entry_id).model_copy(update=ended))
