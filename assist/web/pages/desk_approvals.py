"""`/desk/approvals`: what an agent may not grant, with the rules and sums it is beyond, and why."""

from typing import Annotated, get_args

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from assist.domain.approval import ApprovalState
from assist.errors import AssistError, NotFound
from assist.service import approvals, approving
from assist.service.approval_requests import ApprovalAnswer
from assist.service.desk import Desk
from assist.web.access import level_asked, through
from assist.web.auditing import concerning
from assist.web.pages.desk_frame import Context, acted, framed, me

router = APIRouter(prefix="/desk/approvals", include_in_schema=False)
SHOWN = 50


@router.get("")
async def asked(request: Request, state: str = "open", done: str = "") -> HTMLResponse:
    """Those that one's own level may answer first."""
    return await _listed(request, state, {"done": done})


@router.post("/{approval_id}")
async def answered(
    request: Request,
    approval_id: str,
    act: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    key: Annotated[str, Form()] = "",
) -> Response:
    """Approved or refused; where it may not be, the page says why and keeps the reason."""
    concerning(request, approval_id)
    level = await level_asked(request, None)

    def answer(desk: Desk) -> None:
        if not approval_id.isprintable():
            raise NotFound(f"there is no approval {approval_id!r}")
        told = {"answer": act, "reason": reason, "by": me(), "key": key}
        wanted = ApprovalAnswer.model_validate(told)
        approving.answer(desk, approval_id, wanted, level, through(request))

    async def again(wrong: AssistError) -> Response:
        told = {"wrong": wrong, "typed": reason, "about": approval_id}
        return await _listed(request, "open", told)

    return await acted(request, answer, "/desk/approvals?done=1", again)


async def _listed(request: Request, state: str, told: Context) -> HTMLResponse:
    known: tuple[ApprovalState, ...] = get_args(ApprovalState)
    chosen: ApprovalState = next((one for one in known if one == state), "open")
    level = await level_asked(request, None)

    def found(desk: Desk) -> Context:
        return {"approvals": approvals.listed(desk, (chosen,), level, SHOWN), "level": level}

    choices: Context = {"states": known, "state": chosen}
    return await framed(request, "desk_approvals.html", choices | told, found)
