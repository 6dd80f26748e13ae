"""Outlines -> how long suggestions take, as a whole and step by step."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assist.domain.eval_runs import EvalOutline

QUANTILES = (("median", 0.5), ("90 %", 0.9), ("95 %", 0.95), ("99 %", 0.99), ("longest", 1.0))
LEAST_BINS, MOST_BINS = 8, 24


class Timing(NamedTuple):
    """Milliseconds: quantiles by name, counts between edges, and the median of each step."""

    n: int
    quantiles: tuple[tuple[str, float], ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    steps: tuple[tuple[str, float], ...]


def timing(outlines: Sequence[EvalOutline]) -> Timing | None:
    """How long the trials took; none where there are none. Edges grow by the same factor."""
    times = np.array([one.ms for one in outlines])
    if not len(times):
        return None
    least, most = max(float(times.min()), 0.1), max(float(times.max()), 0.2)
    bins = min(MOST_BINS, max(LEAST_BINS, round(len(times) ** 0.5)))
    edges = np.geomspace(least * 0.999, max(most, least * 1.5) * 1.001, bins + 1)
    counts, _ = np.histogram(np.clip(times, edges[0], edges[-1]), edges)
    names = dict.fromkeys(step for one in outlines for step in one.steps)
    taken = {step: [o.steps[step] for o in outlines if step in o.steps] for step in names}
    return Timing(
        n=len(times),
        quantiles=tuple((name, float(np.quantile(times, at))) for name, at in QUANTILES),
        edges=tuple(map(float, edges)),
        counts=tuple(map(int, counts)),
        steps=tuple((step, float(np.median(ms))) for step, ms in taken.items()),
    )
