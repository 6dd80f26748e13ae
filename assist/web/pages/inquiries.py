"""`/inquiries`: what customers ask most, with the article and the reply that answer it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from assist.errors import AssistError
from assist.service.desk import Desk
from assist.web.errors import status_of
from assist.web.pages.sample import HEADERS, templates

router = APIRouter(include_in_schema=False)
CHOICES = (1, 2, 4, 8, 12, 26, 52)
"""Weeks that can be chosen."""
SHOWN = 20


@router.get("/inquiries")
async def inquiries(request: Request, weeks: str = "4") -> HTMLResponse:
    """The most frequent inquiries of the last weeks."""
    desk: Desk = request.app.state.desk
    chosen = int(weeks) if weeks.isdecimal() and weeks.isascii() and len(weeks) < 4 else 0
    context: dict[str, object] = {"choices": CHOICES, "weeks": chosen, "error": None}
    status = 200
    try:
        context["found"] = await run_in_threadpool(desk.inquiries, chosen, SHOWN)
    except AssistError as error:
        status = status_of(type(error))
        context["error"] = {"problem": error.problem, "cure": error.cure}
    return templates.TemplateResponse(
        request, "inquiries.html", context, status_code=status, headers=HEADERS
    )
