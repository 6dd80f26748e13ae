"""Tickets -> a map of them: points that lie near each other where they ask alike."""

from collections.abc import Sequence

import numpy as np

from assist.domain.base import Model
from assist.ports import Vectors

MOST = 2_000
"""Points that a page can draw."""


class Point(Model):
    """An issue on the map. `gap` is the number of its gap by rank, from 1; 0 of those in none."""

    x: float
    y: float
    coverage: float
    gap: int


def placed(vectors: Vectors, coverage: Sequence[float], gaps: Sequence[int]) -> tuple[Point, ...]:
    """The first two principal components: a fit of its own would move all with each ticket."""
    if not len(vectors):
        return ()
    centered = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centered, full_matrices=False)
    if len(axes) < 2:  # one ticket has no directions
        axes = np.zeros((2, vectors.shape[1]), dtype=np.float32)
    places = centered @ axes[:2].T
    return tuple(
        Point(x=float(x), y=float(y), coverage=value, gap=gap)
        for (x, y), value, gap in zip(places, coverage, gaps, strict=True)
    )
