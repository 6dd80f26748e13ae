"""`/v1/eval-runs`: runs of the evaluation harness, kept to be looked at and compared."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field, JsonValue, ValidationError

from assist.domain.base import Model
from assist.domain.eval_runs import (
    ID,
    MOST_RESULTS,
    EvalOutline,
    EvalPart,
    EvalRunKept,
    EvalTrial,
)
from assist.errors import AlreadyDone, DiskFull, NotFound
from assist.service.desk import Desk
from assist.service.eval_runs import publish
from assist.web.access import bearer
from assist.web.api.answers import ANY, BODY, STORE, problems
from assist.web.auditing import concerning
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1/eval-runs", tags=["evaluation"])
RunName = Annotated[
    str, Path(description="The `id` of a run", examples=["core-20261120T100000Z-3f1b0c"])
]
CaseName = Annotated[str, Path(description="The id of a case", examples=["core-01"])]


class EvalRuns(Model):
    """Runs without slices and results, the one that was started last first."""

    runs: tuple[EvalRunKept, ...]
    next: str | None = Field(description="`before` of the next page; none where this is the last")


class EvalRunWhole(Model):
    """One run with its slices, and each result in short: scores, and no suggestion."""

    run: EvalRunKept
    results: tuple[EvalOutline, ...]


class EvalTrials(Model):
    """A case's trials, whole: the ticket, what was expected, the suggestion with its trace."""

    trials: tuple[EvalTrial, ...]


class PartSent(Model):
    """A part of a run. What it holds is read as strictly as anything that is sent.

    It is no `EvalPart` here: what is also answered would stand twice in the document, as it is sent
    and as it is answered, and all of a suggestion with it, under new names.
    """

    run: dict[str, JsonValue] = Field(
        description="An `EvalRun` as it stands in `run.json`, with some of its slices and results"
    )
    asked: tuple[dict[str, JsonValue], ...] = Field(
        default=(), description="The cases that these results are of, each an `AskedCase`"
    )
    total: int = Field(ge=0, le=MOST_RESULTS, description="How many results the run has in all")

    def read(self) -> EvalPart:
        """The part. Raises `RequestValidationError` naming the field that does not fit."""
        try:
            return EvalPart.model_validate(self.model_dump())
        except ValidationError as error:
            found = error.errors(include_url=False)
            told = [one | {"loc": ("body", *one["loc"])} for one in found]
            raise RequestValidationError(told) from error


@router.post(
    "",
    operation_id="publish_eval_run",
    summary="Publish a run, or a part of it",
    status_code=201,
    responses=problems(*ANY, *BODY, AlreadyDone, *STORE, DiskFull),
    dependencies=[Depends(only_json)],
)
def publish_run(asked: PartSent, request: Request, response: Response) -> EvalRunKept:
    """Parts of the same run add up until all of `total` results are there.

    A whole run is larger than one request may be: send a few results at a time, each time with the
    run as it stands in `run.json`. What is there already stays, so that a part can be sent again.
    """
    desk: Desk = request.app.state.desk
    who = bearer(request)
    by = getattr(who, "name", "") or (who.id if who else "")
    kept = publish(desk.parts, asked.read(), by)
    concerning(request, kept.run.id)
    response.headers["Location"] = f"/v1/eval-runs/{kept.run.id}"
    return kept


@router.get(
    "",
    operation_id="list_eval_runs",
    summary="The runs there are",
    responses=problems(*ANY, NotFound, *STORE),
)
def runs(
    request: Request,
    suite: Annotated[str | None, Query(max_length=200, description="Of this suite")] = None,
    before: Annotated[
        str | None, Query(max_length=200, description="The id of a run: only older ones")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="How many")] = 50,
) -> EvalRuns:
    """Means, versions and verdicts; neither slices nor results are read."""
    desk: Desk = request.app.state.desk
    wanted = None if before is None else _known(before)
    if suite is not None and not suite.isprintable():  # no database looks up a NUL character
        return EvalRuns(runs=(), next=None)
    found = desk.parts.eval_runs.listed(suite, limit, wanted)
    return EvalRuns(runs=found, next=found[-1].run.id if len(found) == limit else None)


@router.get(
    "/{run_id}",
    operation_id="get_eval_run",
    summary="A run with its scores",
    responses=problems(*ANY, NotFound, *STORE),
)
def one_run(run_id: RunName, request: Request) -> EvalRunWhole:
    """Summaries, slices, and each result's scores with what they explain."""
    store = request.app.state.desk.parts.eval_runs
    kept = store.get(_known(run_id))
    return EvalRunWhole(run=kept, results=store.outlines(run_id))


@router.get(
    "/{run_id}/cases/{case_id}",
    operation_id="get_eval_case",
    summary="A case of a run, whole",
    responses=problems(*ANY, NotFound, *STORE),
)
def one_case(run_id: RunName, case_id: CaseName, request: Request) -> EvalTrials:
    """Of runs long past `result` and `asked` are none: their scores alone are kept."""
    desk: Desk = request.app.state.desk
    return EvalTrials(trials=desk.parts.eval_runs.trials(_known(run_id), _known(case_id)))


def _known(name: str) -> str:
    if not re.fullmatch(ID, name):
        raise NotFound(f"there is no run or case {name[:80]!r}")
    return name
