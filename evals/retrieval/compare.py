"""Two runs over the same queries -> what one has more than the other."""

import numpy as np

from assist.errors import BadInput
from evals.retrieval.intervals import differences
from evals.retrieval.metrics import METRICS, Scores
from evals.retrieval.results import Comparison, Loss

LOST = 10
"""Queries listed: those that lost most."""
JUDGED_BY = "nDCG@10"
"""The one metric that sees every change of the first ten."""


def compare(
    run: Scores, baseline: Scores, *, names: tuple[str, str], texts: dict[str, str] | None = None
) -> Comparison:
    """The run minus the baseline; `names` are theirs in that order, `texts` the queries by id.

    Raises `BadInput` where the two were not scored over the same queries.
    """
    if run.queries != baseline.queries:
        raise BadInput(
            "two runs over different queries cannot be compared",
            where=" and ".join(names),
            cure="score both with the same judgments",
        )
    found = differences(run.values - baseline.values)
    return Comparison(
        run=names[0],
        baseline=names[1],
        n=len(run.queries),
        metrics=dict(zip(METRICS, found, strict=True)),
        lost=_lost(run, baseline, texts or {}),
    )


def _lost(run: Scores, baseline: Scores, texts: dict[str, str]) -> tuple[Loss, ...]:
    column = list(METRICS).index(JUDGED_BY)
    now, before = run.values[:, column], baseline.values[:, column]
    # Stable, so that queries that lost as much stand in the order of the judgments.
    worst = np.argsort(now - before, kind="stable")[:LOST]
    return tuple(
        Loss(
            query_id=run.queries[i],
            text=texts.get(run.queries[i]),
            run=round(float(now[i]), 6),
            baseline=round(float(before[i]), 6),
        )
        for i in worst
        if now[i] < before[i]
    )
