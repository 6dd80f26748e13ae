"""What a suggestion says was approved, scored: it is on record, and whoever did it may."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from assist.domain.approval import Approval
from assist.domain.evaluation import CaseScore
from assist.domain.solution import Action
from assist.domain.verdict import Verdict
from evals.scorers import SCORERS
from evals.scorers.grounds import Grounds
from tests.builders import NOW, a_ticket
from tests.evals.builders import a_candidate, a_case, known_passages
from tests.evals.scorers.scoring import ALL_MET, missed, offering
from tests.policies.rules import a_clause, a_grant, a_policy, a_refund, money, rules

GRANTS = (a_grant("agent", money("50.00")), a_grant("senior", money("200.00")), a_grant("lead"))
COMPANY = rules(a_policy(a_clause()), grants=GRANTS)
"""An agent may refund 50 pounds, a senior 200, a lead any sum."""


def an_approval(amount: str = "90.00", level: str = "senior", **fields: Any) -> Approval:
    """A refund of this sum, approved an hour ago."""
    given: dict[str, Any] = {
        "id": "a-1",
        "key": "a-1",
        "case_id": "case-1",
        "ticket_id": "t-1",
        "customer_id": "c-1",
        "suggestion_id": "s-1",
        "issue_id": "i1",
        "candidate_id": "i1.c1",
        "title": "Refund",
        "actions": (a_refund(amount),),
        "verdict": Verdict(value="needs_approval", level="senior"),
        "needs": "senior",
        "on": NOW.date(),
        "policy_version": "p-1",
        "reason": "It broke twice.",
        "level": "agent",
        "asked_by": "Mo",
        "asked_at": NOW - timedelta(hours=2),
        "state": "approved",
        "answered_by": "Ida",
        "answered_level": level,
        "answered_at": NOW - timedelta(hours=1),
    }
    return Approval(**(given | fields))


def judged(on_record: Approval | None, said: Approval, amount: str = "90.00") -> CaseScore:
    """The score of a refund of this sum that bears the name of who `said` approved it."""
    verdict = Verdict(value="allowed", approved_by=said.approver)
    act: Action = a_refund(amount).model_copy(update={"verdict": verdict})
    candidate = a_candidate().model_copy(update={"actions": (act,), "verdict": verdict})
    kept = (on_record,) if on_record else ()
    customer = {"id": "c-1", "region": "UK", "tier": "silver"}
    ticket = a_ticket(product="kettle", customer=customer)
    case = a_case().model_copy(update={"ticket": ticket, "level": "agent"})
    grounds = Grounds(
        passage=known_passages,
        rules=COMPANY,
        granted=lambda _customer, _since: (),
        approvals=lambda _ticket: kept,
    )
    return SCORERS["authority"].score(case, offering(candidate), grounds)


def test_what_is_on_record_by_somebody_who_may_is_allowed() -> None:
    assert judged(an_approval(), an_approval()) == ALL_MET


def test_an_approval_that_nobody_gave_allows_nothing() -> None:
    said = an_approval()
    wrong = missed(f"refund is allowed as approved by {said.approver}, who approved no such thing")
    assert judged(None, said) == wrong
    assert judged(an_approval(state="refused"), said) == wrong
    assert judged(an_approval(answered_by="Kim"), said) == wrong
    assert judged(an_approval(answered_at=NOW + timedelta(hours=1)), said) == wrong


def test_another_sum_than_was_approved_is_not() -> None:
    score = judged(an_approval("90.00"), an_approval("90.00"), amount="91.00")
    assert "who approved no such thing" in score.explanation


def test_somebody_cannot_approve_more_than_they_may() -> None:
    beyond = str(Decimal("200.00") + Decimal("0.01"))
    said = an_approval(beyond)
    score = judged(said, said, amount=beyond)
    assert score.value == 0
    assert f"refund is approved by {said.approver}, who may not: needs_approval" in (
        score.explanation
    )
    assert judged(an_approval(beyond, "lead"), an_approval(beyond, "lead"), beyond) == ALL_MET
