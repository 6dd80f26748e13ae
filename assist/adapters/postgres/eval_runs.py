"""`EvalRunStore` on PostgreSQL: a row per run, and one per result, whose outline is read alone."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping

from assist.adapters.postgres import eval_runs_sql as sql
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import json_text, plain_text, read_back
from assist.errors import AlreadyDone, NotFound

if TYPE_CHECKING:  # what a search need not wait for
    from assist.domain.eval_runs import EvalOutline, EvalRunKept, EvalTrial, KeptResult
    from assist.domain.evaluation import EvalRun


class PostgresEvalRuns:
    """The published runs of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, run: "EvalRun", results: Sequence["KeptResult"], total: int, by: str, at: datetime
    ) -> "EvalRunKept":
        """See `EvalRunStore`. Parts that come at once wait for each other at the run's row."""
        head = headed(run)
        row = head.model_dump(include={"suite", "started_at"}) | {"run_id": run.id}
        row |= {"at": at, "by": plain_text(by, "by"), "total": total}
        with self._database.begin() as connection:
            connection.execute(sql.ADD_RUN, row | {"head": json_text(head, f"run {run.id!r}")})
            kept = connection.execute(sql.LOCK_RUN, row).mappings().one()
            check_same_run(read_back(type(run), kept["head"]), kept["total"], head, total)
            slices = {one.tag: json.loads(json_text(one, one.tag)) for one in run.slices}
            connection.execute(sql.ADD_SLICES, row | {"slices": json.dumps(slices)})
            if rows := [_row(run.id, one, at) for one in results]:
                connection.execute(sql.ADD_RESULT, rows)
            return _kept(connection.execute(sql.GET, row).mappings().one())

    def listed(
        self, suite: str | None, limit: int, before: str | None = None
    ) -> tuple["EvalRunKept", ...]:
        """See `EvalRunStore`."""
        wanted: dict[str, Any] = {"suite": suite, "limit": limit, "run_id": before}
        with self._database.connect() as connection:
            started = connection.execute(sql.STARTED, wanted).scalar() if before else None
            if before and started is None:
                raise no_such_run(before)
            rows = connection.execute(sql.LISTED, wanted | {"started_at": started}).mappings()
            return tuple(_kept(row) for row in rows)

    def suites(self) -> tuple[str, ...]:
        """See `EvalRunStore`."""
        with self._database.connect() as connection:
            return tuple(connection.execute(sql.SUITES).scalars())

    def get(self, run_id: str) -> "EvalRunKept":
        """See `EvalRunStore`."""
        with self._database.connect() as connection:
            return _get(connection, run_id)

    def outlines(self, run_id: str) -> tuple["EvalOutline", ...]:
        """See `EvalRunStore`."""
        from assist.domain.eval_runs import EvalOutline

        with self._database.connect() as connection:
            _get(connection, run_id)
            bodies = connection.execute(sql.OUTLINES, {"run_id": run_id}).scalars()
            return tuple(read_back(EvalOutline, body) for body in bodies)

    def trials(self, run_id: str, case_id: str) -> tuple["EvalTrial", ...]:
        """See `EvalRunStore`."""
        with self._database.connect() as connection:
            _get(connection, run_id)
            wanted = {"run_id": run_id, "case_id": case_id}
            found = [_trial(row) for row in connection.execute(sql.TRIALS, wanted).mappings()]
        if not found:
            raise no_such_case(run_id, case_id)
        return tuple(found)

    def thin(self, suite: str, keep: int) -> int:
        """See `EvalRunStore`."""
        with self._database.begin() as connection:
            return connection.execute(sql.THIN, {"suite": suite, "keep": keep}).rowcount


def headed(run: "EvalRun") -> "EvalRun":
    """The run without what is kept elsewhere."""
    return run.model_copy(update={"results": (), "slices": ()})


def check_same_run(kept: "EvalRun", total: int, given: "EvalRun", told: int) -> None:
    """Raises `AlreadyDone` unless both are the same run of as many results."""
    if kept != given or total != told:
        other = "another run" if kept != given else f"a run of {total} results"
        raise AlreadyDone(
            f"{given.id!r} is the id of {other}",
            cure="publish each run once, as it was written: a run scored anew has its own id",
            where="run.id",
        )


def no_such_run(run_id: str) -> NotFound:
    """What is said where no run has this id."""
    return NotFound(f"there is no run {run_id!r}", cure="`assist-evals publish RUN` keeps one")


def no_such_case(run_id: str, case_id: str) -> NotFound:
    """What is said where a run has no result of this case."""
    return NotFound(f"the run {run_id!r} has no case {case_id!r}")


def _get(connection: Connection, run_id: str) -> "EvalRunKept":
    row = connection.execute(sql.GET, {"run_id": run_id}).mappings().one_or_none()
    if row is None:
        raise no_such_run(run_id)
    return _kept(row)


def _row(run_id: str, one: "KeptResult", at: datetime) -> dict[str, Any]:
    case_id = one.outline.case_id
    suggestion = one.result.suggestion
    ticket = one.asked.ticket if one.asked else None
    return {
        "run_id": run_id,
        "case_id": case_id,
        "trial": one.outline.trial,
        "ticket_id": ticket.id if ticket else suggestion.ticket_id if suggestion else "",
        "at": at,
        "outline": json_text(one.outline, f"case {case_id!r}"),
        "asked": json_text(one.asked, f"case {case_id!r}") if one.asked else None,
        "body": json_text(one.result, f"case {case_id!r}"),
    }


def _kept(row: RowMapping) -> "EvalRunKept":
    from assist.domain.eval_runs import EvalRunKept
    from assist.domain.evaluation import EvalRun, EvalSlice

    slices = tuple(
        EvalSlice.model_validate(one) for _, one in sorted(json.loads(row["slices"]).items())
    )
    run = read_back(EvalRun, row["head"]).model_copy(update={"slices": slices})
    return EvalRunKept(run=run, total=row["total"], kept=row["kept"], at=row["at"], by=row["by"])


def _trial(row: RowMapping) -> "EvalTrial":
    from assist.domain.eval_runs import AskedCase, EvalOutline, EvalTrial
    from assist.domain.evaluation import EvalResult

    return EvalTrial(
        outline=read_back(EvalOutline, row["outline"]),
        asked=read_back(AskedCase, row["asked"]) if row["asked"] else None,
        result=read_back(EvalResult, row["body"]) if row["body"] else None,
    )
