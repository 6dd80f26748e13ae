"""`/v1/promises`: what was promised to customers, by when, and whether it was done."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import AwareDatetime, Field

from assist.domain.base import Model
from assist.domain.ledger import Entry, Standing
from assist.errors import AlreadyDone, DiskFull, NotFound
from assist.service.case_requests import SettleRequest
from assist.service.desk import Desk
from assist.web.api.answers import ANY, BODY, STORE, problems
from assist.web.api.suggestions import FIRST, LAST
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1/promises", tags=["cases"])
EntryId = Annotated[
    str, Path(description="The `id` of an entry", examples=["case-3f1b0c9e27d4a856-2-1"])
]


class Promises(Model):
    """Entries of the ledger, the earliest due first."""

    promises: tuple[Entry, ...]


@router.get(
    "",
    operation_id="list_promises",
    summary="What was promised",
    responses=problems(*ANY, *STORE),
)
def promises(
    request: Request,
    state: Annotated[
        Standing,
        Query(
            description="How they stand now. `open` are all that are not settled; of these `due` "
            "are those to be done now, `overdue` those that should have been."
        ),
    ] = "open",
    due_by: Annotated[
        Annotated[AwareDatetime, Field(ge=FIRST, le=LAST)] | None,
        Query(
            description="Only those due by then, with its offset from UTC; else due whenever. What "
            "names no time is due at its `check_at`. `due` and `overdue` go by the present alone.",
            examples=["2026-11-23T17:00:00Z"],
        ),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many")] = 100,
) -> Promises:
    """What texts that were sent promise, and what is to be looked at later; earliest due first."""
    desk: Desk = request.app.state.desk
    return Promises(promises=desk.cases.ledger(state, due_by, limit))


@router.get(
    "/{entry_id}",
    operation_id="get_promise",
    summary="A promise",
    responses=problems(*ANY, NotFound, *STORE),
)
def one_promise(entry_id: EntryId, request: Request) -> Entry:
    """What was promised, by whom, by when, and how to tell whether it is done."""
    desk: Desk = request.app.state.desk
    return desk.cases.entry(_known(entry_id))


@router.post(
    "/{entry_id}",
    operation_id="settle_promise",
    summary="Say how a promise ended",
    responses=problems(*ANY, *BODY, NotFound, AlreadyDone, *STORE, DiskFull),
    dependencies=[Depends(only_json)],
)
def settle(entry_id: EntryId, asked: SettleRequest, request: Request) -> Entry:
    """Kept, broken, or dropped as nobody needs it. The same again changes nothing."""
    desk: Desk = request.app.state.desk
    return desk.cases.settle(_known(entry_id), asked)


def _known(entry_id: str) -> str:
    if not entry_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no promise {entry_id!r}")
    return entry_id
