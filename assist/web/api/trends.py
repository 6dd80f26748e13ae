"""`/v1/trends`: what the cases of a time tell."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from assist.domain.trend_report import TrendReport
from assist.service.desk import Desk
from assist.service.trends.told import as_csv
from assist.web.api.answers import ANY, STORE, Answers, problems
from assist.web.negotiation import JSON, choose

router = APIRouter(prefix="/v1/trends", tags=["trends"])
CSV = "text/csv"
OFFERED = (JSON, CSV)
TABLE: Answers = {200: {"content": {CSV: {"schema": {"type": "string"}}}}}
"""What the report is answered with besides JSON."""
Since = Annotated[
    date | None, Query(description="The first day that counts, in UTC; else 13 weeks before")
]
Until = Annotated[date | None, Query(description="The last day that counts; else until now")]


@router.get(
    "",
    operation_id="get_trends",
    summary="What came, how it went, what changed",
    response_model=TrendReport,
    responses=problems(*ANY, 406, *STORE) | TABLE,
)
async def trends(request: Request, since: Since = None, until: Until = None) -> Response:
    """Volume by category with its changes, how long customers waited, and how cases went.

    Beside each number stands that of the time of the same length before. Nobody is named. With
    `Accept: text/csv` it is a row for each category and day or week.
    """
    media_type = choose(request.headers.get("accept", ""), OFFERED)
    if media_type is None:
        raise HTTPException(406, f"we answer in {', '.join(OFFERED)}")
    desk: Desk = request.app.state.desk
    found = await run_in_threadpool(desk.trends.report, desk.parts.clock.now(), since, until)
    headers = {"Vary": "Accept"}
    if media_type == JSON:
        return Response(found.model_dump_json(), media_type=JSON, headers=headers)
    return Response(as_csv(found), media_type=f"{CSV}; charset=utf-8", headers=headers)
