"""Examples of grants and consultations in the OpenAPI document."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from assist.domain.base import Money
from assist.domain.consultation import Consultation
from assist.domain.grants import Granted
from assist.service.consulting import ConsultationRequest
from assist.service.grant_requests import GrantRequest
from assist.web.api.consultations import AnswerRequest, Consultations, WithdrawRequest
from assist.web.api.grants import Grants, VoidRequest

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
TEN = Money(amount="10.00", currency="USD")
GRANTED = Granted(
    id="t-1-credit",
    customer_id="c-1001",
    ticket_id="t-1",
    suggestion_id="s-3c1f0f2a9b7d4e58",
    action="credit",
    parameters={"amount": TEN},
    amount=TEN,
    level="agent",
    by="Mo Ito",
    at=NOW,
    clauses=("goodwill.small",),
    policy_version="5f0c21d4e9b7",
)
TAKEN_BACK = GRANTED.model_copy(
    update={"voided_at": NOW, "voided_by": "Ida Berg", "void_reason": "granted on another ticket"}
)
ASKED = Consultation(
    id="c-5f0c21d4",
    ticket_id="t-1",
    suggestion_id="s-3c1f0f2a9b7d4e58",
    issue_id="i-1",
    question="On which day was the parcel handed to the courier?",
    fact="order.shipped_at",
    owner="Logistics",
    why="Logistics owns deliveries; the date decides whether it is late.",
    due=NOW + timedelta(hours=2),
    state="open",
    asked_by="Mo Ito",
    asked_at=NOW,
)
ANSWERED = ASKED.model_copy(
    update={
        "state": "answered",
        "answer": "2026-11-16",
        "note": "As the courier's scan says.",
        "answered_by": "Ida Berg",
        "answered_at": NOW + timedelta(hours=1),
    }
)
WITHDRAWN = ASKED.model_copy(
    update={
        "state": "withdrawn",
        "note": "The customer found the receipt.",
        "answered_by": "Mo Ito",
        "answered_at": NOW + timedelta(minutes=5),
    }
)


def grant_requests() -> dict[str, Any]:
    """A credit for a suggestion's ticket, with a fact."""
    asked = GrantRequest(
        id=GRANTED.id,
        customer_id=GRANTED.customer_id,
        suggestion_id=GRANTED.suggestion_id,
        action=GRANTED.action,
        parameters={"amount": TEN.model_dump(mode="json")},
        facts={"customer.region": "US"},
        level=GRANTED.level,
        by=GRANTED.by,
        on=date(2026, 11, 20),
    )
    return {"credit": _told(asked)}


def void_requests() -> dict[str, Any]:
    """A mistake."""
    return {"mistake": _told(VoidRequest(by="Ida Berg", reason="granted on another ticket"))}


def questions() -> dict[str, Any]:
    """One that a suggestion proposes, and one of the agent's own."""
    proposed = ConsultationRequest(id=ASKED.id, suggestion_id=ASKED.suggestion_id, by="Mo Ito")
    own = ConsultationRequest(
        id="t-1-insured",
        ticket_id="t-1",
        question="Was the parcel insured?",
        owner="Logistics",
        due=ASKED.due,
        by="Mo Ito",
    )
    return {"proposed": _told(proposed), "own": _told(own)}


def answers() -> dict[str, Any]:
    """The value of a fact, and that it cannot be found out."""
    told = AnswerRequest(by="Ida Berg", answer="2026-11-16", note="As the courier's scan says.")
    unknown = {"by": "Ida Berg", "answer": None, "note": "The courier has no record of it."}
    return {"fact": _told(told), "unknown": unknown}


def withdrawals() -> dict[str, Any]:
    """It has settled itself."""
    asked = WithdrawRequest(by="Mo Ito", reason="The customer found the receipt.")
    return {"settled": _told(asked)}


def a_grant() -> Granted:
    """A credit."""
    return GRANTED


def a_grant_taken_back() -> Granted:
    """The same, taken back."""
    return TAKEN_BACK


def some_grants() -> Grants:
    """One customer's."""
    return Grants(grants=(GRANTED,))


def an_open_question() -> Consultation:
    """Asked, not yet answered."""
    return ASKED


def an_answered_question() -> Consultation:
    """The same, answered."""
    return ANSWERED


def a_withdrawn_question() -> Consultation:
    """The same, withdrawn."""
    return WITHDRAWN


def open_questions() -> Consultations:
    """One that waits."""
    return Consultations(consultations=(ASKED,))


def questions_of_a_ticket() -> Consultations:
    """One that was answered."""
    return Consultations(consultations=(ANSWERED,))


def _told(
    asked: GrantRequest | VoidRequest | ConsultationRequest | AnswerRequest | WithdrawRequest,
) -> dict[str, Any]:
    return asked.model_dump(mode="json", exclude_unset=True)
