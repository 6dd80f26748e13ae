"""Vectors of lines, by document -> how much likelier a text belongs to one of them than to none.

A relative Mahalanobis distance (Ren et al. 2021, https://arxiv.org/abs/2106.09022): how far a text
is from the whole knowledge base, less how far it is from the nearest document, each measured in
its own spread. A text between two documents is near to everything and inside of nothing.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assist.ports import Vectors

FEW = 20
"""Residuals below which the spread inside documents is taken to be half of that between them."""
INSIDE = 0.5
RIDGE = 1e-4
"""Variance added in every direction, a few percent of a unit vector's per direction (1/384): no
spread is exactly none, though one line's or a hundred equal ones' seems so."""

KNOWN = 20
"""Documents from which on distances count in full; of one alone they count nothing, between by how
many there are. Of few, both spreads are guesses: drawn three at a time from 60 FAQ and 60 lists of
questions, the covered texts were *farther* from their document, by what they tell, than others."""

Matrix = NDArray[np.float32]


class Places(NamedTuple):
    """Where texts stand: `relative` is a number each, `within` one for each document (less is in).

    Both are squared distances in their own spread, times how far the spreads are known.
    """

    relative: Matrix
    within: Matrix


@dataclass(frozen=True, eq=False)
class Space:
    """The spread of all lines, and the spread around the mean of a document."""

    mean: Matrix
    around_all: Matrix
    """(dimension, dimension): multiplied by it, differences have unit variance."""
    around_one: Matrix
    centers: Matrix
    """(documents, dimension): their means, times `around_one`."""
    known: float
    """From 0 to 1: how far the spreads can be known of so many documents."""

    @classmethod
    def fit(cls, vectors: Vectors, groups: NDArray[np.int64], documents: int) -> "Space":
        """`groups` says for each row which of the `documents` it is of, each of one row or more."""
        mean = vectors.mean(axis=0)
        sizes = np.bincount(groups, minlength=documents).astype(np.float32)
        centers = np.zeros((documents, vectors.shape[1]), dtype=np.float32)
        np.add.at(centers, groups, vectors)
        centers /= sizes[:, None]
        everywhere = spread(vectors - mean)
        many = sizes[groups] > 1
        # A mean is drawn toward its own lines, the more the fewer there are.
        own = np.sqrt(sizes[groups] / np.maximum(sizes[groups] - 1, 1))[many, None]
        residuals = (vectors - centers[groups])[many] * own
        inside = spread(residuals) if len(residuals) >= FEW else everywhere * INSIDE
        around_one = whitening(inside)
        known = min(1.0, (documents - 1) / (KNOWN - 1))
        return cls(mean, whitening(everywhere), around_one, centers @ around_one, known)

    def place(self, vectors: Vectors) -> Places:
        """Where each of these stands."""
        total = np.square((vectors - self.mean) @ self.around_all).sum(axis=1)
        moved = vectors @ self.around_one
        lengths = np.square(self.centers).sum(axis=1)
        within = lengths - 2 * (moved @ self.centers.T) + np.square(moved).sum(axis=1)[:, None]
        known = np.float32(self.known)
        return Places(known * (total - within.min(axis=1)).astype(np.float32), known * within)


def spread(centered: Matrix) -> Matrix:
    """The covariance of rows whose mean is 0, shrunk as Ledoit and Wolf (2004) do.

    Of few rows in many dimensions it is drawn to a ball: their own covariance has no inverse.
    """
    count, wide = centered.shape
    seen = centered.T @ centered / count
    ball = np.float32(np.trace(seen) / wide) * np.eye(wide, dtype=np.float32)
    apart = float(np.square(seen - ball).sum())
    noise = float((np.square(centered).sum(axis=1) ** 2).mean() - np.square(seen).sum()) / count
    share = np.float32(min(1.0, max(0.0, noise / apart))) if apart > 0 else np.float32(1)
    return np.asarray((1 - share) * seen + share * ball, dtype=np.float32)


def whitening(covariance: Matrix) -> Matrix:
    """What differences are multiplied by so that their covariance is the identity."""
    ridged = covariance + np.float32(RIDGE) * np.eye(len(covariance), dtype=np.float32)
    return np.asarray(np.linalg.cholesky(np.linalg.inv(ridged.astype(np.float64))), np.float32)
