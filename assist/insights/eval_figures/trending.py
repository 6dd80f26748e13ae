"""Runs of one suite -> how its scores went over time."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from assist.domain.evaluation import EvalRun, EvalSummary
from assist.insights.eval_figures.names import HARM, OUTCOME

SHOWN = 6
"""Scorers that a trend is drawn of: harm and outcome first, then those a threshold is set for."""
AMOUNTS = ("latency", "cost")


class Point(NamedTuple):
    """One run: the mean with its interval. `another_grader` marks where another one began."""

    run_id: str
    at: datetime
    mean: float
    low: float | None
    high: float | None
    another_grader: bool


class Trend(NamedTuple):
    """One scorer over the runs, the earliest first."""

    scorer: str
    threshold: float | None
    points: tuple[Point, ...]


def in_order(runs: Sequence[EvalRun]) -> tuple[EvalRun, ...]:
    """The earliest first, each once: of a run that was scored anew the copy by the usual grader.

    Copies began at the same moment. Of two whose graders are as common, the one that was scored
    anew stands, whose id is longer.
    """
    common = Counter(run.versions.grader for run in runs)
    found: dict[datetime, EvalRun] = {}
    for run in sorted(runs, key=lambda run: (common[run.versions.grader], len(run.id), run.id)):
        found[run.started_at] = run
    return tuple(found[at] for at in sorted(found))


def trends(runs: Sequence[EvalRun]) -> tuple[Trend, ...]:
    """The scorers that matter most over these runs of one suite; none where there is one run."""
    ordered = in_order(runs)
    if len(ordered) < 2:
        return ()
    means = [{s.scorer: s for s in run.summaries if s.mean is not None} for run in ordered]
    chosen = sorted(means[-1].values(), key=_rank)[:SHOWN]
    return tuple(_trend(one, ordered, means) for one in chosen if one.scorer not in AMOUNTS)


def _rank(summary: EvalSummary) -> tuple[bool, bool, bool, bool]:
    name = summary.scorer
    return (
        name in AMOUNTS,
        name not in OUTCOME,
        name not in HARM,
        summary.threshold is None,
    )


def _trend(
    last: EvalSummary, runs: Sequence[EvalRun], means: Sequence[dict[str, EvalSummary]]
) -> Trend:
    points: list[Point] = []
    grader = ""
    for run, known in zip(runs, means, strict=True):
        one = known.get(last.scorer)
        if one is None or one.mean is None:
            continue
        another = bool(grader) and grader != run.versions.grader
        grader = run.versions.grader
        points.append(Point(run.id, run.started_at, one.mean, one.low, one.high, another))
    return Trend(last.scorer, last.threshold, tuple(points))
