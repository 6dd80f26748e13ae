"""A desk of the template company, whose agents may refund 100.00 USD, and what they ask."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import assist
from assist.domain.approval import Approval
from assist.domain.case_view import CaseView
from assist.domain.solution import Candidate
from assist.domain.ticket import Ticket
from assist.service import approvals, approving
from assist.service.approval_requests import ApprovalAnswer, ApprovalRequest
from assist.service.case_requests import DecisionRequest, OutcomeRequest
from assist.service.desk import Desk
from tests.builders import NOW, a_ticket
from tests.service.parts import ingested, some_parts

TEMPLATE = Path(assist.__file__).parent / "template"
T = TypeVar("T")


class PassingClock:
    """A minute passes whenever somebody looks."""

    def __init__(self, start: datetime = NOW) -> None:
        self._now = start

    def now(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now


def done(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def a_desk(kb: Path = TEMPLATE, **chosen: Any) -> Desk:
    parts = some_parts(**({"clock": PassingClock()} | chosen))
    ingested(parts, kb)
    return Desk(parts=parts, records_for=lambda _files: None)


def a_refund(amount: str = "250.00", ticket_id: str = "t-1", **fields: Any) -> Ticket:
    """The customer c-1 wants so many USD back, for what came ten days ago."""
    facts = {
        "order.total": {"amount": amount, "currency": "USD"},
        "order.delivered_at": "2026-11-10",
    }
    given: dict[str, Any] = {
        "id": ticket_id,
        "channel": "email",
        "customer": {"id": "c-1", "name": "Ana Lima", "region": "US", "identity_verified": True},
        "facts": facts,
    }
    text = "Please refund my order, I do not want it any more."
    return a_ticket(text, **(given | fields))


def opened(desk: Desk, ticket: Ticket | None = None, **options: Any) -> CaseView:
    return done(desk.cases.open(ticket or a_refund(), **options))


def the_refund(view: CaseView) -> Candidate:
    """The candidate that gives the money back."""
    assert view.suggestion is not None
    return next(one for one in view.suggestion.candidates if one.actions[0].kind == "refund")


def decided(desk: Desk, view: CaseView, kind: str, **told: Any) -> CaseView:
    given = {"key": f"{kind}-{view.case.events}", "by": "Mo", "kind": kind}
    asked = DecisionRequest.model_validate(
        {**given, "suggestion_id": view.case.suggestion_id, **told}
    )
    return done(desk.cases.decide(view.case.id, asked))


def came_out(desk: Desk, view: CaseView, kind: str, **told: Any) -> CaseView:
    given = {"key": f"{kind}-{view.case.events}", "by": "Mo", "kind": kind}
    return done(desk.cases.outcome(view.case.id, OutcomeRequest.model_validate(given | told)))


def asked(
    desk: Desk, view: CaseView, level: str = "agent", *, through: str = "", **told: Any
) -> Approval:
    """Mo asks for the refund."""
    given = {
        "key": "a-1",
        "by": "Mo",
        "candidate_id": the_refund(view).id,
        "reason": "It never worked.",
    }
    request = ApprovalRequest.model_validate(given | told)
    return approvals.ask(desk, view.case.id, request, level, through)


def answered(
    desk: Desk,
    which: Approval,
    answer: str = "approve",
    level: str = "lead",
    *,
    through: str = "",
    **told: Any,
) -> Approval:
    """Lee decides."""
    given = {"key": "y-1", "by": "Lee", "answer": answer, "reason": "It is fair."}
    said = ApprovalAnswer.model_validate(given | told)
    return approving.answer(desk, which.id, said, level, through)
