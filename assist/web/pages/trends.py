"""`/trends`: what the cases of a time tell, for leads."""

import uuid
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from assist.errors import AssistError, BadInput
from assist.service.desk import Desk
from assist.web.errors import status_of
from assist.web.pages.sample import HEADERS, templates
from assist.web.pages.trends_view import View, view_of, words

router = APIRouter(include_in_schema=False)


@router.get("/trends")
async def trends(request: Request, since: str = "", until: str = "") -> HTMLResponse:
    """From one day to the end of another."""
    return await shown(request, since, until)


async def shown(
    request: Request, since: str = "", until: str = "", wrong: AssistError | None = None
) -> HTMLResponse:
    """The page; `wrong` is why what was asked on it was not done."""
    desk: Desk = request.app.state.desk
    context: dict[str, object] = {"since": since, "until": until, **words()}
    context |= {"wrong": wrong, "key": uuid.uuid4().hex}
    status = status_of(type(wrong)) if wrong else 200
    try:
        context |= await run_in_threadpool(_found, desk, _day(since, "since"), _day(until, "until"))
    except AssistError as error:
        status = status_of(type(error))
        context["error"] = {"problem": error.problem, "cure": error.cure}
    return templates.TemplateResponse(
        request, "trends.html", context, status_code=status, headers=HEADERS
    )


def _found(desk: Desk, since: date | None, until: date | None) -> View:
    return view_of(desk.trends.report(desk.parts.clock.now(), since, until))


def _day(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        problem = f"{text[:40]!r} is no day"
        raise BadInput(problem, where=where, cure="write it as 2026-11-20") from error
