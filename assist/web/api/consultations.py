"""`/v1/consultations`: questions to colleagues, whose answers become facts of the ticket."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import Field, JsonValue

from assist.domain.base import Model
from assist.domain.consultation import Consultation
from assist.errors import AlreadyDone, DiskFull, NotFound
from assist.service import consulting
from assist.service.consulting import ConsultationRequest
from assist.service.desk import Desk
from assist.service.grant_requests import By
from assist.web.api.answers import ANY, BODY, KNOWLEDGE, STORE, problems
from assist.web.api.grants import CREATED
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1", tags=["consultations"])
ConsultationId = Annotated[
    str, Path(description="The `id` of a consultation", examples=["c-5f0c21d4"])
]
Note = Annotated[str, Field(max_length=2_000)]


class Consultations(Model):
    """Questions to colleagues, with the answers that there are."""

    consultations: tuple[Consultation, ...]


class AnswerRequest(Model):
    """What a colleague answers: a value of the fact, or words where the question has none."""

    by: By = Field(description="Who answers")
    answer: JsonValue = Field(description="Null, with a note, where it cannot be found out")
    note: Note = Field(default="", description="What the answer says beyond the value")


class WithdrawRequest(Model):
    """Why nobody needs to answer any more."""

    by: By
    reason: Note = ""


@router.post(
    "/consultations",
    operation_id="ask_colleague",
    summary="Ask a colleague",
    status_code=201,
    responses=problems(*ANY, *BODY, NotFound, AlreadyDone, *KNOWLEDGE, DiskFull) | CREATED,
    dependencies=[Depends(only_json)],
)
def ask(asked: ConsultationRequest, request: Request, response: Response) -> Consultation:
    """A question that a suggestion proposes, or one of the agent's own; open from now on.

    The same question again, by the same `id`, is answered with the one that was kept.
    """
    desk: Desk = request.app.state.desk
    kept = consulting.ask(desk.parts, desk.opened().policy_set, asked)
    response.headers["Location"] = f"{router.prefix}/consultations/{kept.id}"
    return kept


@router.get(
    "/consultations",
    operation_id="list_open_consultations",
    summary="Questions that wait for an answer",
    responses=problems(*ANY, *STORE),
)
def open_consultations(
    request: Request, limit: Annotated[int, Query(ge=1, le=500, description="How many")] = 100
) -> Consultations:
    """The open ones, the earliest due first."""
    desk: Desk = request.app.state.desk
    return Consultations(consultations=desk.parts.consultations.open(limit))


@router.get(
    "/consultations/{consultation_id}",
    operation_id="get_consultation",
    summary="A question to a colleague",
    responses=problems(*ANY, NotFound, *STORE),
)
def consultation(consultation_id: ConsultationId, request: Request) -> Consultation:
    """Who was asked what, by when, and what came of it."""
    desk: Desk = request.app.state.desk
    return desk.parts.consultations.get(_known(consultation_id))


@router.post(
    "/consultations/{consultation_id}/answer",
    operation_id="answer_consultation",
    summary="Answer a question",
    responses=problems(*ANY, *BODY, NotFound, AlreadyDone, *KNOWLEDGE, DiskFull),
    dependencies=[Depends(only_json)],
)
def answer(consultation_id: ConsultationId, asked: AnswerRequest, request: Request) -> Consultation:
    """From now on the answer is a fact of the ticket. The same answer again changes nothing."""
    desk: Desk = request.app.state.desk
    return consulting.answer(
        desk.parts,
        desk.opened().policy_set,
        _known(consultation_id),
        value=asked.answer,
        note=asked.note,
        by=asked.by,
    )


@router.post(
    "/consultations/{consultation_id}/withdraw",
    operation_id="withdraw_consultation",
    summary="Withdraw a question",
    responses=problems(*ANY, *BODY, NotFound, AlreadyDone, *STORE, DiskFull),
    dependencies=[Depends(only_json)],
)
def withdraw(
    consultation_id: ConsultationId, asked: WithdrawRequest, request: Request
) -> Consultation:
    """Nobody needs to answer it any more; one that was answered stays answered."""
    desk: Desk = request.app.state.desk
    known = _known(consultation_id)
    return consulting.withdraw(desk.parts, known, by=asked.by, reason=asked.reason)


@router.get(
    "/tickets/{ticket_id:path}/consultations",
    operation_id="list_ticket_consultations",
    summary="What colleagues were asked about a ticket",
    responses=problems(*ANY, NotFound, *STORE),
)
def of_ticket(
    ticket_id: Annotated[str, Path(description="The `id` of a ticket", examples=["t-1"])],
    request: Request,
) -> Consultations:
    """All of them, oldest first: open, answered and withdrawn."""
    desk: Desk = request.app.state.desk
    return Consultations(consultations=desk.parts.consultations.of_ticket(ticket_id))


def _known(consultation_id: str) -> str:
    if not consultation_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no consultation {consultation_id!r}")
    return consultation_id
