"""`/v1/cases/{case_id}/closing`: the message with which a solved case is closed."""

from fastapi import APIRouter, Depends, Request, Response

from assist.domain.case_view import CaseView
from assist.domain.draft import Draft
from assist.errors import NotFound, Stale
from assist.service.case_requests import ClosingRequest
from assist.service.desk import Desk
from assist.web.api.answers import ANY, KNOWLEDGE, problems
from assist.web.api.cases import ACTED, CaseId
from assist.web.negotiation import JSON, only_json
from assist.web.worker import Worker

router = APIRouter(prefix="/v1/cases", tags=["cases"])


@router.get(
    "/{case_id}/closing",
    operation_id="get_closing",
    summary="The message that would close a case",
    response_model=Draft,
    responses=problems(*ANY, NotFound, Stale, *KNOWLEDGE),
)
async def closing(case_id: CaseId, request: Request) -> Response:
    """What solved it, promises that were kept, thanks, and how to come back; nothing is sent.

    409 `stale` for a case that is not solved; 404 where there is no wording in its language.
    """
    desk: Desk = request.app.state.desk
    draft = await _worker(request).run(lambda: desk.cases.closing(_known(case_id)))
    return Response(draft.model_dump_json(), media_type=JSON)


@router.post(
    "/{case_id}/closing",
    operation_id="close_case",
    summary="Tell that the closing message was sent",
    response_model=CaseView,
    responses=ACTED,
    dependencies=[Depends(only_json)],
)
async def close(case_id: CaseId, asked: ClosingRequest, request: Request) -> Response:
    """The closing message as it is, or a `text` of one's own; what it promises is in the ledger.

    A solved case is closed with one message: 409 `already-done` for another.
    """
    desk: Desk = request.app.state.desk
    view = await _worker(request).run(lambda: desk.cases.close(_known(case_id), asked))
    return Response(view.model_dump_json(), media_type=JSON)


def _worker(request: Request) -> Worker:
    worker: Worker = request.app.state.worker
    return worker


def _known(case_id: str) -> str:
    if not case_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no case {case_id!r}")
    return case_id
