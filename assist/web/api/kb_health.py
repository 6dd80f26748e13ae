"""`/v1/kb-health`: how each article does, and which topics agents should be trained in."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from assist.domain.kb_health import KbHealth, TrainingNeeds
from assist.service.desk import Desk
from assist.service.kb_health.tables import as_csv, as_markdown
from assist.web.api.answers import ANY, KNOWLEDGE, STORE, Answers, problems
from assist.web.negotiation import JSON, choose

router = APIRouter(prefix="/v1/kb-health", tags=["gaps"])
CSV, MARKDOWN = "text/csv", "text/markdown"
OFFERED = (JSON, CSV, MARKDOWN)
TEXT = {"schema": {"type": "string"}}
TABLES: Answers = {200: {"content": {CSV: TEXT, MARKDOWN: TEXT}}}
"""What the articles are answered with besides JSON."""
Since = Annotated[
    date | None,
    Query(description="From the start of this day in UTC; else of the last 90 days"),
]


@router.get(
    "",
    operation_id="get_kb_health",
    summary="How each article does",
    response_model=KbHealth,
    responses=problems(*ANY, 406, *KNOWLEDGE) | TABLES,
)
async def kb_health(request: Request, since: Since = None) -> Response:
    """Use, success, review, faults; the articles that most want review come first.

    Faults and own words take a while: the first answer for a generation and a day leaves them out
    and says so (`checked`), a later one has them. With `Accept: text/csv` it is a row per article,
    with `text/markdown` a page to read.
    """
    media_type = choose(request.headers.get("accept", ""), OFFERED)
    if media_type is None:
        raise HTTPException(406, f"we answer in {', '.join(OFFERED)}")
    desk: Desk = request.app.state.desk
    found = await run_in_threadpool(desk.health.now, since)
    headers = {"Vary": "Accept"}
    if media_type == JSON:
        return Response(found.model_dump_json(), media_type=JSON, headers=headers)
    text = as_csv(found) if media_type == CSV else as_markdown(found)
    return Response(text, media_type=f"{media_type}; charset=utf-8", headers=headers)


@router.get(
    "/training-needs",
    operation_id="list_training_needs",
    summary="Topics to train agents in",
    responses=problems(*ANY, *STORE),
)
def training_needs(request: Request, since: Since = None) -> TrainingNeeds:
    """Topics in which several agents set aside suggestions that proved right, with the tickets.

    Never by name; a topic of fewer than three agents is counted and not told.
    """
    desk: Desk = request.app.state.desk
    return desk.health.training(since)
