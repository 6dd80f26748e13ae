"""`/v1/cases/{case_id}/record` and `/replay`: what a case leaves behind, and made once more."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from assist.domain.record import Record
from assist.errors import BadInput, NotFound
from assist.graph.casework.record import as_markdown
from assist.service.desk import Desk
from assist.service.recording import recorded
from assist.service.replaying import Replay, replay_of
from assist.web.api.answers import ANY, KNOWLEDGE, STORE, Answers, problems
from assist.web.api.cases import CaseId
from assist.web.negotiation import JSON, choose
from assist.web.worker import Worker

router = APIRouter(prefix="/v1/cases", tags=["cases"])
MARKDOWN = "text/markdown"
OFFERED = (JSON, MARKDOWN)
PAGE: Answers = {200: {"content": {MARKDOWN: {"schema": {"type": "string"}}}}}
"""What the record is answered with besides JSON."""


@router.get(
    "/{case_id}/record",
    operation_id="get_record",
    summary="What a case leaves behind",
    response_model=Record,
    responses=problems(*ANY, NotFound, 406, *STORE) | PAGE,
)
async def record(case_id: CaseId, request: Request) -> Response:
    """Its issues in the customer's words, what was decided, approved, promised, what came of it.

    Of the customer it names the id. With `Accept: text/markdown` it is a page to read.
    """
    media_type = choose(request.headers.get("accept", ""), OFFERED)
    if media_type is None:
        raise HTTPException(406, f"we answer in {' or '.join(OFFERED)}")
    desk: Desk = request.app.state.desk
    found = await run_in_threadpool(recorded, desk.parts, _known(case_id))
    headers = {"Vary": "Accept"}
    if media_type == MARKDOWN:
        page = as_markdown(found)
        return Response(page, media_type=f"{MARKDOWN}; charset=utf-8", headers=headers)
    return Response(found.model_dump_json(), media_type=JSON, headers=headers)


@router.post(
    "/{case_id}/replay",
    operation_id="replay_case",
    summary="Make a suggestion of a case again",
    response_model=Replay,
    responses=problems(*ANY, NotFound, BadInput, *KNOWLEDGE),
)
async def replay(
    case_id: CaseId,
    request: Request,
    suggestion: Annotated[
        str | None,
        Query(
            description="One of the case's suggestions; else its newest",
            max_length=200,
            examples=["s-3c1f0f2a9b7d4e58"],
        ),
    ] = None,
) -> Response:
    """From what the case keeps, by what serves now: what differs, and which version made it differ.

    Nothing is kept.
    """
    desk: Desk = request.app.state.desk
    worker: Worker = request.app.state.worker
    known = _known(case_id)
    found = await worker.run(lambda: replay_of(desk, known, suggestion))
    return Response(found.model_dump_json(), media_type=JSON)


def _known(case_id: str) -> str:
    if not case_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no case {case_id!r}")
    return case_id
