"""How many came each day -> the days from which on more or fewer came.

Optimal partitioning (PELT, kept in `ruptures`) of the daily counts: made alike in spread by
Anscombe's root, which takes Poisson counts to a variance of 1, and with the usual week taken out.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from assist.domain.trends import Change

ENOUGH = 10
"""Cases under which nothing is looked for."""
DAYS = 28
"""Days under which nothing is looked for: the usual week is not known from less."""
WEEK = 7
"""Days between two changes at least: a week against a week has the same weekend in it."""
PENALTY = 2.5
"""Times the logarithm of the days: what a change must gain. With it at most 1.5 % of made-up
series without a change have one told (`python -m evals.changes`); with 2.0 it was up to 4.5 %, and
with 3.0 a doubling from 1 a day was found in 41 of 100 in place of 56."""
_NORMAL = 0.6745
"""Median of the absolute value of a standard normal number."""


def changes(counts: Sequence[int], first: date) -> tuple[Change, ...]:
    """Of counts for each day from `first` on, oldest first; none where there are too few."""
    if len(counts) < DAYS or sum(counts) < ENOUGH:
        return ()
    edges = [0, *_edges(np.asarray(counts, dtype=np.float64))]
    found = []
    for before, at, after in zip(edges, edges[1:-1], edges[2:], strict=False):
        found.append(
            Change(
                on=first + timedelta(days=at),
                before=_weekly(counts[before:at]),
                after=_weekly(counts[at:after]),
                days_before=at - before,
                days_after=after - at,
            )
        )
    return tuple(found)


def too_few(days: int, total: int) -> str:
    """Why no changes were looked for; empty where they were."""
    if days < DAYS:
        return f"changes are looked for from {DAYS} whole days on"
    return f"too few to tell a change: under {ENOUGH}" if total < ENOUGH else ""


def _weekly(counts: Sequence[int]) -> float:
    return round(WEEK * sum(counts) / len(counts), 2)


def _edges(counts: NDArray[np.float64]) -> list[int]:
    """Where each stretch ends, the last one with the counts."""
    import ruptures  # with scipy it takes a second

    even = _evened(2 * np.sqrt(counts + 0.375))
    steps = np.abs(np.diff(even))
    spread = max(1.0, float(np.median(steps) / _NORMAL) ** 2 / 2)  # more than Poisson's: bursts
    search = ruptures.KernelCPD(kernel="linear", min_size=WEEK, jump=1).fit(even.reshape(-1, 1))
    found = search.predict(pen=PENALTY * float(np.log(len(counts))) * spread)
    return [int(edge) for edge in found]


def _evened(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without the usual week: each day less the mean of its weekday."""
    weekday = np.arange(len(values)) % WEEK
    means = np.array([values[weekday == day].mean() for day in range(WEEK)])
    evened: NDArray[np.float64] = values - means[weekday]
    return evened
