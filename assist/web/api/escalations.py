"""`/v1/escalations`: cases that were handed over: taken, answered, withdrawn."""

from datetime import datetime
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Path, Query, Request

from assist.domain.base import Model
from assist.domain.escalated import Escalated, EscalatedState
from assist.errors import AlreadyDone, DiskFull, NotFound
from assist.service import escalations
from assist.service.desk import Desk
from assist.service.escalations import EscalationAnswer, TakeRequest, WithdrawEscalation
from assist.service.grant_requests import Name
from assist.web.api.answers import ANY, BODY, KNOWLEDGE, STORE, problems
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1/escalations", tags=["escalations"])
EscalationId = Annotated[
    str,
    Path(
        description="The `id` of an escalation",
        examples=["case-3f1b0c9e27d4a856-2-escalation"],
    ),
]
CHANGED = problems(*ANY, *BODY, NotFound, AlreadyDone, *STORE, DiskFull)
"""What a change of an escalation can be answered with besides success."""


class Escalations(Model):
    """Cases that were handed over; `at` is when it was looked which of them are overdue."""

    escalations: tuple[Escalated, ...]
    overdue: tuple[str, ...]
    at: datetime


@router.get(
    "",
    operation_id="list_escalations",
    summary="Cases that were handed over",
    responses=problems(*ANY, *STORE),
)
def listed(
    request: Request,
    state: Annotated[
        EscalatedState | None,
        Query(description="How they stand; else those that wait first, then the others"),
    ] = None,
    team: Annotated[
        Name | None, Query(description="Only those that went to this team", examples=["Legal"])
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many")] = 100,
) -> Escalations:
    """What waits for an answer first, and of that what is overdue for longest.

    `overdue` are the ids of those whose deadline has passed.
    """
    desk: Desk = request.app.state.desk
    states = get_args(EscalatedState) if state is None else (state,)
    now = desk.parts.clock.now()
    found = desk.parts.escalated.listed(states, team, limit)
    late = tuple(one.id for one in found if one.overdue(now))
    return Escalations(escalations=found, overdue=late, at=now)


@router.get(
    "/{escalation_id}",
    operation_id="get_escalation",
    summary="A case that was handed over",
    responses=problems(*ANY, NotFound, *STORE),
)
def one(escalation_id: EscalationId, request: Request) -> Escalated:
    """To whom, why, by when, what each side is told, what is to be decided, and what came back."""
    desk: Desk = request.app.state.desk
    return desk.parts.escalated.get(_known(escalation_id))


@router.post(
    "/{escalation_id}/take",
    operation_id="take_escalation",
    summary="Take what was handed over",
    responses=CHANGED,
    dependencies=[Depends(only_json)],
)
def take(escalation_id: EscalationId, asked: TakeRequest, request: Request) -> Escalated:
    """Whoever takes it has it; of two at the same moment one does. The same again is fine.

    What another has taken is taken over by naming them in `instead_of`.
    """
    desk: Desk = request.app.state.desk
    return escalations.take(desk.parts, _known(escalation_id), asked)


@router.post(
    "/{escalation_id}/answer",
    operation_id="answer_escalation",
    summary="Answer what was handed over",
    responses=problems(*ANY, *BODY, NotFound, AlreadyDone, *KNOWLEDGE, DiskFull),
    dependencies=[Depends(only_json)],
)
def answer(escalation_id: EscalationId, asked: EscalationAnswer, request: Request) -> Escalated:
    """What is decided, in words, with facts that were found out; the next suggestion knows both.

    The case says in `changed` that there is an answer. The same answer again changes nothing.
    """
    desk: Desk = request.app.state.desk
    rules = desk.opened().policy_set
    return escalations.answer(desk.parts, rules, _known(escalation_id), asked)


@router.post(
    "/{escalation_id}/withdraw",
    operation_id="withdraw_escalation",
    summary="Withdraw what was handed over",
    responses=CHANGED,
    dependencies=[Depends(only_json)],
)
def withdraw(escalation_id: EscalationId, asked: WithdrawEscalation, request: Request) -> Escalated:
    """Nobody needs to answer any more; what was answered stays answered."""
    desk: Desk = request.app.state.desk
    return escalations.withdraw(desk.parts, _known(escalation_id), asked)


def _known(escalation_id: str) -> str:
    if not escalation_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no escalation {escalation_id!r}")
    return escalation_id
