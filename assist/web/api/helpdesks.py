"""`/v1/helpdesks`, `/v1/errands`: which helpdesks there are, their tickets, and what waits."""

from typing import Annotated, get_args

from fastapi import APIRouter, Path, Query, Request, Response

from assist.domain.base import Model
from assist.domain.case_view import CaseView
from assist.domain.errands import Errand, ErrandState, HelpdeskStanding
from assist.domain.helpdesks import HelpdeskKind, TicketSummary
from assist.errors import AlreadyDone, BadTicket, DiskFull, HelpdeskUnavailable, NotFound, Stale
from assist.service.acting import asking
from assist.service.desk import Desk
from assist.web.access import level_asked
from assist.web.api.answers import ANY, KNOWLEDGE, STORE, problems
from assist.web.api.hooks import HelpdeskName
from assist.web.negotiation import JSON
from assist.web.worker import Worker

router = APIRouter(prefix="/v1", tags=["helpdesks"])
TicketId = Annotated[str, Path(description="The helpdesk's own id of a ticket", max_length=200)]
Most = Annotated[int, Query(ge=1, le=100, description="How many")]


class SetHelpdesk(HelpdeskStanding):
    """A helpdesk that is set, and how it goes with it."""

    kind: HelpdeskKind


class SetHelpdesks(Model):
    """The helpdesks that are set, by name."""

    helpdesks: tuple[SetHelpdesk, ...]


class Tickets(Model):
    """Tickets of a helpdesk, the one that changed last first."""

    tickets: tuple[TicketSummary, ...]


class ErrandList(Model):
    """Errands, the newest first."""

    errands: tuple[Errand, ...]


@router.get(
    "/helpdesks",
    operation_id="list_helpdesks",
    summary="The helpdesks that are set",
    responses=problems(*ANY, *STORE),
)
def helpdesks(request: Request) -> SetHelpdesks:
    """With what waits for each, and what went wrong last."""
    desk: Desk = request.app.state.desk
    known = {one.helpdesk: one for one in desk.parts.errands.standings()}
    return SetHelpdesks(
        helpdesks=tuple(
            SetHelpdesk(
                kind=one.kind,
                **known.get(name, HelpdeskStanding(helpdesk=name)).model_dump(),
            )
            for name, one in sorted(desk.helpdesks.items())
        )
    )


@router.get(
    "/helpdesks/{helpdesk}/tickets",
    operation_id="list_helpdesk_tickets",
    summary="The tickets of a helpdesk",
    responses=problems(*ANY, NotFound, HelpdeskUnavailable, *STORE),
)
def tickets(helpdesk: HelpdeskName, request: Request, limit: Most = 25) -> Tickets:
    """Those that changed last, as the helpdesk lists them now."""
    desk: Desk = request.app.state.desk
    return Tickets(tickets=desk.errands.tickets.listed(helpdesk, limit))


@router.post(
    "/helpdesks/{helpdesk}/tickets/{ticket_id}",
    operation_id="fetch_ticket",
    summary="Open a case for a helpdesk's ticket",
    response_model=CaseView,
    responses=problems(
        *ANY, NotFound, BadTicket, Stale, AlreadyDone, HelpdeskUnavailable, *KNOWLEDGE, DiskFull
    ),
)
async def fetch(helpdesk: HelpdeskName, ticket_id: TicketId, request: Request) -> Response:
    """The case of the ticket as it stands in the helpdesk now: nothing is taken from the caller.

    A case that the ticket has already takes what came in since; the same again changes nothing.
    """
    desk: Desk = request.app.state.desk
    level = await level_asked(request, None)
    by = asking()

    async def work() -> CaseView:
        return await desk.errands.tickets.open(helpdesk, ticket_id, by=by, level=level)

    worker: Worker = request.app.state.worker
    view = await worker.run(work)
    return Response(view.model_dump_json(), media_type=JSON)


@router.get(
    "/errands",
    operation_id="list_errands",
    summary="What is done at helpdesks",
    responses=problems(*ANY, *STORE),
)
def errands(
    request: Request,
    state: Annotated[
        ErrandState | None, Query(description="Only those; else all of the last 90 days")
    ] = None,
    limit: Most = 50,
) -> ErrandList:
    """Tickets to fetch and replies to send, with what became of them, the newest first."""
    desk: Desk = request.app.state.desk
    states = get_args(ErrandState) if state is None else (state,)
    return ErrandList(errands=desk.parts.errands.listed(states, limit))
