"""`/v1/cases`: a ticket on its way, from its first suggestion to what came of it."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from assist.domain.base import Model
from assist.domain.case_event import CaseRow, CaseStatus
from assist.domain.case_view import CaseView
from assist.domain.ticket import Ticket
from assist.errors import AlreadyDone, DiskFull, NotFound, Stale
from assist.service.case_requests import (
    CancelRequest,
    DecisionRequest,
    OutcomeRequest,
    ProgressRequest,
)
from assist.service.consulting import ConsultationRequest
from assist.service.desk import Desk
from assist.web.access import level_asked
from assist.web.api.answers import ANY, BODY, KNOWLEDGE, STORE, Answers, problems
from assist.web.api.grants import CREATED
from assist.web.api.suggestions import At, How, Level
from assist.web.negotiation import JSON, only_json
from assist.web.worker import Worker

router = APIRouter(prefix="/v1/cases", tags=["cases"])
CaseId = Annotated[str, Path(description="The `id` of a case", examples=["case-3f1b0c9e27d4a856"])]
OPENED: Answers = CREATED | {
    200: CREATED[201] | {"description": "The ticket had a case", "model": CaseView}
}
ACTED = problems(*ANY, *BODY, NotFound, Stale, AlreadyDone, *KNOWLEDGE, DiskFull)
"""What an act on a case can be answered with besides success."""


class CaseRows(Model):
    """Cases, the one that changed last first."""

    cases: tuple[CaseRow, ...]


@router.post(
    "",
    operation_id="open_case",
    summary="Open a case for a ticket",
    status_code=201,
    response_model=CaseView,
    responses=problems(*ANY, *BODY, Stale, AlreadyDone, *KNOWLEDGE, DiskFull) | OPENED,
    dependencies=[Depends(only_json)],
)
async def open_case(
    ticket: Ticket, request: Request, *, at: At = None, level: Level = None, mode: How = None
) -> Response:
    """The case of a ticket with its first suggestion, or with what came in since.

    A ticket has one case. A newer revision of the ticket makes the suggestion that was made for
    the older one stale, and another is made; the same ticket again changes nothing. An older
    revision is refused.
    """
    desk: Desk = request.app.state.desk
    judged = await level_asked(request, level)

    async def work() -> tuple[HTTPStatus, CaseView]:
        # Two that open it at the same moment may both be told that they have: it is one case.
        known = desk.parts.cases.of_ticket(ticket.id) is not None
        view = await desk.cases.open(ticket, at=at, level=judged, mode=mode)
        return HTTPStatus.OK if known else HTTPStatus.CREATED, view

    status, view = await _worker(request).run(work)
    place = {"Location": f"{router.prefix}/{view.case.id}"}
    return Response(view.model_dump_json(), status, headers=place, media_type=JSON)


@router.get(
    "",
    operation_id="list_cases",
    summary="Cases",
    responses=problems(*ANY, *STORE),
)
def cases(
    request: Request,
    status: Annotated[
        CaseStatus | None, Query(description="Where they stand; else wherever they do")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many")] = 50,
) -> CaseRows:
    """Those in one status or in any, the one that changed last first."""
    desk: Desk = request.app.state.desk
    statuses = get_args(CaseStatus) if status is None else (status,)
    return CaseRows(cases=desk.cases.listed(statuses, limit))


@router.get(
    "/{case_id}",
    operation_id="get_case",
    summary="A case",
    responses=problems(*ANY, NotFound, *STORE),
)
def one_case(case_id: CaseId, request: Request) -> CaseView:
    """Where it stands, the suggestion to decide on, what happened, and what was promised."""
    desk: Desk = request.app.state.desk
    return desk.cases.view(_known(case_id))


@router.post(
    "/{case_id}/decision",
    operation_id="decide_case",
    summary="Decide on the suggestion",
    response_model=CaseView,
    responses=ACTED,
    dependencies=[Depends(only_json)],
)
async def decide(case_id: CaseId, asked: DecisionRequest, request: Request) -> Response:
    """What the agent does with the case's newest suggestion; of several at once one wins.

    `accept`, `edit`, `choose` and `ask_customer` tell that a text was sent; `add_facts` leads to
    another suggestion, `reject` and `escalate` leave this one to decide on. 409 `stale` says what
    has changed since the suggestion was made.
    """
    return await _answer(request, lambda desk: desk.cases.decide(_known(case_id), asked))


@router.post(
    "/{case_id}/consult",
    operation_id="consult_on_case",
    summary="Ask a colleague about a case",
    response_model=CaseView,
    responses=ACTED,
    dependencies=[Depends(only_json)],
)
async def consult(case_id: CaseId, asked: ConsultationRequest, request: Request) -> Response:
    """A question that the suggestion proposes, or one's own; its `id` is the key of the act.

    It is answered as any other at `/v1/consultations/{id}/answer`.
    """
    return await _answer(request, lambda desk: desk.cases.consult(_known(case_id), asked))


@router.post(
    "/{case_id}/progress",
    operation_id="report_progress",
    summary="Tell what the customer was told meanwhile",
    response_model=CaseView,
    responses=ACTED,
    dependencies=[Depends(only_json)],
)
async def progress(case_id: CaseId, asked: ProgressRequest, request: Request) -> Response:
    """A text that told the customer what is pending; what it promises is in the ledger."""
    return await _answer(request, lambda desk: desk.cases.progress(_known(case_id), asked))


@router.post(
    "/{case_id}/outcome",
    operation_id="report_outcome",
    summary="Tell what came of it",
    response_model=CaseView,
    responses=ACTED,
    dependencies=[Depends(only_json)],
)
async def outcome(case_id: CaseId, asked: OutcomeRequest, request: Request) -> Response:
    """`solved` and `no_answer` end the case; `not_solved` leads to a suggestion that knows it.

    409 where the customer has not been answered since they wrote last.
    """
    return await _answer(request, lambda desk: desk.cases.outcome(_known(case_id), asked))


@router.post(
    "/{case_id}/cancel",
    operation_id="cancel_case",
    summary="Cancel a case",
    response_model=CaseView,
    responses=ACTED,
    dependencies=[Depends(only_json)],
)
async def cancel(case_id: CaseId, asked: CancelRequest, request: Request) -> Response:
    """Nobody needs to answer any more; a new message of the customer opens it again."""
    return await _answer(request, lambda desk: desk.cases.cancel(_known(case_id), asked))


async def _answer(
    request: Request, act: Callable[[Desk], Coroutine[Any, Any, CaseView]]
) -> Response:
    """The case after an act: it may take another suggestion, so a worker does it."""
    desk: Desk = request.app.state.desk
    view = await _worker(request).run(lambda: act(desk))
    return Response(view.model_dump_json(), media_type=JSON)


def _worker(request: Request) -> Worker:
    worker: Worker = request.app.state.worker
    return worker


def _known(case_id: str) -> str:
    if not case_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no case {case_id!r}")
    return case_id
