"""Made-up suites whose truth is known -> how often an interval holds it, and how often a test errs.

A suite of cases is drawn from a distribution of scores; its true mean is known. Two runs of one
product are drawn from the same chances of each case, so that every difference is chance.
"""

from collections.abc import Callable, Sequence
from math import comb

import numpy as np

from assist.domain.base import Model
from evals.retrieval.results import Estimate
from evals.statistics.intervals import intervals
from evals.statistics.weighing import SIGNIFICANT, weighed

Rng = np.random.Generator
SEED = 20261123
AT_ONCE = 25
"""Suites whose intervals are drawn together."""
EXACT = 1e-6
"""Ends are rounded to so much."""


Draw = Callable[[Rng, tuple[int, int]], np.ndarray]
PARTS, CHANCES = (0.0, 0.5, 2 / 3, 1.0), (0.1, 0.1, 0.1, 0.7)
SHARES = (0.5, 0.8, 0.9, 0.97)
"""Chances of full marks, where there are only full marks and none."""
SMOOTHER: dict[str, tuple[float, Draw]] = {
    "shares of several parts": (
        float(np.dot(PARTS, CHANCES)),
        lambda rng, shape: rng.choice(PARTS, p=CHANCES, size=shape),
    ),
    "smooth, skewed": (2 / 7, lambda rng, shape: rng.beta(2, 5, shape)),
}
"""Other ways in which scores fall: the true mean, and how some are drawn."""


class Coverage(Model):
    """The share of suites of so many cases whose interval holds the true mean.

    `suites` is how many were drawn; none where every suite that there can be was looked at.
    """

    scores: str
    cases: int
    suites: int | None
    held: float


class FalseAlarms(Model):
    """How often chance alone was called a difference: by one scorer, and anywhere among all."""

    cases: int
    scorers: int
    runs: int
    single: float
    anywhere: float


class Power(Model):
    """How often a product that is truly better by so much was told so."""

    cases: int
    better_by: float
    runs: int
    found: float


def coverage_of_shares(cases: int) -> tuple[Coverage, ...]:
    """How often the interval holds the truth, where each case is passed or not: exactly.

    A suite of so many cases can pass 0, 1, 2 … of them; each has its interval and its chance.
    """
    counts = range(cases + 1)
    passed = np.arange(cases)[:, np.newaxis] < np.array(counts)
    found = intervals(passed.astype(np.float64))
    return tuple(
        Coverage(
            scores=f"1 or 0, {chance:.0%} are 1",
            cases=cases,
            suites=None,
            held=sum(
                comb(cases, count) * chance**count * (1 - chance) ** (cases - count)
                for count, one in zip(counts, found, strict=True)
                if _holds(chance, one)
            ),
        )
        for chance in SHARES
    )


def coverage(name: str, cases: int, suites: int, seed: int = SEED) -> Coverage:
    """How often the interval of a suite drawn from one of `SMOOTHER` holds the truth."""
    rng = np.random.default_rng(seed)
    mean, draw = SMOOTHER[name]
    held = 0
    for start in range(0, suites, AT_ONCE):
        drawn = draw(rng, (cases, min(AT_ONCE, suites - start)))
        held += sum(_holds(mean, one) for one in intervals(drawn))
    return Coverage(scores=name, cases=cases, suites=suites, held=held / suites)


def _holds(mean: float, one: Estimate) -> bool:
    return (
        one.low is not None and one.high is not None and one.low - EXACT <= mean <= one.high + EXACT
    )


def false_alarms(cases: int, scorers: int, runs: int, seed: int = SEED) -> FalseAlarms:
    """How often two runs of one product are told to differ."""
    rng = np.random.default_rng(seed)
    single = anywhere = 0
    for _ in range(runs):
        chances = rng.beta(6, 1.5, (cases, scorers))
        found = weighed(_pairs(_passed(rng, chances), _passed(rng, chances)))
        single += sum(one.difference.p < SIGNIFICANT for one in found)
        anywhere += any(one.significant for one in found)
    return FalseAlarms(
        cases=cases,
        scorers=scorers,
        runs=runs,
        single=single / (runs * scorers),
        anywhere=anywhere / runs,
    )


def power(cases: int, better_by: float, scorers: int, runs: int, seed: int = SEED) -> Power:
    """How often a true gain in one scorer of several is found, after correction for all."""
    rng = np.random.default_rng(seed)
    found = 0
    for _ in range(runs):
        chances = rng.beta(6, 1.5, (cases, scorers)) * (1 - better_by)
        gained = chances.copy()
        gained[:, 0] += better_by
        told = weighed(_pairs(_passed(rng, gained), _passed(rng, chances)))
        found += told[0].significant and told[0].difference.mean > 0
    return Power(cases=cases, better_by=better_by, runs=runs, found=found / runs)


def _passed(rng: Rng, chances: np.ndarray) -> np.ndarray:
    return 1.0 * (rng.random(chances.shape) < chances)


def _pairs(a: np.ndarray, b: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    return {str(column): (a[:, column], b[:, column]) for column in range(a.shape[1])}


def coverages(sizes: Sequence[int], suites: int) -> tuple[Coverage, ...]:
    """Every way in which scores fall, at every size."""
    exact = [one for cases in sizes for one in coverage_of_shares(cases)]
    drawn = [coverage(name, cases, suites) for name in SMOOTHER for cases in sizes]
    return (*exact, *drawn)
