"""Our resampling beside scipy's, on the same numbers: how far they are apart."""

import numpy as np
from scipy.stats import bootstrap, permutation_test

from assist.domain.base import Model
from evals.retrieval.intervals import RESAMPLES
from evals.statistics.intervals import MADE_UP, intervals
from evals.statistics.weighing import weighed

SEED = 20261123


class Apart(Model):
    """The largest difference seen: of an interval's ends, and of a p."""

    samples: int
    ends: float
    p: float


def apart(samples: int, cases: int = 60) -> Apart:
    """So many samples of scores, and as many pairs, by us and by `scipy.stats`."""
    rng = np.random.default_rng(SEED)
    ends, p_values = [0.0], [0.0]
    for _ in range(samples):
        a, b = rng.choice([0, 0.5, 1], p=[0.1, 0.2, 0.7], size=(2, cases))
        ends.append(_ends_apart(a, rng))
        p_values.append(_p_apart(a, b, rng))
    return Apart(samples=samples, ends=max(ends), p=max(p_values))


def _ends_apart(values: np.ndarray, rng: np.random.Generator) -> float:
    (ours,) = intervals(values[:, np.newaxis])
    drawn_with = np.concatenate([values, MADE_UP])
    theirs = bootstrap(
        (drawn_with,), np.mean, method="percentile", n_resamples=RESAMPLES, rng=rng
    ).confidence_interval
    assert ours.low is not None  # noqa: S101 - there are many cases
    assert ours.high is not None  # noqa: S101
    return max(abs(ours.low - float(theirs.low)), abs(ours.high - float(theirs.high)))


def _p_apart(a: np.ndarray, b: np.ndarray, rng: np.random.Generator) -> float:
    (ours,) = weighed({"one": (a, b)})
    theirs = permutation_test(
        (a, b), _mean_difference, permutation_type="samples", n_resamples=RESAMPLES, rng=rng
    )
    return abs(ours.difference.p - float(theirs.pvalue))


def _mean_difference(a: np.ndarray, b: np.ndarray, axis: int) -> np.ndarray:
    return np.asarray(np.mean(a - b, axis=axis))
