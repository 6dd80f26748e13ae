"""Several sources -> means over them: every source counts the same, however many queries it has."""

from collections.abc import Mapping

import numpy as np

from assist.errors import BadInput
from evals.retrieval.intervals import estimates, resampled_means
from evals.retrieval.metrics import METRICS, Scores, Values
from evals.retrieval.results import Estimate, Measures, Ratio


def summary(sources: Mapping[str, Scores]) -> Measures:
    """Each metric's mean of the sources' means; `n` is how many sources.

    The interval is of other queries to the same sources: each source's queries are drawn again on
    their own, and one source of a single query leaves all without. Raises `BadInput` where there
    is no source.
    """
    found = estimates(*_over(sources), _fewest(sources))
    return Measures(n=len(sources), metrics=dict(zip(METRICS, found, strict=True)))


def compare_sources(run: Mapping[str, Scores], baseline: Mapping[str, Scores]) -> dict[str, Ratio]:
    """By metric, what the run's mean over the sources has more than the baseline's.

    Both are drawn again together, so an interval is of the difference, not of either.
    Raises `BadInput` where they were not scored over the same sources and queries.
    """
    same = run.keys() == baseline.keys()
    if not same or any(run[name].queries != baseline[name].queries for name in run):
        raise BadInput(
            "runs over different sources or queries cannot be compared",
            cure="score both with the same judgments of the same sources",
        )
    ours, ours_drawn = _over(run)
    theirs, theirs_drawn = _over({name: baseline[name] for name in run})
    fewest = _fewest(run)
    more = estimates(ours - theirs, ours_drawn - theirs_drawn, fewest)
    times = (
        _times(*each, fewest)
        for each in zip(ours, theirs, ours_drawn.T, theirs_drawn.T, strict=True)
    )
    return {
        name: Ratio(difference=difference, times=ratio)
        for name, difference, ratio in zip(METRICS, more, times, strict=True)
    }


def _times(
    ours: float, theirs: float, ours_drawn: Values, theirs_drawn: Values, queries: int
) -> Estimate | None:
    """How many times the other's mean; none where that is 0, here or in a resample."""
    if not theirs or not theirs_drawn.all():
        return None
    ratio, drawn = np.array([ours / theirs]), (ours_drawn / theirs_drawn)[:, np.newaxis]
    return estimates(ratio, drawn, queries)[0]


def _fewest(sources: Mapping[str, Scores]) -> int:
    return min(len(one.queries) for one in sources.values())


def _over(sources: Mapping[str, Scores]) -> tuple[Values, Values]:
    """The means over the sources, and those of each resample."""
    if not sources:
        raise BadInput("no source to sum up", cure="score at least one")
    means = np.mean([one.values.mean(axis=0) for one in sources.values()], axis=0)
    resampled = [resampled_means(one.values, n) for n, one in enumerate(sources.values())]
    return means, np.mean(resampled, axis=0)
