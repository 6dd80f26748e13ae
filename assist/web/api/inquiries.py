"""`/v1/inquiries`: what customers ask most, with the article and the reply that answer it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from assist.domain.inquiries import Inquiries
from assist.service.desk import Desk
from assist.service.inquiries import MAX_TOP, MAX_WEEKS
from assist.web.api.answers import ANY, KNOWLEDGE, problems

router = APIRouter(prefix="/v1/inquiries", tags=["knowledge"])


@router.get(
    "",
    operation_id="list_inquiries",
    summary="The most frequent inquiries",
    responses=problems(*ANY, *KNOWLEDGE),
)
def inquiries(
    request: Request,
    weeks: Annotated[int, Query(ge=1, le=MAX_WEEKS, description="How far to look back")] = 4,
    top: Annotated[int, Query(ge=1, le=MAX_TOP, description="How many at most")] = 10,
) -> Inquiries:
    """What tickets asked most, by groups that ask the same, each with what answers it."""
    desk: Desk = request.app.state.desk
    return desk.inquiries(weeks, top)
