"""`/v1/notices`: what somebody has to look at now."""

from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Depends, Path, Query, Request

from assist.domain.base import Model
from assist.domain.notice import Notice, NoticeKind
from assist.errors import DiskFull, NotFound
from assist.service.case_requests import SeenRequest
from assist.service.desk import Desk
from assist.web.api.answers import ANY, BODY, STORE, problems
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1/notices", tags=["cases"])
NoticeId = Annotated[
    str, Path(description="The `id` of a notice", examples=["due-case-3f1b0c9e27d4a856-2-1"])
]


class Notices(Model):
    """Notices: unseen ones earliest due first, seen ones the one seen last first."""

    notices: tuple[Notice, ...]


@router.get(
    "",
    operation_id="list_notices",
    summary="What has to be looked at",
    responses=problems(*ANY, *STORE),
)
def notices(
    request: Request,
    state: Annotated[
        Literal["unseen", "seen"], Query(description="Whether somebody has seen them")
    ] = "unseen",
    kind: Annotated[
        NoticeKind | None, Query(description="Only this kind; else of every kind")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many")] = 100,
) -> Notices:
    """Promises that are due or overdue, solutions that did not hold, deadlines of escalations.

    What is settled meanwhile drops out. `about` is the `id` of the promise or the escalation.
    """
    desk: Desk = request.app.state.desk
    kinds = get_args(NoticeKind) if kind is None else (kind,)
    listed = {"unseen": desk.parts.notices.unseen, "seen": desk.parts.notices.seen}
    return Notices(notices=listed[state](kinds, limit))


@router.post(
    "/{notice_id}",
    operation_id="see_notice",
    summary="Say that a notice was seen",
    responses=problems(*ANY, *BODY, NotFound, *STORE, DiskFull),
    dependencies=[Depends(only_json)],
)
def see(notice_id: NoticeId, asked: SeenRequest, request: Request) -> Notice:
    """Who has seen it; whoever saw it first stands. What it is about goes on as it is."""
    desk: Desk = request.app.state.desk
    if not notice_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no notice {notice_id!r}")
    return desk.parts.notices.see(notice_id, asked.by, desk.parts.clock.now())
