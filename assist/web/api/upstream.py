"""`/v1/upstream`: what is to be mended where it begins, who has it, and whether it helped."""

from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Path, Query, Request

from assist.domain.base import Model
from assist.domain.systemic import Effect, UpstreamEvent, UpstreamItem, UpstreamState
from assist.errors import AlreadyDone, NotFound, WrongState
from assist.service.desk import Desk
from assist.service.trends.upstream import UpstreamDecision, UpstreamRequest, decide, open_item
from assist.web.api.answers import ANY, BODY, STORE, problems
from assist.web.api.gaps import asker
from assist.web.auditing import concerning
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1/upstream", tags=["trends"])
ItemName = Annotated[
    str, Path(max_length=200, description="The id of an item", examples=["upstream-5f0c21d4ab12"])
]
States = Annotated[UpstreamState | None, Query(description="In this state")]


class Items(Model):
    """Items, the one that changed last first."""

    items: tuple[UpstreamItem, ...]


class WholeItem(Model):
    """An item with what happened to it, and, once it is done, whether fewer cases came since."""

    item: UpstreamItem
    history: tuple[UpstreamEvent, ...]
    effect: Effect | None


def whole(desk: Desk, item: UpstreamItem) -> WholeItem:
    """The item with its history and its effect."""
    effect = desk.trends.effect(desk.parts.clock.now(), item)
    return WholeItem(item=item, history=desk.parts.upstream.history(item.id), effect=effect)


@router.get(
    "",
    operation_id="list_upstream",
    summary="What is to be mended where it begins",
    responses=problems(*ANY, *STORE),
)
def items(
    request: Request,
    state: States = None,
    limit: Annotated[int, Query(ge=1, le=200, description="How many")] = 50,
) -> Items:
    """Each with its issue, its owner and how it stands."""
    desk: Desk = request.app.state.desk
    states = (state,) if state else get_args(UpstreamState)
    return Items(items=desk.parts.upstream.listed(states, limit))


@router.post(
    "",
    operation_id="open_upstream",
    summary="Have something mended where it begins",
    status_code=201,
    responses=problems(*ANY, *BODY, *STORE),
    dependencies=[Depends(only_json)],
)
def open_one(asked: UpstreamRequest, request: Request) -> UpstreamItem:
    """The item of an issue of `GET /v1/trends`: a new one, or the one that there is already."""
    desk: Desk = request.app.state.desk
    item = open_item(desk.parts.upstream, asked, asker(request), desk.parts.clock.now())
    concerning(request, item.id)
    return item


@router.get(
    "/{item_id}",
    operation_id="get_upstream",
    summary="An item, what happened to it, and whether it helped",
    responses=problems(*ANY, NotFound, *STORE),
)
def one_item(item_id: ItemName, request: Request) -> WholeItem:
    """Its effect compares the weeks before it was done with those since."""
    desk: Desk = request.app.state.desk
    return whole(desk, desk.parts.upstream.get(item_id))


@router.post(
    "/{item_id}/decision",
    operation_id="decide_upstream",
    summary="Say what becomes of an item",
    responses=problems(*ANY, *BODY, NotFound, WrongState, AlreadyDone, *STORE),
    dependencies=[Depends(only_json)],
)
def decision(item_id: ItemName, asked: UpstreamDecision, request: Request) -> WholeItem:
    """Give it to somebody, note something, say that it is done, drop it or open it again."""
    desk: Desk = request.app.state.desk
    at = desk.parts.clock.now()
    item = decide(desk.parts.upstream, item_id, asked, asker(request), at)
    concerning(request, item.id)
    return whole(desk, item)
