"""Examples of escalations and approvals in the OpenAPI document."""

from datetime import timedelta
from typing import Any

from assist.domain.approval import Approval, ClauseUsed
from assist.domain.base import Money
from assist.domain.escalated import Escalated
from assist.domain.escalation import EscalationPath, Trigger
from assist.domain.solution import Action
from assist.domain.verdict import Verdict
from assist.service.approval_requests import ApprovalAnswer, ApprovalRequest, WithdrawApproval
from assist.service.escalations import EscalationAnswer, TakeRequest, WithdrawEscalation
from assist.web.api.approvals import Approvals
from assist.web.api.escalations import Escalations
from assist.web.example_cases import MINUTE, ROW
from assist.web.example_grants import GRANTED
from assist.web.examples import NOW

HANDED = Escalated(
    id=f"{ROW.id}-2-escalation",
    case_id=ROW.id,
    event=2,
    ticket_id=ROW.ticket_id,
    suggestion_id=ROW.suggestion_id,
    path=EscalationPath(team="Legal", role="counsel on duty"),
    triggers=(Trigger(code="legal", evidence="“my lawyer”"),),
    deadline=NOW + timedelta(hours=4),
    customer_notice="Our legal team answers you by Friday, 19:00.",
    internal_notice="To Legal, counsel on duty. Due 2026-11-20 19:00 (Europe/London).",
    requested="Decide who answers, and whether we may go on.",
    reason="The customer has named a lawyer.",
    handed_by="Mo Ito",
    handed_at=NOW + MINUTE,
)
TOOK = TakeRequest(by="Ida Berg")
ANSWERED = EscalationAnswer(
    by="Ida Berg",
    answer="Go on as with any other return; legal answers the lawyer.",
    facts={"customer.fraud_flag": False},
)
EIGHTY = Money(amount="80.00", currency="USD")
BEYOND = Verdict(
    value="needs_approval",
    level="lead",
    clauses=("goodwill.small",),
    arithmetic=("80.00 USD > 25.00 USD, the agent's limit for credit",),
    reason="credit of 80.00 USD is decided by the team lead",
)
WANTED = Approval(
    id="a-3f1b0c9e27d4a856",
    key="a-1",
    case_id=ROW.id,
    ticket_id=ROW.ticket_id,
    customer_id="c-1001",
    suggestion_id=ROW.suggestion_id,
    issue_id="i1",
    candidate_id="i1.c2",
    title="Give a credit",
    actions=(Action(kind="credit", parameters={"amount": EIGHTY}, verdict=BEYOND),),
    verdict=BEYOND,
    needs="lead",
    clauses=(
        ClauseUsed(
            clause_id="goodwill.small",
            policy_id="goodwill",
            version="2",
            type="standard",
            text="A small credit says that we saw the trouble.",
        ),
    ),
    amounts=(EIGHTY,),
    granted=(GRANTED,),
    on=NOW.date(),
    policy_version="5f0c21d4e9b7",
    reason="The parcel came late twice.",
    level="agent",
    asked_by="Mo Ito",
    asked_at=NOW + MINUTE,
)
SAID = ApprovalAnswer(key="y-1", by="Ida Berg", answer="approve", reason="They waited twice.")


def takings() -> dict[str, Any]:
    """What waits, and what somebody else has taken."""
    over = TakeRequest(by="Ida Berg", instead_of="Lee Wong")
    return {"open": _told(TOOK), "taken_over": _told(over)}


def escalation_answers() -> dict[str, Any]:
    """What is decided, with a fact."""
    return {"decided": _told(ANSWERED)}


def escalation_withdrawals() -> dict[str, Any]:
    """It has settled itself."""
    return {"settled": _told(WithdrawEscalation(by="Mo Ito", reason="The lawyer is a joke."))}


def a_case_handed_over() -> Escalated:
    """It waits for somebody."""
    return HANDED


def a_taken_escalation() -> Escalated:
    """Somebody has it."""
    told = {"state": "taken", "taken_by": TOOK.by, "taken_at": NOW + 5 * MINUTE}
    return HANDED.model_copy(update=told)


def an_answered_escalation() -> Escalated:
    """It is decided."""
    told = {"answer": ANSWERED.answer, "facts": ANSWERED.facts, "ended_by": ANSWERED.by}
    ended = {"state": "answered", "ended_at": NOW + 60 * MINUTE}
    return a_taken_escalation().model_copy(update={**told, **ended})


def a_withdrawn_escalation() -> Escalated:
    """Nobody needs to answer it."""
    told = {"state": "withdrawn", "note": "The lawyer is a joke.", "ended_by": "Mo Ito"}
    return HANDED.model_copy(update={**told, "ended_at": NOW + 5 * MINUTE})


def some_escalations() -> Escalations:
    """One that waits, and is late."""
    late = HANDED.deadline + MINUTE
    return Escalations(escalations=(HANDED,), overdue=(HANDED.id,), at=late)


def approval_requests() -> dict[str, Any]:
    """A candidate as it stands, and with another amount."""
    whole = ApprovalRequest(
        key="a-1", by="Mo Ito", candidate_id="i1.c2", reason="The parcel came late twice."
    )
    amount = {"kind": "credit", "parameters": {"amount": {"amount": "80.00", "currency": "USD"}}}
    return {"whole": _told(whole), "amount": _told(whole) | {"actions": [amount]}}


def approval_answers() -> dict[str, Any]:
    """Yes, and no."""
    refused = {"key": "y-1", "by": "Ida Berg", "answer": "refuse", "reason": "Once was enough."}
    return {"approve": _told(SAID), "refuse": refused}


def approval_withdrawals() -> dict[str, Any]:
    """The customer wants something else."""
    asked = WithdrawApproval(key="x-1", by="Mo Ito", reason="They want a new one instead.")
    return {"other_wish": _told(asked)}


def an_approval_that_waits() -> Approval:
    """What was asked for."""
    return WANTED


def an_approval_given() -> Approval:
    """It was approved, and booked."""
    verdict = Verdict(value="allowed", reason="within the authority of lead")
    told = {
        "state": "approved",
        "actions": (WANTED.actions[0].model_copy(update={"verdict": verdict}),),
        "answer_key": SAID.key,
        "answer_reason": SAID.reason,
        "answered_by": SAID.by,
        "answered_level": "lead",
        "answered_at": NOW + 30 * MINUTE,
        "answered_verdict": verdict,
        "granted_ids": (f"{WANTED.id}-1",),
    }
    return WANTED.model_copy(update=told)


def an_approval_withdrawn() -> Approval:
    """Nobody needs it."""
    said = {"answer_key": "x-1", "answered_by": "Mo Ito", "answered_at": NOW + 5 * MINUTE}
    return WANTED.model_copy(
        update={"state": "withdrawn", "answer_reason": "They want a new one instead.", **said}
    )


def some_approvals() -> Approvals:
    """One that waits."""
    return Approvals(approvals=(WANTED,))


def _told(asked: Any) -> dict[str, Any]:
    told: dict[str, Any] = asked.model_dump(mode="json", exclude_unset=True)
    return told
