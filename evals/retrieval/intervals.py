"""Values per query -> means with 95 % intervals, by resampling the queries.

Queries are a sample of what customers ask: drawing as many of them again, with replacement, shows
how far a mean would move with other customers (Efron's percentile bootstrap). Two runs over the
same queries are compared query by query (Smucker, Allan and Carterette, CIKM 2007).
"""

from collections.abc import Iterator

import numpy as np

from evals.retrieval.metrics import METRICS, Scores, Values
from evals.retrieval.results import Difference, Estimate, Measures

RESAMPLES = 10_000
SEED = 20261120
"""One seed for every measurement: the same values give the same interval."""
BLOCK = 2_000_000
"""Numbers drawn at a time: 16 MB."""
COVERED = (0.025, 0.975)
LEAST = 2
"""Queries that an interval needs: one drawn again is always itself, which shows no spread."""
EXACT = 1e-12
"""Sums of the same numbers in another order differ by less."""


def measures(scores: Scores) -> Measures:
    """Each metric's mean over the queries."""
    n = len(scores.queries)
    found = estimates(scores.values.mean(axis=0), resampled_means(scores.values), n)
    return Measures(n=n, metrics=dict(zip(METRICS, found, strict=True)))


def resampled_means(values: Values, source: int = 0) -> Values:
    """The means of as many rows drawn again, (RESAMPLES, metrics); each source draws its own."""
    drawn = _drawn(values, np.random.default_rng([SEED, source]))
    return np.concatenate([times @ values / len(values) for times in drawn])


def _drawn(values: Values, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """How often each row is drawn, (resamples, rows): all metrics are summed by one product."""
    n = len(values)
    for size in _blocks(n):
        rows = rng.integers(n, size=(size, n)) + n * np.arange(size)[:, np.newaxis]
        yield np.bincount(rows.ravel(), minlength=size * n).reshape(size, n)


def _blocks(each: int) -> Iterator[int]:
    """Sizes that sum to RESAMPLES, each of at most BLOCK numbers."""
    step = max(1, BLOCK // each)
    for start in range(0, RESAMPLES, step):
        yield min(step, RESAMPLES - start)


def estimates(means: Values, resampled: Values, queries: int) -> tuple[Estimate, ...]:
    """Each column's mean, with the interval that 95 % of its resamples lie in.

    `queries` is how many were drawn from, the fewest where there are several sources; of fewer
    than `LEAST` there is no interval.
    """
    if queries < LEAST:
        return tuple(Estimate(mean=_rounded(mean), low=None, high=None) for mean in means)
    low, high = np.quantile(resampled, COVERED, axis=0)
    return tuple(
        Estimate(mean=_rounded(mean), low=_rounded(least), high=_rounded(most))
        for mean, least, most in zip(means, low, high, strict=True)
    )


def differences(differing: Values) -> tuple[Difference, ...]:
    """What one run has more than another: each metric's mean, interval and p, by query.

    `differing` is the run's values minus its baseline's, (queries, metrics).
    """
    found = estimates(differing.mean(axis=0), resampled_means(differing), len(differing))
    return tuple(
        Difference(
            mean=estimate.mean,
            low=estimate.low,
            high=estimate.high,
            p=_rounded(p),
            better=int((column > EXACT).sum()),
            equal=int((np.abs(column) <= EXACT).sum()),
            worse=int((column < -EXACT).sum()),
        )
        for estimate, p, column in zip(found, _p_values(differing), differing.T, strict=True)
    )


def _p_values(differing: Values) -> Values:
    """How often a mean is as far from 0 where chance decides which of the two runs is which.

    The runs as they are count as one of the swaps, so that p is never 0.
    """
    rng = np.random.default_rng(SEED)
    seen = np.abs(differing.sum(axis=0)) - EXACT * len(differing)
    as_far = np.ones(differing.shape[1])
    for size in _blocks(len(differing)):
        signs = rng.integers(2, size=(size, len(differing))) * 2.0 - 1.0
        as_far += (np.abs(signs @ differing) >= seen).sum(axis=0)
    return as_far / (RESAMPLES + 1)


def _rounded(value: float) -> float:
    return round(float(value), 6)
