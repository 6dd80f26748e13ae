"""`/desk`: the queue of cases, a case beside its ticket, and a new one from what was pasted."""

import json
import uuid
from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool

from assist.domain.case_event import ENDED, CaseStatus
from assist.domain.ticket import Ticket
from assist.errors import AssistError, BadInput, NotFound
from assist.graph.casework.record import as_markdown
from assist.service.casework import case_id_of
from assist.service.desk import Desk
from assist.service.recording import recorded
from assist.web.access import level_asked
from assist.web.pages import panel
from assist.web.pages.desk_frame import SEE_OTHER, Context, framed, me, misread, number
from assist.web.pages.desk_helpdesk import in_trouble, regions, sources
from assist.web.pages.desk_view import Chosen, Which, lines, looked_into
from assist.web.soon import more_than_now, soon

router = APIRouter(prefix="/desk", include_in_schema=False)
LOOKED_AT = 300
"""Cases that are put in order: the ones that changed last."""
PAGE = 40
WAITING, ANY, MINE = "waiting_for_us", "any", "mine"
PRIORITIES = ("P1", "P2", "P3", "P4")
FORMS = {"md": "text/markdown; charset=utf-8", "json": "application/json"}
"""How a record can be saved."""


class NewCase(BaseModel):
    """A ticket as somebody pasted it."""

    id: str = ""
    subject: str = ""
    text: str = ""
    channel: str = ""
    customer_id: str = ""
    name: str = ""
    region: str = ""
    facts: str = ""

    def ticket(self) -> Ticket:
        """The ticket. Raises `BadInput` naming the field."""
        if not self.text.strip():
            raise BadInput("is empty", where="text", cure="paste what the customer wrote")
        person = {"id": self.customer_id, "name": self.name, "region": self.region}
        told: Context = {
            "id": self.id.strip() or f"desk-{uuid.uuid4().hex[:12]}",
            "subject": self.subject or None,
            "channel": self.channel or None,
            "customer": {key: value.strip() for key, value in person.items() if value.strip()},
            "messages": [{"text": self.text.replace("\r\n", "\n")}],
            "facts": self._facts(),
        }
        try:
            return Ticket.model_validate(told)
        except ValidationError as error:
            raise misread(error) from error

    def _facts(self) -> Context:
        try:
            read = json.loads(self.facts) if self.facts.strip() else {}
        except ValueError as error:
            cure = 'write an object, such as {"order.value": 40}'
            raise BadInput(f"is no JSON: {error}", where="facts", cure=cure) from error
        if not isinstance(read, dict):
            cure = 'write an object, such as {"order.value": 40}'
            raise BadInput("is no JSON object", where="facts", cure=cure)
        return read


@router.get("")
async def queue(
    request: Request,
    *,
    status: str = WAITING,
    priority: str = "",
    q: str = "",
    whose: str = "",
    which: str = "all",
    page: str = "1",
) -> HTMLResponse:
    """The cases that wait, the most urgent first."""
    first = (number(page) - 1) * PAGE
    known: tuple[Which, ...] = get_args(Which)
    kind: Which = next((one for one in known if one == which), "all")
    told = {
        "status": status if status in (WAITING, ANY, *get_args(CaseStatus)) else WAITING,
        "priority": priority if priority in PRIORITIES else "",
        "q": q,
        "whose": MINE if whose == MINE else "",
        "which": kind,
    }

    def found(desk: Desk) -> Context:
        rows = desk.cases.listed(_statuses(status), LOOKED_AT)
        fit = [row for row in rows if priority not in PRIORITIES or row.priority == priority]
        chosen = Chosen(search=q, mine=me() if whose == MINE else "", which=kind)
        listed = lines(desk, fit, chosen)
        return {
            "lines": [looked_into(desk, one) for one in listed[first : first + PAGE]],
            "total": len(listed),
            "first": first + 1,
            "more": first + PAGE < len(listed),
            "any": bool(rows) or bool(desk.cases.listed(get_args(CaseStatus), 1)),
            "cut": len(rows) == LOOKED_AT,
            "trouble": in_trouble(desk),
        }

    choices: Context = {
        "statuses": (WAITING, ANY, *get_args(CaseStatus)),
        "priorities": PRIORITIES,
        "whiches": known,
        "page": number(page),
        "link": "/desk?" + urlencode({name: value for name, value in told.items() if value}),
    }
    return await framed(request, "desk_queue.html", told | choices, found)


@router.get("/new")
async def new(request: Request) -> HTMLResponse:
    """A form for a ticket."""
    told: Context = {"typed": NewCase()} | sources(request.app.state.desk)
    return await framed(request, "desk_new.html", told, regions)


@router.post("/new")
async def opened(request: Request, typed: Annotated[NewCase, Form()]) -> Response:
    """Its case is opened, and its page shown; where it cannot be, the form says why."""
    desk: Desk = request.app.state.desk

    async def work() -> None:
        await desk.cases.open(ticket, level=level)

    try:
        level, ticket = await level_asked(request, None), typed.ticket()
        case_id = case_id_of(ticket.id)
        await soon(request, work, await run_in_threadpool(more_than_now, desk, case_id))
    except AssistError as error:
        told: Context = {"typed": typed, "wrong": error} | sources(request.app.state.desk)
        return await framed(request, "desk_new.html", told, regions)
    return RedirectResponse(f"/desk/cases/{case_id}", SEE_OTHER)


@router.get("/cases/{case_id}")
async def case(request: Request, case_id: str, done: str = "") -> HTMLResponse:
    """The ticket with the panel beside it."""
    return await panel.page(request, "desk_case.html", case_id, {"done": done})


@router.get("/cases/{case_id}/record.{form}")
async def record(request: Request, case_id: str, form: str) -> Response:
    """What the case leaves behind, to be saved: `md` to read, `json` for programs."""
    desk: Desk = request.app.state.desk
    if form not in FORMS:
        raise NotFound(f"there is no record as {form!r}", cure=f"use {' or '.join(FORMS)}")
    found = await run_in_threadpool(recorded, desk.parts, panel.known(case_id))
    text = as_markdown(found) if form == "md" else found.model_dump_json(indent=2)
    saved = {"Content-Disposition": f'attachment; filename="record.{form}"'}
    return Response(text, media_type=FORMS[form], headers=saved)


def _statuses(status: str) -> tuple[CaseStatus, ...]:
    known = get_args(CaseStatus)
    if status == ANY:
        return known
    if status in known:
        return tuple(one for one in known if one == status)
    return tuple(one for one in known if one not in ENDED)
