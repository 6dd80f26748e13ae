"""`/healthz` and `/readyz` for whoever keeps the service running; `/problems` for its clients."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request

from assist import __version__
from assist.domain.base import Model
from assist.domain.knowledge import Generation
from assist.errors import NotFound
from assist.service.desk import Desk
from assist.service.readiness import check_ready
from assist.web.api.answers import ANY, KNOWLEDGE, problems
from assist.web.errors import PROBLEM_TYPES, ProblemType

router = APIRouter(tags=["service"])


class Alive(Model):
    """The process answers."""

    status: Literal["alive"] = "alive"
    version: str = __version__


class Ready(Model):
    """Tickets can be answered, by this generation of the knowledge base."""

    status: Literal["ready"] = "ready"
    generation: Generation


class ProblemMeaning(Model):
    """A kind of problem that this service answers with."""

    type: str
    status: int
    title: str
    cure: str


def meaning_of(kind: ProblemType) -> ProblemMeaning:
    """A row of the table of problems."""
    return ProblemMeaning(type=kind.uri, status=kind.status, title=kind.title, cure=kind.cure)


@router.get(
    "/healthz",
    operation_id="get_health",
    summary="Whether the process lives",
    responses=problems(*ANY),
)
async def health() -> Alive:
    """Answers as long as the process does; asks nothing else. Restart it when this fails."""
    return Alive()


@router.get(
    "/readyz",
    operation_id="get_readiness",
    summary="Whether tickets can be answered",
    responses=problems(*ANY, *KNOWLEDGE),
)
def readiness(request: Request) -> Ready:
    """Whether the database answers, a generation serves and its indexes are there; else 503."""
    desk: Desk = request.app.state.desk
    return Ready(generation=check_ready(desk.parts))


@router.get(
    "/problems/{name}",
    operation_id="get_problem_type",
    summary="What a problem's type means",
    responses=problems(*ANY, NotFound),
)
async def problem_meaning(
    name: Annotated[str, Path(description="The end of a `type`", examples=["bad-input"])],
) -> ProblemMeaning:
    """The `type` of every problem leads here."""
    for kind in PROBLEM_TYPES:
        if kind.name == name:
            return meaning_of(kind)
    known = ", ".join(kind.name for kind in PROBLEM_TYPES)
    raise NotFound(f"there is no problem type {name!r}", cure=f"use {known}")
