"""The desk and the helpdesks: which do not answer, and a case for a ticket that is there."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from assist.domain.errands import HelpdeskStanding, our_ticket_id
from assist.errors import AssistError, BadInput
from assist.service.acting import asking
from assist.service.casework import case_id_of
from assist.service.desk import Desk
from assist.web.access import level_asked
from assist.web.auditing import concerning
from assist.web.pages.desk_frame import SEE_OTHER, Context, framed
from assist.web.soon import more_than_now, soon

router = APIRouter(prefix="/desk", include_in_schema=False)


class Wanted(BaseModel):
    """A ticket of a helpdesk, by its own number there."""

    helpdesk: str = ""
    ticket: str = ""


def in_trouble(desk: Desk) -> tuple[HelpdeskStanding, ...]:
    """Helpdesks for which something waits that did not go, or was given up."""
    if not desk.helpdesks:
        return ()
    found = (one for one in desk.parts.errands.standings() if one.helpdesk in desk.helpdesks)
    return tuple(one for one in found if one.problem or one.failed)


def sources(desk: Desk) -> Context:
    """What the form for a new case knows of helpdesks."""
    return {"helpdesks": sorted(desk.helpdesks), "wanted": Wanted()}


def regions(desk: Desk) -> Context:
    """The regions the company knows, to choose from; none while no knowledge base is served."""
    try:
        calendars = desk.opened().policy_set.sla.calendars
    except AssistError:
        return {"regions": ()}
    return {"regions": tuple(calendar.region for calendar in calendars)}


@router.post("/helpdesk")
async def fetch(request: Request, wanted: Annotated[Wanted, Form()]) -> Response:
    """Fetch the ticket as it stands there, open its case and show it; or the form, with why not."""
    desk: Desk = request.app.state.desk
    by, ticket = asking(), wanted.ticket.strip()
    case_id = case_id_of(our_ticket_id(wanted.helpdesk, ticket))

    async def work() -> None:
        if not ticket:
            raise BadInput("is empty", where="ticket", cure="give its number in the helpdesk")
        await desk.errands.tickets.open(wanted.helpdesk, ticket, by=by, level=level)

    try:
        level = await level_asked(request, None)
        await soon(request, work, await run_in_threadpool(more_than_now, desk, case_id))
    except AssistError as error:
        told: Context = {"typed": {}, "wrong": error} | sources(desk) | {"wanted": wanted}
        return await framed(request, "desk_new.html", told, regions)
    concerning(request, case_id)
    return RedirectResponse(f"/desk/cases/{case_id}", SEE_OTHER)
