"""`/panel/ticket/{ticket}`: the panel of a ticket, which may first be fetched from its helpdesk."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assist.domain.errands import whose_ticket
from assist.errors import AssistError, NotFound
from assist.service.acting import asking
from assist.service.casework import case_id_of
from assist.service.desk import Desk
from assist.web.access import level_asked
from assist.web.auditing import concerning
from assist.web.errors import status_of
from assist.web.messages import EN
from assist.web.pages.panel import HEADERS, SEE_OTHER, known, page
from assist.web.pages.sample import templates
from assist.web.soon import more_than_now, soon

router = APIRouter(prefix="/panel/ticket", include_in_schema=False)


@router.get("/{ticket_id}")
async def of_ticket(request: Request, ticket_id: str) -> HTMLResponse:
    """The panel of a ticket's case; without one, a way to fetch it from its helpdesk."""
    desk: Desk = request.app.state.desk
    whose = whose_ticket(ticket_id)
    if whose is not None and whose[0] in desk.helpdesks:
        row = await run_in_threadpool(desk.parts.cases.of_ticket, known(ticket_id))
        if row is None:
            return _unfetched(request, ticket_id, whose[0])
    return await page(request, "panel_page.html", case_id_of(ticket_id), {})


@router.post("/{ticket_id}", operation_id="fetch_in_panel")
async def fetch(request: Request, ticket_id: str) -> Response:
    """Fetch the ticket as it stands in its helpdesk, and open its case."""
    desk: Desk = request.app.state.desk
    whose = whose_ticket(ticket_id)
    if whose is None:
        raise NotFound(f"{known(ticket_id)!r} is of no helpdesk")
    level, by, case_id = await level_asked(request, None), asking(), case_id_of(ticket_id)

    async def work() -> None:
        await desk.errands.tickets.open(*whose, by=by, level=level)

    try:
        await soon(request, work, await run_in_threadpool(more_than_now, desk, case_id))
    except AssistError as error:
        return _unfetched(request, ticket_id, whose[0], error)
    concerning(request, case_id)
    return RedirectResponse(f"/panel/{case_id}", SEE_OTHER)


def _unfetched(
    request: Request, ticket_id: str, helpdesk: str, wrong: AssistError | None = None
) -> HTMLResponse:
    told = {"m": EN, "ticket_id": ticket_id, "helpdesk": helpdesk, "wrong": wrong}
    status = status_of(type(wrong)) if wrong else 200
    return templates.TemplateResponse(
        request, "panel_ticket.html", told, status_code=status, headers=HEADERS
    )
