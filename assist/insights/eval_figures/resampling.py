"""Scores per case -> a mean with a 95 % interval, and the difference of two runs, by resampling.

Cases are a sample of what customers ask: drawing as many again, with replacement, shows how far a
mean would move with others. As in the harness itself, a mean of scores is drawn with two made-up
cases, one of all and one of nothing (Laplace's rule of succession), so that forty full marks do
not claim that no case can fail; how often such an interval holds the truth is in docs/evals.md.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 4_000
"""The ends of an interval move by less than a hundredth of it between two seeds."""
SEED = 20261120
COVERED = (0.025, 0.975)
LEAST = 2
"""Cases that an interval needs."""
EXACT = 1e-12
SIGNIFICANT = 0.05
Floats = NDArray[np.float64]


class Mean(NamedTuple):
    """A mean over `n` cases; the interval is none for a single one."""

    n: int
    mean: float
    low: float | None
    high: float | None


class Change(NamedTuple):
    """What one run has more than another by one scorer, over the cases both were scored for.

    `p` is after Holm's correction over all scorers of the comparison; `better` and `worse` count
    cases.
    """

    scorer: str
    n: int
    a: float
    b: float
    mean: float
    low: float | None
    high: float | None
    p: float
    better: int
    worse: int

    @property
    def sure(self) -> bool:
        """Whether chance would hardly do it."""
        return self.p < SIGNIFICANT


def mean_of(values: Sequence[float]) -> Mean | None:
    """The mean of scores 0..1 with its interval; none without cases."""
    if not values:
        return None
    mean = float(np.mean(values))
    if len(values) < LEAST:
        return Mean(len(values), mean, None, None)
    low, high = np.quantile(_resampled(np.array([*values, 0.0, 1.0])), COVERED)
    return Mean(len(values), mean, float(low), float(high))


def changes(paired: Mapping[str, tuple[Sequence[float], Sequence[float]]]) -> tuple[Change, ...]:
    """Each scorer's difference, first minus second; one without cases is left out."""
    found = [_change(name, np.array(a), np.array(b)) for name, (a, b) in paired.items() if len(a)]
    adjusted = _holm([one.p for one in found])
    return tuple(one._replace(p=p) for one, p in zip(found, adjusted, strict=True))


def needed(scorers: int) -> int:
    """Cases that must all move one way by one scorer before chance would hardly do it."""
    return math.ceil(math.log2(2 * max(scorers, 1) / SIGNIFICANT))


def cannot_tell(cases: int, scorers: int) -> str:
    """What a comparison of so few cases does not show, in words; empty where it could."""
    least = needed(scorers)
    if cases >= least:
        return ""
    return (
        f"{cases} cases are too few to tell any difference from chance: {least} would have to move "
        "the same way by one scorer. No difference found is not no difference."
    )


def _change(name: str, a: Floats, b: Floats) -> Change:
    differing = a - b
    low = high = None
    if len(differing) >= LEAST:
        low, high = (float(end) for end in np.quantile(_resampled(differing), COVERED))
    better, worse = int((differing > EXACT).sum()), int((differing < -EXACT).sum())
    p = _p_value(differing) if better or worse else 1.0
    means = (float(a.mean()), float(b.mean()), float(differing.mean()))
    return Change(name, len(a), *means, low, high, p, better, worse)


def _resampled(values: Floats) -> Floats:
    rng = np.random.default_rng(SEED)
    n = len(values)
    # Block by block: a thousand cases times all resamples at once would be 32 MB.
    blocks = [rng.integers(n, size=(RESAMPLES // 4, n)) for _ in range(4)]
    return np.concatenate([values[rows].mean(axis=1) for rows in blocks])


def _p_value(differing: Floats) -> float:
    """How often a mean is as far from 0 where chance decides which of the two runs is which.

    The runs as they are count as one of the swaps, so that p is never 0.
    """
    moved = differing[np.abs(differing) > EXACT]
    signs = np.random.default_rng(SEED).integers(2, size=(RESAMPLES, len(moved))) * 2.0 - 1.0
    as_far = (np.abs(signs @ moved) >= abs(moved.sum()) - EXACT * len(differing)).sum()
    return float((1 + as_far) / (RESAMPLES + 1))


def _holm(p_values: Sequence[float]) -> list[float]:
    """Each p as it stands among all of them: the smallest times their number, and so on."""
    least, adjusted = 0.0, [1.0] * len(p_values)
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        least = max(least, min(1.0, p_values[place] * (len(p_values) - rank)))
        adjusted[place] = least
    return adjusted
