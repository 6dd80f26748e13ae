"""`/v1/precedents`: what solved cases teach, as a pool of its own: precedent, not policy."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from assist.domain.base import Model
from assist.domain.jobs import Job
from assist.domain.precedent import SOURCE, Bar, PrecedentReport
from assist.errors import DiskFull, TooMany
from assist.service.desk import Desk
from assist.service.jobs import hand_in
from assist.service.merging import Prune
from assist.service.precedents import precedents, reading_of
from assist.web.api.answers import ANY, BODY, STORE, problems
from assist.web.api.ingest import ACCEPTED
from assist.web.auditing import concerning
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1/precedents", tags=["knowledge"])
Rating = Annotated[int, Field(ge=1, le=5)]
RATED = Bar().rating
RATING = "What a customer must have given it, 1 to 5, where no later look found that it held"


class MakeRequest(Model):
    """Of which cases precedents are made."""

    rating: Rating = Field(default=RATED, description=RATING)


@router.get(
    "",
    operation_id="list_precedents",
    summary="What precedents would be made",
    responses=problems(*ANY, *STORE),
)
def listed(
    request: Request,
    rating: Annotated[Rating, Query(description=RATING)] = RATED,
) -> PrecedentReport:
    """Of each solved case the precedent that it makes, redacted, or why it makes none.

    Nothing is published.
    """
    desk: Desk = request.app.state.desk
    return precedents(desk.parts, Bar(rating=rating))


@router.post(
    "",
    operation_id="make_precedents",
    summary="Make precedents of solved cases",
    status_code=202,
    responses=problems(*ANY, *BODY, TooMany, *STORE, DiskFull) | ACCEPTED,
    dependencies=[Depends(only_json)],
)
def make(asked: MakeRequest, request: Request, response: Response) -> Job:
    """An ingest job with the precedents of all solved cases that proved good, redacted.

    Made again they are the same; what no longer stands is taken out.
    """
    desk: Desk = request.app.state.desk
    reading = reading_of(precedents(desk.parts, Bar(rating=asked.rating)))
    parts = desk.parts
    job = hand_in(parts.jobs, parts.clock, reading, source=SOURCE, prune=Prune.GONE)
    concerning(request, job.id)
    response.headers["Location"] = f"/v1/ingest/{job.id}"
    return job
