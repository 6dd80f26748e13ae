"""`/v1/approvals`: what an agent may not grant, asked of somebody who may."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from assist.domain.approval import Approval, ApprovalState
from assist.domain.base import Model
from assist.errors import AlreadyDone, DiskFull, NotFound, NotPermitted, Stale
from assist.service import approvals, approving
from assist.service.access import level_for
from assist.service.approval_requests import ApprovalAnswer, ApprovalRequest, WithdrawApproval
from assist.service.desk import Desk
from assist.web.access import bearer, through
from assist.web.api.answers import ANY, BODY, KNOWLEDGE, STORE, problems
from assist.web.api.cases import CaseId
from assist.web.api.grants import CREATED
from assist.web.api.suggestions import Level
from assist.web.auditing import concerning
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1", tags=["approvals"])
ApprovalId = Annotated[
    str, Path(description="The `id` of an approval", examples=["a-3f1b0c9e27d4a856"])
]


class Approvals(Model):
    """What was asked for."""

    approvals: tuple[Approval, ...]


@router.post(
    "/cases/{case_id}/approvals",
    operation_id="ask_approval",
    summary="Ask for approval",
    status_code=201,
    responses=problems(
        *ANY, *BODY, NotFound, NotPermitted, Stale, AlreadyDone, *KNOWLEDGE, DiskFull
    )
    | CREATED,
    dependencies=[Depends(only_json)],
)
def ask(case_id: CaseId, asked: ApprovalRequest, request: Request, response: Response) -> Approval:
    """A candidate of the case's newest suggestion that the asking level may not grant.

    It is judged now, and what was asked stands with the verdict, the clauses, the sums and what
    caps counted. The same request again, by its `key`, is answered with what was kept.
    """
    desk: Desk = request.app.state.desk
    if not case_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no case {case_id!r}")
    level = level_for(desk, bearer(request), asked.level)
    kept = approvals.ask(desk, case_id, asked, level, through(request))
    concerning(request, kept.id)
    response.headers["Location"] = f"{router.prefix}/approvals/{kept.id}"
    return kept


@router.get(
    "/approvals",
    operation_id="list_approvals",
    summary="What is to be approved",
    responses=problems(*ANY, NotPermitted, *KNOWLEDGE),
)
def listed(
    request: Request,
    state: Annotated[ApprovalState, Query(description="How they stand")] = "open",
    level: Level = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many")] = 100,
) -> Approvals:
    """Those that one's own level may answer first, oldest first."""
    desk: Desk = request.app.state.desk
    own = level_for(desk, bearer(request), level)
    return Approvals(approvals=approvals.listed(desk, (state,), own, limit))


@router.get(
    "/approvals/{approval_id}",
    operation_id="get_approval",
    summary="What was asked to be approved",
    responses=problems(*ANY, NotFound, *STORE),
)
def one(approval_id: ApprovalId, request: Request) -> Approval:
    """What is to be done and why, by which clauses and sums it is beyond whom, and the answer."""
    desk: Desk = request.app.state.desk
    return desk.parts.approvals.get(_known(approval_id))


@router.post(
    "/approvals/{approval_id}/answer",
    operation_id="answer_approval",
    summary="Approve or refuse",
    responses=problems(*ANY, *BODY, NotPermitted, NotFound, AlreadyDone, *KNOWLEDGE, DiskFull),
    dependencies=[Depends(only_json)],
)
def answer(approval_id: ApprovalId, asked: ApprovalAnswer, request: Request) -> Approval:
    """Approving judges once more, at the level of who approves, and books what it grants.

    403 says with the sums why it may not be approved at this level, or no longer; 409 that somebody
    else was first. The same answer again, by its `key`, changes nothing.
    """
    desk: Desk = request.app.state.desk
    level = level_for(desk, bearer(request), asked.level)
    return approving.answer(desk, _known(approval_id), asked, level, through(request))


@router.post(
    "/approvals/{approval_id}/withdraw",
    operation_id="withdraw_approval",
    summary="Withdraw a request for approval",
    responses=problems(*ANY, *BODY, NotFound, AlreadyDone, *STORE, DiskFull),
    dependencies=[Depends(only_json)],
)
def withdraw(approval_id: ApprovalId, asked: WithdrawApproval, request: Request) -> Approval:
    """Nobody needs to answer any more; what was answered stays answered."""
    desk: Desk = request.app.state.desk
    return approvals.withdraw(desk, _known(approval_id), asked)


def _known(approval_id: str) -> str:
    if not approval_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no approval {approval_id!r}")
    return approval_id
