"""Examples of cases and of the ledger in the OpenAPI document: one case, from act to act."""

from datetime import datetime, timedelta
from typing import Any

from assist.domain.case_event import CaseEvent, CaseRow
from assist.domain.case_view import CaseView
from assist.domain.casework import Sent
from assist.domain.consultation import Consultation
from assist.domain.ledger import Entry
from assist.domain.ticket import Ticket
from assist.service.case_requests import (
    Act,
    CancelRequest,
    DecisionRequest,
    OutcomeRequest,
    ProgressRequest,
    SettleRequest,
)
from assist.web.api.cases import CaseRows
from assist.web.api.ledger import Promises
from assist.web.example_grants import ASKED
from assist.web.examples import LATER, NOW, a_suggestion, tickets

SUGGESTION = a_suggestion()
TICKET = Ticket.model_validate(tickets()["whole"])
ROW = CaseRow(
    id="case-3f1b0c9e27d4a856",
    ticket_id=TICKET.id,
    customer_id=TICKET.customer.id,
    revision=TICKET.revision,
    status="deciding",
    suggestion_id=SUGGESTION.id,
    priority=SUGGESTION.priority.level,
    opened_at=NOW,
    changed_at=NOW,
    events=1,
    applied=1,
)
MINUTE = timedelta(minutes=1)
ACCEPTED = DecisionRequest(
    key="d-1", by="Mo Ito", kind="accept", suggestion_id=SUGGESTION.id, ticked=("send the reply",)
)
TOLD = ProgressRequest(key="p-1", by="Mo Ito", text="We have asked the courier.")
SOLVED = OutcomeRequest(key="o-1", by="Mo Ito", kind="solved", rating=5, comment="That was quick.")
CANCELLED = CancelRequest(key="x-1", by="Mo Ito", reason="The customer wrote twice.")
KEPT = SettleRequest(key="k-1", by="Mo Ito", state="kept", note="The courier has it.")
PROMISED = Entry(
    id=f"{ROW.id}-2-1",
    case_id=ROW.id,
    ticket_id=ROW.ticket_id,
    kind="promise",
    text="We will check on this.",
    what="check on it",
    owner="agent",
    due=LATER,
    check="whether it was checked",
    channel="email",
    made_at=NOW + 5 * MINUTE,
)


def an_opened_case() -> CaseView:
    """Its first suggestion is there to decide on."""
    body = {
        "ticket": TICKET.model_dump(mode="json", exclude_defaults=True),
        "level": "agent",
        "mode": None,
    }
    opened = CaseEvent(number=1, key="1-5d41402abc4b2a76", kind="opened", at=NOW, by="", body=body)
    return CaseView(case=ROW, ticket=TICKET, suggestion=SUGGESTION, history=(opened,))


def an_answered_case() -> CaseView:
    """The suggestion was accepted: the customer was answered, and promised something."""
    at, text = NOW + 5 * MINUTE, SUGGESTION.draft.text
    accepted = ACCEPTED.decision.model_copy(update={"text": text})
    view = happened_next(
        an_opened_case(), "decision", ACCEPTED, at, accepted.model_dump(mode="json")
    )
    return view.model_copy(
        update={
            "case": view.case.model_copy(update={"status": "waiting"}),
            "decisions": (accepted,),
            "sent": (Sent(event=2, at=at, by=ACCEPTED.by, text=text),),
            "ticked": accepted.ticked,
            "ledger": (PROMISED,),
        }
    )


def a_case_with_a_question() -> CaseView:
    """A colleague was asked before anybody decides."""
    view, asked = an_opened_case(), _question()
    event = CaseEvent(
        number=2,
        key=f"ask.{asked.id}",
        kind="consultation",
        at=NOW + MINUTE,
        by=asked.asked_by,
        body={"id": asked.id},
    )
    row = _counted(view.case, event.at)
    return view.model_copy(
        update={"case": row, "consultations": (asked,), "history": (*view.history, event)}
    )


def a_case_with_news() -> CaseView:
    """The customer was told what is pending."""
    at = NOW + 60 * MINUTE
    view = happened_next(an_answered_case(), "progress", TOLD, at, {"text": TOLD.text})
    told = Sent(event=3, at=at, by=TOLD.by, text=TOLD.text)
    return view.model_copy(update={"sent": (*view.sent, told)})


def a_solved_case() -> CaseView:
    """It helped."""
    body = SOLVED.outcome.model_dump(mode="json")
    view = happened_next(an_answered_case(), "outcome", SOLVED, LATER, body)
    row = view.case.model_copy(update={"status": "solved"})
    return view.model_copy(update={"case": row, "outcome": SOLVED.outcome})


def a_cancelled_case() -> CaseView:
    """Nobody needs to answer it."""
    body = {"reason": CANCELLED.reason}
    view = happened_next(an_opened_case(), "cancelled", CANCELLED, NOW + MINUTE, body)
    return view.model_copy(update={"case": view.case.model_copy(update={"status": "cancelled"})})


def some_cases() -> CaseRows:
    """One to decide on."""
    return CaseRows(cases=(ROW,))


def open_promises() -> Promises:
    """One that is due."""
    return Promises(promises=(PROMISED,))


def a_kept_promise() -> Entry:
    """The same, kept."""
    ended = {"state": KEPT.state, "note": KEPT.note, "settled_by": KEPT.by, "settled_at": LATER}
    return PROMISED.model_copy(update=ended)


def decisions() -> dict[str, Any]:
    """One of each kind."""
    one = {"by": "Mo Ito", "suggestion_id": SUGGESTION.id}
    asked: dict[str, dict[str, Any]] = {
        "edit": {"text": "Yes, send it back: the refund takes three days."},
        "choose": {"candidate_id": "i1-c1", "text": "We will send you another one."},
        "reject": {"reason": "It is about another order."},
        "escalate": {"reason": "The customer has named a lawyer."},
        "ask_customer": {"text": "What is the order number?"},
        "add_facts": {"facts": {"order.id": "ORD-2004"}},
    }
    others = {
        kind: DecisionRequest.model_validate({"key": f"d-{kind}", "kind": kind, **one, **fields})
        for kind, fields in asked.items()
    }
    return {kind: _told(act) for kind, act in ({"accept": ACCEPTED} | others).items()}


def progress_reports() -> dict[str, Any]:
    """What the customer was told."""
    return {"pending": _told(TOLD)}


def outcomes() -> dict[str, Any]:
    """It helped, and it did not."""
    failed = OutcomeRequest(
        key="o-1", by="Mo Ito", kind="not_solved", tried="The label could not be printed."
    )
    return {"solved": _told(SOLVED), "not_solved": _told(failed)}


def cancellations() -> dict[str, Any]:
    """The same ticket twice."""
    return {"twice": _told(CANCELLED)}


def settlements() -> dict[str, Any]:
    """It was done."""
    return {"kept": _told(KEPT)}


def _question() -> Consultation:
    of_case = {"ticket_id": TICKET.id, "suggestion_id": SUGGESTION.id, "asked_at": NOW + MINUTE}
    return ASKED.model_copy(update={**of_case, "issue_id": SUGGESTION.issue.id})


def happened_next(
    view: CaseView, kind: str, act: Act, at: datetime, body: dict[str, Any]
) -> CaseView:
    """The case with one more thing that happened."""
    told = {"number": view.case.events + 1, "key": act.key, "kind": kind, "at": at, "by": act.by}
    event = CaseEvent.model_validate({**told, "body": body})
    return view.model_copy(
        update={"case": _counted(view.case, at), "history": (*view.history, event)}
    )


def _counted(row: CaseRow, at: datetime) -> CaseRow:
    count = row.events + 1
    return row.model_copy(update={"events": count, "applied": count, "changed_at": at})


def _told(act: Act) -> dict[str, Any]:
    return act.model_dump(mode="json", exclude_unset=True)
