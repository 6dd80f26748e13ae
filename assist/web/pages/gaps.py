"""`/gaps`: what the knowledge base lacks, for its editors: a list, and one gap to work on."""

import uuid
from collections.abc import Callable
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool

from assist.domain.gap_work import MOST_REASON, MOST_TEXT, MOVES, GapDecision
from assist.domain.gaps import GapKind, GapState
from assist.errors import AssistError, BadInput
from assist.service.desk import Desk
from assist.web.api.gaps import asker
from assist.web.auditing import concerning
from assist.web.errors import status_of
from assist.web.pages.gaps_view import ListView, found_instead
from assist.web.pages.gaps_words import TO_DO, WORDS
from assist.web.pages.sample import HEADERS, templates
from assist.web.plots.gaps import trend_plot

router = APIRouter(prefix="/gaps", include_in_schema=False)
PAGE = 25
MOST_PAGES = 10_000
TODO, ANY = "to do", "any"
SHOWN_TICKETS = 50
SEE_OTHER = 303
Context = dict[str, Any]


class DecisionForm(BaseModel):
    """What the page's forms send; browsers end lines in two characters."""

    act: str = ""
    key: str = ""
    text: str = ""
    reason: str = ""
    owner: str = ""

    def read(self) -> GapDecision:
        """Raises `BadInput` naming the field."""
        given = self.model_dump() | {"text": self.text.replace("\r\n", "\n")}
        try:
            return GapDecision.model_validate(given)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise BadInput(first["msg"], where=".".join(map(str, first["loc"]))) from error


@router.get("")
async def gaps(
    request: Request, state: str = TODO, kind: str = "", page: str = "1", asked: str = ""
) -> HTMLResponse:
    """The gaps an editor has to look at, the greatest impact first; others where asked for."""

    def found(desk: Desk) -> Context:
        number, chosen = _number(page), _states(state)
        wanted = next((one for one in get_args(GapKind) if one == kind), None)
        first = (number - 1) * PAGE
        listed = desk.parts.gaps.listed(chosen, wanted, PAGE, first)
        pairs = tuple(zip(listed.gaps, listed.volumes, strict=True))
        return {
            "view": ListView.of(desk, pairs, first + 1),
            "last": desk.parts.gaps.last_run(),
            "total": listed.total,
            "any": desk.parts.gaps.listed(get_args(GapState), None, 1).total,
            "state": state if state in (TODO, ANY, *get_args(GapState)) else TODO,
            "kind": wanted or "",
            "page": number,
            "more": first + len(pairs) < listed.total,
            "asked": bool(asked),
            "settings": desk.gap_settings,
        }

    return await _page(request, "gaps.html", found)


@router.post("/run")
async def look(request: Request) -> Response:
    """Gaps are looked for as soon as a server that builds comes to it."""
    desk: Desk = request.app.state.desk
    try:
        await run_in_threadpool(desk.gaps.ask)
    except AssistError as error:
        return await _failed(request, error)
    return RedirectResponse("/gaps?asked=1", SEE_OTHER)


@router.get("/{gap_id}")
async def gap(request: Request, gap_id: str) -> HTMLResponse:
    """One gap: why, the tickets, the article to be, what it would change, what happened."""
    return await _one(request, gap_id)


@router.post("/{gap_id}/decision")
async def decided(request: Request, gap_id: str, form: Annotated[DecisionForm, Form()]) -> Response:
    """What the editor decided; where it does not go, the page says why and keeps the text."""
    concerning(request, gap_id)

    def decide(desk: Desk) -> None:
        desk.gaps.decide(gap_id, form.read(), asker(request))

    return await _acted(request, gap_id, decide, form.text)


@router.post("/{gap_id}/proof")
async def proven(request: Request, gap_id: str, key: Annotated[str, Form()] = "") -> Response:
    """The article is proven as it stands."""
    concerning(request, gap_id)

    def prove(desk: Desk) -> None:
        desk.gaps.prove(gap_id, key or uuid.uuid4().hex, asker(request))

    return await _acted(request, gap_id, prove)


async def _acted(
    request: Request, gap_id: str, act: Callable[[Desk], None], typed: str = ""
) -> Response:
    desk: Desk = request.app.state.desk
    try:
        await run_in_threadpool(act, desk)
    except AssistError as error:
        return await _one(request, gap_id, error, typed)
    return RedirectResponse(f"/gaps/{gap_id}", SEE_OTHER)


async def _one(
    request: Request, gap_id: str, wrong: AssistError | None = None, typed: str = ""
) -> HTMLResponse:
    def found(desk: Desk) -> Context:
        tracked = desk.parts.gaps.get(gap_id)
        return {
            "tracked": tracked,
            "gap": tracked.gap,
            "typed": typed or tracked.proposal,
            "history": desk.parts.gaps.history(gap_id),
            "found": found_instead(desk, tracked),
            "trend": trend_plot([tracked.gap]),
            "wrong": wrong,
            "acts": {act for act, moves in MOVES.items() if tracked.state in moves},
            "key": uuid.uuid4().hex,
            "shown_tickets": SHOWN_TICKETS,
            "most_text": MOST_TEXT,
            "most_reason": MOST_REASON,
            "status": status_of(type(wrong)) if wrong else 200,
        }

    return await _page(request, "gap.html", found)


async def _failed(request: Request, error: AssistError) -> HTMLResponse:
    def found(_desk: Desk) -> Context:
        raise error

    return await _page(request, "gaps.html", found)


async def _page(request: Request, template: str, found: Callable[[Desk], Context]) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    context: Context = {**WORDS, "error": None, "status": 200}
    try:
        context |= await run_in_threadpool(found, desk)
    except AssistError as error:
        context["status"] = status_of(type(error))
        context["error"] = {"problem": error.problem, "cure": error.cure}
    return templates.TemplateResponse(
        request, template, context, status_code=context["status"], headers=HEADERS
    )


def _states(state: str) -> tuple[GapState, ...]:
    if state == ANY:
        return get_args(GapState)
    one = next((name for name in get_args(GapState) if name == state), None)
    return (one,) if one else TO_DO


def _number(page: str) -> int:
    """A page that there can be."""
    return min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdecimal() else 1
