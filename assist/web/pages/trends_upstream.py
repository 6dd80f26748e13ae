"""`/trends/upstream`: what a lead does on the page of trends to have an issue mended."""

from collections.abc import Callable, Mapping
from typing import Annotated, TypeVar

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool

from assist.domain.base import Model
from assist.errors import AssistError, BadInput
from assist.service.desk import Desk
from assist.service.trends.upstream import UpstreamDecision, UpstreamRequest, decide, open_item
from assist.web.api.gaps import asker
from assist.web.auditing import concerning
from assist.web.pages.trends import shown

router = APIRouter(prefix="/trends/upstream", include_in_schema=False)
SEE_OTHER = 303
Asked = TypeVar("Asked", bound=Model)


class ItemForm(BaseModel):
    """An issue, and what is to be mended."""

    key: str = ""
    category: str = ""
    product: str = ""
    clause: str = ""
    title: str = ""
    owner: str = ""

    def read(self) -> UpstreamRequest:
        """Raises `BadInput` naming the field."""
        issue = {"category": self.category, "product": self.product, "clause": self.clause}
        given = {"key": self.key, "issue": issue, "title": self.title, "owner": self.owner}
        return _read(UpstreamRequest, given)


class DecisionForm(BaseModel):
    """What becomes of an item. Each of the page's buttons sends the same fields."""

    key: str = ""
    act: str = ""
    owner: str = ""
    note: str = ""

    def read(self) -> UpstreamDecision:
        """Raises `BadInput` naming the field."""
        return _read(UpstreamDecision, self.model_dump())


@router.post("")
async def opened(request: Request, form: Annotated[ItemForm, Form()]) -> Response:
    """An item is opened for an issue of the report."""

    def act(desk: Desk) -> None:
        now = desk.parts.clock.now()
        item = open_item(desk.parts.upstream, form.read(), asker(request), now)
        concerning(request, item.id)

    return await _acted(request, act)


@router.post("/{item_id}")
async def decided(
    request: Request, item_id: str, form: Annotated[DecisionForm, Form()]
) -> Response:
    """Given to somebody, done, dropped or opened again."""
    concerning(request, item_id)

    def act(desk: Desk) -> None:
        now = desk.parts.clock.now()
        decide(desk.parts.upstream, item_id, form.read(), asker(request), now)

    return await _acted(request, act)


async def _acted(request: Request, act: Callable[[Desk], None]) -> Response:
    """Back to the page; where it does not go, the page says why."""
    desk: Desk = request.app.state.desk
    try:
        await run_in_threadpool(act, desk)
    except AssistError as error:
        return await shown(request, wrong=error)
    return RedirectResponse("/trends#systemic", SEE_OTHER)


def _read(kind: type[Asked], given: Mapping[str, object]) -> Asked:
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadInput(first["msg"], where=".".join(map(str, first["loc"]))) from error
