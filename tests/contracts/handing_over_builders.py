"""Builders of escalations and approvals."""

from datetime import timedelta
from typing import Any

from assist.domain.approval import Approval
from assist.domain.escalated import Escalated
from tests.contracts.ledger_builders import TWENTY, a_credit
from tests.contracts.store_builders import NOON

HOUR = timedelta(hours=1)


def an_escalation(escalation_id: str = "case-1-2-escalation", **changes: Any) -> Escalated:
    """The case case-1, handed over at noon, to be answered two hours later."""
    given = {
        "id": escalation_id,
        "case_id": "case-1",
        "event": 2,
        "ticket_id": "t-1",
        "suggestion_id": "s-1",
        "path": {"team": "Legal", "role": "counsel"},
        "triggers": ({"code": "legal", "evidence": "“my lawyer”"},),
        "deadline": NOON + 2 * HOUR,
        "internal_notice": "To Legal, counsel.",
        "requested": "Decide who answers the lawyer.",
        "reason": "The customer has named a lawyer.",
        "handed_by": "Mo",
        "handed_at": NOON,
    }
    return Escalated.model_validate(given | changes)


def taken(one: Escalated, **changes: Any) -> Escalated:
    """The same, taken by Lee."""
    told = {"state": "taken", "taken_by": "Lee", "taken_at": NOON + HOUR}
    return one.model_copy(update=told | changes)


def answered(one: Escalated, **changes: Any) -> Escalated:
    """The same, answered by Lee."""
    told = {
        "state": "answered",
        "answer": "We write to the lawyer.",
        "facts": {"customer.in_writing": True},
        "ended_by": "Lee",
        "ended_at": NOON + 2 * HOUR,
    }
    return one.model_copy(update=told | changes)


def an_approval(approval_id: str = "a-1", **changes: Any) -> Approval:
    """20.00 GBP of goodwill for the customer c-1 of the case case-1, asked for at noon."""
    credit = {"kind": "credit", "parameters": {"amount": TWENTY}}
    given = {
        "id": approval_id,
        "key": approval_id,
        "case_id": "case-1",
        "ticket_id": "t-1",
        "customer_id": "c-1",
        "suggestion_id": "s-1",
        "issue_id": "i1",
        "candidate_id": "i1.c1",
        "title": "Credit",
        "actions": (credit,),
        "verdict": {"value": "needs_approval", "level": "lead", "clauses": ("goodwill.small",)},
        "needs": "lead",
        "clauses": (
            {"clause_id": "goodwill.small", "version": "1", "type": "standard", "text": "Small."},
        ),
        "amounts": (TWENTY,),
        "granted": (a_credit("r-0"),),
        "on": NOON.date(),
        "policy_version": "p1",
        "reason": "The parcel came late, twice.",
        "level": "agent",
        "asked_by": "Mo",
        "asked_at": NOON,
    }
    return Approval.model_validate(given | changes)


def approved(one: Approval, **changes: Any) -> Approval:
    """The same, approved by Lee an hour later."""
    told = {
        "state": "approved",
        "answer_key": "y-1",
        "answer_reason": "They have waited long enough.",
        "answered_by": "Lee",
        "answered_level": "lead",
        "answered_at": NOON + HOUR,
        "granted_ids": (f"{one.id}-1",),
    }
    return one.model_copy(update=told | changes)
