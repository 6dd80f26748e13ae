"""`/v1/suggestions`: a ticket in, a suggestion out; one made before, by its id."""

from fastapi import APIRouter, Request

from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.errors import NotFound
from assist.service.desk import Desk

router = APIRouter(prefix="/v1/suggestions", tags=["suggestions"])


@router.post("")
async def suggest(ticket: Ticket, request: Request) -> Suggestion:
    """The suggestion for one ticket revision."""
    desk: Desk = request.app.state.desk
    return await desk.suggest(ticket)


@router.get("/{suggestion_id}")
def suggestion(suggestion_id: str, request: Request) -> Suggestion:
    """A suggestion made before."""
    if not suggestion_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no suggestion {suggestion_id!r}")
    desk: Desk = request.app.state.desk
    return desk.suggestion(suggestion_id)
