"""`/v1/suggestions`: a ticket in, a suggestion out, whole or step by step; one made before."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse
from pydantic import AwareDatetime, Field
from starlette.concurrency import run_in_threadpool

from assist.domain.suggestion import Suggestion, WantedMode
from assist.domain.ticket import Ticket
from assist.errors import DiskFull, NotFound
from assist.service.casework import case_id_of
from assist.service.desk import Desk
from assist.web.access import level_asked
from assist.web.api.answers import ANY, BODY, KNOWLEDGE, STORE, problems
from assist.web.api.events import EventAnswer, follow
from assist.web.auditing import concerning
from assist.web.doorkeeper import recheck
from assist.web.negotiation import JSON, choose, only_json
from assist.web.worker import Worker

EVENTS = EventSourceResponse.media_type
OFFERED = (JSON, EVENTS)
router = APIRouter(prefix="/v1/suggestions", tags=["suggestions"])
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Times a ticket can be judged at: deadlines reckoned from them stay in the calendar."""
At = Annotated[
    Annotated[AwareDatetime, Field(ge=FIRST, le=LAST)] | None,
    Query(
        description="The time the ticket is judged at, with its offset from UTC; else the present.",
        examples=["2026-11-20T15:00:00Z"],
    ),
]
Level = Annotated[
    str | None,
    Query(
        description="What whoever asks may grant: one of the levels in `authority.yaml`, up to "
        "the key's; else the key's, or `agent` where none is needed.",
        max_length=100,
        examples=["agent"],
    ),
]

How = Annotated[
    WantedMode | None,
    Query(
        description="How it is made: `extractive`, `llm` or `auto`; else as ASSIST_MODE says.",
        examples=["extractive"],
    ),
]


def accepted(request: Request) -> str:
    """The media type to answer in: JSON where nothing is asked for. 406 for anything else."""
    chosen = choose(request.headers.get("accept", ""), OFFERED)
    if chosen is None:
        raise HTTPException(406, f"we answer in {' or '.join(OFFERED)}")
    return chosen


@router.post(
    "",
    operation_id="suggest",
    summary="Suggest for a ticket",
    response_model=Suggestion,
    responses=problems(*ANY, *BODY, 406, *KNOWLEDGE, DiskFull),
    dependencies=[Depends(only_json)],
)
async def suggest(
    ticket: Ticket,
    request: Request,
    media_type: Annotated[str, Depends(accepted)],
    *,
    at: At = None,
    level: Level = None,
    mode: How = None,
) -> Response:
    """Everything suggested for one revision of a ticket: kept, and answered.

    With `Accept: text/event-stream` each step is told as it finishes, then the suggestion.
    """
    desk: Desk = request.app.state.desk
    worker: Worker = request.app.state.worker
    level = await level_asked(request, level)
    concerning(request, case_id_of(ticket.id))
    if media_type == EVENTS:
        run = await run_in_threadpool(desk.begin, ticket, at=at, level=level, mode=mode)
        return EventAnswer(await follow(desk, run, worker, partial(recheck, request)))
    suggestion = await worker.run(partial(desk.suggest, ticket, at=at, level=level, mode=mode))
    concerning(request, suggestion.id)
    return Response(suggestion.model_dump_json(), media_type=JSON)


@router.get(
    "/{suggestion_id}",
    operation_id="get_suggestion",
    summary="A suggestion made before",
    responses=problems(*ANY, NotFound, *STORE),
)
def suggestion(
    suggestion_id: Annotated[
        str, Path(description="The `id` of a suggestion", examples=["s-3c1f0f2a9b7d4e58"])
    ],
    request: Request,
) -> Suggestion:
    """The suggestion as it was answered."""
    if not suggestion_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no suggestion {suggestion_id!r}")
    desk: Desk = request.app.state.desk
    return desk.suggestion(suggestion_id)
