"""Outlines -> whether the product is right as often as it is sure."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from assist.domain.eval_runs import EvalOutline
from assist.insights.eval_figures.names import FULL, OUTCOME
from assist.insights.eval_figures.resampling import Mean, mean_of

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""A choice needs a total of 0.45, so that little lies below a half."""


class Bin(NamedTuple):
    """The trials whose value lies from `low` up to `high`: the mean of it, and how many are right.

    The last bin holds its upper end too.
    """

    low: float
    high: float
    value: float
    right: Mean


class Calibration(NamedTuple):
    """By value the share that was right. `error` is their mean distance, weighted by trials."""

    n: int
    bins: tuple[Bin, ...]
    error: float


def by_confidence(outlines: Sequence[EvalOutline]) -> Calibration | None:
    """The total of the chosen candidate against whether the outcome was right."""
    return _calibrated([(o.confidence, r) for o in outlines if (r := _right(o)) is not None])


def by_support(outlines: Sequence[EvalOutline]) -> Calibration | None:
    """The share of the draft's factual sentences that are supported, against the same."""
    return _calibrated([(o.support, r) for o in outlines if (r := _right(o)) is not None])


def _right(outline: EvalOutline) -> float | None:
    """1 where the outcome has full marks, 0 where not; none where no outcome is stated."""
    score = next((s for name in OUTCOME if (s := outline.scores.get(name)) is not None), None)
    return None if score is None or score.value is None else float(score.value >= FULL)


def _calibrated(pairs: Sequence[tuple[float | None, float]]) -> Calibration | None:
    known = [(value, right) for value, right in pairs if value is not None]
    bins = []
    for low, high in pairwise(EDGES):
        own = [(v, r) for v, r in known if low <= v < high or v == high == EDGES[-1]]
        right = mean_of([r for _, r in own])
        if right is not None:
            bins.append(Bin(low, high, sum(v for v, _ in own) / len(own), right))
    if not bins:
        return None
    error = sum(b.right.n * abs(b.value - b.right.mean) for b in bins) / len(known)
    return Calibration(len(known), tuple(bins), error)
