"""Very many vectors -> a group's number for each, in time that grows as they do.

Average linkage compares each with each. Here they are first parted into neighborhoods of bounded
size; each is linked by itself, then the groups found are linked by their means, so that what a
border had cut is one again, and what was left single joins the group that it is near to.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from assist.ports import Vectors

Labels = NDArray[np.int64]
Rows = NDArray[np.int64]
Link = Callable[[Vectors], Labels]
"""Unit rows -> a group's number for each, by comparing each with each."""

NEIGHBORHOOD = 1_500
"""Vectors that are linked together, on average: 0.1 s each."""
LARGEST = 3_000
"""A neighborhood of more is parted again. Of groups, the largest so many are linked."""
SEED = 7
AT_ONCE = 2_048
"""Vectors compared with all groups together: with 3,000 groups 25 MB."""


def grouped(vectors: Vectors, link: Link, apart: float) -> Labels:
    """A group's number for each row, -1 where it is near to none.

    `link` groups a few thousand; two groups are one from a mean cosine of 1 - `apart` on.
    """
    labels = np.full(len(vectors), -1, dtype=np.int64)
    groups = [some for rows in neighborhoods(vectors) for some in _together(vectors, rows, link)]
    groups.sort(key=lambda rows: (-len(rows), int(rows[0])))
    groups = groups[:LARGEST]
    if not groups:
        return labels
    means = np.stack([vectors[rows].mean(axis=0) for rows in groups])
    numbers = _linked(means, apart)
    for number, rows in zip(numbers.tolist(), groups, strict=True):
        labels[rows] = number
    _join(vectors, labels, apart)
    return labels


def neighborhoods(vectors: Vectors) -> Iterator[Rows]:
    """The rows, parted so that near ones stand together; none has more than `LARGEST`."""
    waiting = [np.arange(len(vectors))]
    while waiting:
        rows = waiting.pop()
        if len(rows) <= LARGEST:
            yield rows
            continue
        parts = _parted(vectors[rows])
        if len(parts) == 1:  # all alike: where they are cut does not matter
            parts = np.array_split(parts[0], -(-len(rows) // NEIGHBORHOOD))
        waiting += [rows[part] for part in reversed(parts)]


def _parted(vectors: Vectors) -> list[Rows]:
    from sklearn.cluster import MiniBatchKMeans  # a second to import

    count = -(-len(vectors) // NEIGHBORHOOD)
    means = MiniBatchKMeans(
        count, batch_size=4_096, max_iter=20, n_init=1, random_state=SEED, compute_labels=True
    ).fit(vectors)
    parts = (np.flatnonzero(means.labels_ == number) for number in range(count))
    return [part for part in parts if len(part)]


def _together(vectors: Vectors, rows: Rows, link: Link) -> Iterator[Rows]:
    """The groups of two or more in a neighborhood."""
    if len(rows) < 2:
        return
    labels = link(vectors[rows])
    order = np.argsort(labels, kind="stable")
    for some in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        if len(some) > 1:
            yield rows[some]


def _linked(means: Vectors, apart: float) -> Labels:
    """Groups by their means; the mean cosine of two groups is the product of theirs."""
    if len(means) < 2:
        return np.zeros(len(means), dtype=np.int64)
    from sklearn.cluster import AgglomerativeClustering  # a second to import

    distances = 1 - means @ means.T
    np.fill_diagonal(distances, 0)
    linked = AgglomerativeClustering(
        n_clusters=None, distance_threshold=apart, metric="precomputed", linkage="average"
    )
    return np.asarray(linked.fit_predict(distances), dtype=np.int64)


def _join(vectors: Vectors, labels: Labels, apart: float) -> None:
    """Rows in no group get the number of the one that they are nearest to, if they are near."""
    inside = labels >= 0
    sums = np.zeros((int(labels.max()) + 1, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, labels[inside], vectors[inside])
    means = sums / np.bincount(labels[inside])[:, None]
    left = np.flatnonzero(~inside)
    for first in range(0, len(left), AT_ONCE):
        some = left[first : first + AT_ONCE]
        near = vectors[some] @ means.T
        labels[some] = np.where(near.max(axis=1) >= 1 - apart, near.argmax(axis=1), -1)
