"""Builders of grants and consultations."""

from datetime import timedelta
from typing import Any

from assist.domain.consultation import Consultation
from assist.domain.grants import Granted
from tests.contracts.store_builders import NOON

TWENTY = {"amount": "20.00", "currency": "GBP"}


def a_credit(grant_id: str = "r-1", **changes: Any) -> Granted:
    """20.00 GBP of goodwill for the customer c-1, granted at noon."""
    given = {
        "id": grant_id,
        "customer_id": "c-1",
        "ticket_id": "t-1",
        "suggestion_id": "s-1",
        "action": "credit",
        "parameters": {"amount": TWENTY, "reason": "late parcel", "announced": True},
        "amount": TWENTY,
        "level": "agent",
        "by": "Mo",
        "at": NOON,
        "clauses": ("goodwill.small", "goodwill.year"),
        "policy_version": "p1",
    }
    return Granted.model_validate(given | changes)


def a_consultation(consultation_id: str = "c-1", **changes: Any) -> Consultation:
    """Whether the parcel was insured: asked at noon, to be known two hours later."""
    given = {
        "id": consultation_id,
        "ticket_id": "t-1",
        "suggestion_id": "s-1",
        "issue_id": "i-1",
        "question": "Was the parcel insured?",
        "fact": "parcel.insured",
        "owner": "Logistics",
        "why": "They talk to the courier.",
        "due": NOON + timedelta(hours=2),
        "state": "open",
        "asked_by": "Mo",
        "asked_at": NOON,
    }
    return Consultation.model_validate(given | changes)


def an_answer(consultation: Consultation, **changes: Any) -> Consultation:
    """The same, answered an hour later: it was."""
    told = {
        "state": "answered",
        "answer": True,
        "note": "Up to 500.",
        "answered_by": "Ida",
        "answered_at": NOON + timedelta(hours=1),
    }
    return consultation.model_copy(update=told | changes)
