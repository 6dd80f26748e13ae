"""What every page of the desk has: its words, tabs that say how much waits, and what is wrong."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from assist.errors import AssistError, BadInput
from assist.service.acting import asking
from assist.service.desk import Desk
from assist.web.errors import status_of
from assist.web.messages import EN
from assist.web.messages.desk import DESK as WORDS
from assist.web.pages import panel
from assist.web.pages.panel_forms import NOBODY
from assist.web.pages.sample import templates

SEE_OTHER = 303
MOST_COUNTED = 100
MOST_PAGES = 1_000
Context = dict[str, Any]
Found = Callable[[Desk], Context]
templates.env.globals["d"] = WORDS  # the panel shows a case's page too, with its own words


class Tab(NamedTuple):
    """A page of the desk, how many things are `waiting` there, and how many of them too `late`."""

    path: str
    name: str
    waiting: int = 0
    late: int = 0


def tabs(desk: Desk) -> tuple[Tab, ...]:
    """The desk's pages. More than a hundred of anything is a hundred."""
    now = desk.parts.clock.now()
    ledger = desk.parts.cases.ledger_counts(now)
    approvals = desk.parts.approvals.listed(("open",), (), MOST_COUNTED)
    asked = desk.parts.consultations.open(MOST_COUNTED)
    handed = desk.parts.escalated.listed(("open", "taken"), None, MOST_COUNTED)
    return (
        Tab("/desk", "queue"),
        Tab("/desk/follow-ups", "follow_ups", ledger.due + ledger.overdue, ledger.overdue),
        Tab("/desk/approvals", "approvals", len(approvals)),
        Tab("/desk/consultations", "consultations", len(asked), sum(a.due <= now for a in asked)),
        Tab("/desk/escalations", "escalations", len(handed), sum(h.overdue(now) for h in handed)),
    )


async def framed(
    request: Request, template: str, told: Context, found: Found | None = None
) -> HTMLResponse:
    """The page, or what is wrong in its place. `told["wrong"]`: what an act came to."""
    desk: Desk = request.app.state.desk
    wrong: AssistError | None = told.get("wrong")
    status = status_of(type(wrong)) if wrong else 200
    words: Context = {"m": EN, "error": None, "wrong": None, "tabs": ()}
    context: Context = words | {"key": uuid.uuid4().hex, "me": me()} | told
    try:
        context["tabs"] = await run_in_threadpool(tabs, desk)
        context |= await run_in_threadpool(found, desk) if found else {}
    except AssistError as error:
        status = status_of(type(error))
        context["error"] = {"problem": error.problem, "cure": error.cure}
    return templates.TemplateResponse(
        request, template, context, status_code=status, headers=panel.HEADERS
    )


async def acted(
    request: Request,
    act: Callable[[Desk], object],
    then: str,
    again: Callable[[AssistError], Awaitable[Response]],
) -> Response:
    """Do it and go `then`; where it does not go, the page `again` with what is wrong."""
    desk: Desk = request.app.state.desk
    try:
        await run_in_threadpool(act, desk)
    except ValidationError as error:
        return await again(misread(error))
    except AssistError as error:
        return await again(error)
    return RedirectResponse(then, SEE_OTHER)


def misread(error: ValidationError) -> BadInput:
    """What is wrong with a field, and which."""
    first = error.errors(include_url=False)[0]
    message = str(first["msg"]).removeprefix("Value error, ")
    return BadInput(message, where=".".join(map(str, first["loc"])))


def me() -> str:
    """Who acts: whoever is signed in, else the one that all are where nobody needs to say."""
    return asking() or NOBODY


def number(page: str) -> int:
    """A page that there can be, from 1."""
    return min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdecimal() else 1
