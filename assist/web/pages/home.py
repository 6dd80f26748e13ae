"""`/`: what whoever comes does first, by their role."""

from collections.abc import Mapping
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from assist.domain.access import Role
from assist.domain.case_event import CaseStatus
from assist.errors import AssistError
from assist.service.desk import Desk
from assist.web.access import bearer

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303
DESK, SAMPLE = "/desk", "/sample"
FIRST: Mapping[Role, str] = {
    "agent": DESK,
    "lead": DESK,
    "admin": DESK,
    "qa": "/evals",
    "editor": "/gaps",
}
"""Where the work of each role begins."""


@router.get("/")
async def home(request: Request) -> RedirectResponse:
    """Where nobody needs to say who they are: the queue, or the sample until there is a case."""
    who = bearer(request)
    if who is not None:
        return RedirectResponse(FIRST[who.role], SEE_OTHER)
    place = await run_in_threadpool(_first_of_nobody, request.app.state.desk)
    return RedirectResponse(place, SEE_OTHER)


def _first_of_nobody(desk: Desk) -> str:
    try:
        return DESK if desk.parts.cases.listed(get_args(CaseStatus), 1) else SAMPLE
    except AssistError:  # the queue is a page that tells what is wrong with its store
        return DESK
