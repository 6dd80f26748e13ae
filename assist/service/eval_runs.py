"""Use cases: keep a run of the evaluation harness, look at it, lay two of them side by side."""

from typing import NamedTuple

from assist.domain.eval_runs import EvalOutline, EvalPart, EvalRunKept, KeptResult
from assist.domain.evaluation import EvalRun
from assist.errors import BadInput
from assist.insights.eval_figures.pairing import Compared, compared, require_comparable
from assist.service.eval_outlines import outline_of
from assist.service.parts import Parts

WHOLE = 50
"""Runs of a suite whose suggestions are kept; of older ones the outlines with their scores stay.
A suggestion takes some 15 kB on disk, so that fifty nightly runs of 230 cases are under 200 MB."""
TREND = 30
"""Runs that a trend is drawn over."""


def publish(parts: Parts, part: EvalPart, by: str) -> EvalRunKept:
    """Keep a part of a run; parts of the same run add up, and the same part again adds nothing.

    Raises `AlreadyDone` where its id is that of another run, `BadInput` naming what does not fit.
    """
    asked = {one.id: one for one in part.asked}
    results = [
        KeptResult(
            outline=outline_of(one, asked.get(one.case_id)),
            result=one,
            asked=asked.get(one.case_id),
        )
        for one in part.run.results
    ]
    _check(part, [one.outline for one in results])
    kept = parts.eval_runs.add(part.run, results, part.total, by, parts.clock.now())
    if kept.whole:
        parts.eval_runs.thin(part.run.suite, WHOLE)
    return kept


def _check(part: EvalPart, results: list[EvalOutline]) -> None:
    if len(results) > part.total:
        problem = f"{len(results)} results of a run that has {part.total} in all"
        raise BadInput(problem, where="total", cure="say how many results the run has")
    seen: set[tuple[str, int]] = set()
    for one in results:
        if (one.case_id, one.trial) in seen:
            problem = f"trial {one.trial} of the case {one.case_id!r} stands twice"
            raise BadInput(problem, where="run.results", cure="send each result once")
        seen.add((one.case_id, one.trial))


def history(parts: Parts, run: EvalRun, limit: int = TREND) -> tuple[EvalRun, ...]:
    """The run and those of its suite before it, the latest first, without slices and results."""
    before = parts.eval_runs.listed(run.suite, limit - 1, run.id)
    return (run, *(one.run for one in before if one.run.kind == run.kind))


class SideBySide(NamedTuple):
    """Two runs, and what the first has more than the second."""

    a: EvalRunKept
    b: EvalRunKept
    found: Compared


def side_by_side(parts: Parts, a: str, b: str) -> SideBySide:
    """Raises `NotFound`, and `BadInput` for runs that cannot be compared."""
    runs = parts.eval_runs.get(a), parts.eval_runs.get(b)
    require_comparable(runs[0].run, runs[1].run)
    return SideBySide(*runs, compared(parts.eval_runs.outlines(a), parts.eval_runs.outlines(b)))
