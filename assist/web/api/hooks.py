"""`/v1/hooks`: where helpdesks tell that something happened to a ticket."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool

from assist.domain.base import Model
from assist.domain.errands import Errand
from assist.errors import AlreadyDone, DiskFull, NotFound, Stale, Unauthenticated
from assist.service.desk import Desk
from assist.web.access import HOOKS
from assist.web.api.answers import ANY, STORE, problems
from assist.web.auditing import concerning

router = APIRouter(prefix=HOOKS.rstrip("/"), tags=["helpdesks"])
HelpdeskName = Annotated[
    str, Path(description="The helpdesk's name in ASSIST_HELPDESKS", max_length=31)
]
Secret = Annotated[
    str,
    Path(
        description="Of a helpdesk that signs nothing: one of its secrets, as part of the address",
        max_length=200,
    ),
]
REFUSALS = problems(*ANY, 429, Unauthenticated, NotFound, Stale, AlreadyDone, *STORE, DiskFull)


class Heard(Model):
    """What was taken: the errand that it made, or none where it is about nothing of ours."""

    errand: str | None


@router.post(
    "/{helpdesk}",
    operation_id="hear_helpdesk",
    summary="A signed webhook of a helpdesk",
    status_code=202,
    responses=REFUSALS,
)
async def signed(helpdesk: HelpdeskName, request: Request) -> Heard:
    """Taken at once and worked off later: the ticket is fetched from the helpdesk.

    The signature is checked over the bytes as they came, by the helpdesk's own scheme. 401 where it
    is missing or wrong, 409 where it was made too long ago or the same was taken before.
    """
    return await _heard(request, helpdesk, "")


@router.post(
    "/{helpdesk}/{secret}",
    operation_id="hear_unsigned_helpdesk",
    summary="A webhook of a helpdesk that signs nothing",
    status_code=202,
    responses=REFUSALS,
)
async def unsigned(helpdesk: HelpdeskName, secret: Secret, request: Request) -> Heard:
    """As above, for helpdesks whose webhooks have no signature: a secret in the address instead."""
    return await _heard(request, helpdesk, secret)


async def _heard(request: Request, helpdesk: str, secret: str) -> Heard:
    desk: Desk = request.app.state.desk
    body = await request.body()

    def keep() -> Errand | None:
        return desk.errands.heard(helpdesk, dict(request.headers), body, secret)

    errand = await run_in_threadpool(keep)
    if errand is None:
        return Heard(errand=None)
    concerning(request, errand.id)
    return Heard(errand=errand.id)
