"""Signs -> the probability that a reader finds the answer. All numbers, and where they are from."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assist.domain.base import Model
from assist.domain.coverage import CoverageState

Numbers = NDArray[np.float32]


class CoveringScale(Model):
    """The value is `1 / (1 + exp(-slope * (evidence - bar)))`.

    The evidence is the mean of the best line's cosine and that of the `neighbors` best, and
    the relative distance, of which `relative` are worth as much as a whole cosine.
    """

    neighbors: int = 5
    lines_each: int = 8
    """Lines that there are for each neighbor: where an article has three lines and none is beside
    it, the second best is about something else."""
    relative: float = 600.0
    slope: float = 14.5
    bar: float = 0.56
    covered: float = 0.5
    """From here on a text counts as covered,"""
    partly: float = 0.2
    """and from here on as covered partly."""

    def among(self, lines: int) -> int:
        """Neighbors to take the mean of, where there are so many lines."""
        return min(self.neighbors, math.ceil(lines / self.lines_each))

    def evidence(self, best: Numbers, mean: Numbers, relative: Numbers) -> Numbers:
        """What the three signs that count say together."""
        return np.asarray((best + mean) / 2 + relative / self.relative, dtype=np.float32)

    def values(self, evidence: Numbers) -> Numbers:
        """The probabilities; exact to where a float ends."""
        logit = np.clip(self.slope * (evidence - self.bar), -60, 60)
        return np.asarray(1 / (1 + np.exp(-logit)), dtype=np.float32)

    def state(self, value: float) -> CoverageState:
        """What to call a value."""
        if value >= self.covered:
            return "covered"
        return "partly" if value >= self.partly else "not"


COVERING = CoveringScale()
"""Fitted on three knowledge bases, of each 15 % and 30 % of its articles hidden: 125 FAQ with
customers' paraphrases, 712 sections of manuals with questions, 150 lists of questions (fitted on a
part that no figure is told of), and questions of another source. Covered texts weigh as much as
both kinds of gaps. Its bar is within .05 of the best one of each of them.
`relative` from 300 to 1,000 ranks as well. Measured, and of no use beside these three: the
margin to the second document, whether both retrievers agree, the share of rare words that the
lines or the document hold, the density around the nearest line."""

FEW_LABELS = 50
"""Labels below which nothing is learned of them. With 50, the calibration error on 150 lists of
questions goes from .14 to .06, with 200 to .03."""
PRIOR = 2.0
"""How firmly slope and offset are held: what one over their variance is, in units of the scale.
Of the three knowledge bases the best offset is up to .6 away; held ten times as firmly, 200 labels
leave an error of .09."""
ROUNDS, SMALL = 50, 1e-6


def refitted(
    scale: CoveringScale, evidence: Sequence[float], covered: Sequence[bool]
) -> CoveringScale:
    """The scale moved to what people said of these texts; the same where there are few labels.

    A logistic fit (Platt 1999) by Newton's method, drawn to the scale as it was. Labels of one
    kind alone move the bar too, as far as the prior allows.
    """
    if len(evidence) < FEW_LABELS:
        return scale
    told = np.asarray(covered, dtype=np.float64)
    # In units of the scale as it was: slope 1 and offset 0 are where it starts from.
    raised = scale.slope * (np.asarray(evidence, dtype=np.float64) - scale.bar)
    weights = _fitted(np.column_stack([raised, np.ones(len(told))]), told)
    steeper = max(float(weights[0]), 0.1)  # a scale on which less evidence means more is none
    moved = float(weights[1]) / (steeper * scale.slope)
    return scale.model_copy(update={"slope": scale.slope * steeper, "bar": scale.bar - moved})


def _fitted(x: NDArray[np.float64], told: NDArray[np.float64]) -> NDArray[np.float64]:
    """Slope and offset of least loss, from slope 1 and offset 0 and drawn to them."""
    before = np.array([1.0, 0.0])

    def loss(weights: NDArray[np.float64]) -> float:
        logit = x @ weights
        drawn = PRIOR / 2 * np.square(weights - before).sum()
        return float((np.logaddexp(0, logit) - told * logit).sum() + drawn)

    weights = before
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -60, 60)))
        pull = x.T @ (p - told) + PRIOR * (weights - before)
        bend = (x * (p * (1 - p))[:, None]).T @ x + PRIOR * np.eye(2)
        step = np.linalg.solve(bend, pull)
        while loss(weights - step) > loss(weights) and np.abs(step).max() > SMALL:
            step = step / 2  # Newton's method alone leaps away where labels are nearly parted
        weights = weights - step
        if np.abs(step).max() <= SMALL:
            break
    return weights


def error_in_bins(values: Sequence[float], covered: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error: mean distance of value and share covered, by equal bins."""
    if not values:
        return math.nan
    told, seen = np.asarray(values), np.asarray(covered, dtype=np.float64)
    place = np.minimum((told * bins).astype(int), bins - 1)
    held = [place == number for number in range(bins)]
    return float(sum(abs(told[h].mean() - seen[h].mean()) * h.mean() for h in held if h.any()))
