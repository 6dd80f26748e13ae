"""Exact search: every row of some runs against a vector, on the matrix as it is mapped.

Row by row with `numpy.vecdot`, not as a matrix product: on one core it takes the same time, a
product waits for both cores (25 ms instead of 1 where others use one), and a row scores the same
wherever it stands, so that equal ones are known to be.
"""

import numpy as np
from numpy.typing import NDArray

from assist.adapters.vectors.spans import Rows, Spans, rows_of
from assist.ports import Ranked, Vectors

Vector = NDArray[np.float32]
Scores = NDArray[np.float32]

BRIDGE = 16
"""A gap of so few rows is computed too and left out: it costs less than another call."""
GATHERED = 16
"""Fewer rows are copied together first: a call of its own costs as much as copying so many."""
BLOCK = 1024
"""Rows copied at once: 1.5 MB at 384 numbers, which stays in the cache."""
SHARED = 512
"""Rows compared with all vectors before the next ones are: half of a core's cache."""


def exact(matrix: Vectors, vectors: Vectors, within: Spans, limit: int) -> list[Ranked]:
    """For each vector the `limit` rows within that are nearest, best first, equal ones by row.

    The rows are read from memory once for all vectors, which is what takes the time.
    """
    rows = rows_of(within)
    scores = np.clip(_scan(matrix, vectors, within, rows), -1, 1)
    return [_most(rows, own, limit) for own in scores]


def _most(rows: Rows, scores: Scores, limit: int) -> Ranked:
    if limit < len(rows):
        least = np.partition(scores, len(rows) - limit)[len(rows) - limit]
        kept = np.flatnonzero(scores >= least)
        rows, scores = rows[kept], scores[kept]
    return _best(rows, scores, limit)


def ranked(matrix: Vectors, vector: Vector, rows: Rows, limit: int) -> Ranked:
    """The `limit` best of these rows, best first, equal ones in order of row."""
    return _best(rows, np.clip(cosines(matrix, vector, rows), -1, 1), limit)


def cosines(matrix: Vectors, vector: Vector, rows: Rows) -> Scores:
    """The cosine of each of these rows."""
    scores = np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), BLOCK):
        some = rows[start : start + BLOCK]
        np.vecdot(matrix[some], vector, out=scores[start : start + BLOCK])
    return scores


def _best(rows: Rows, scores: Scores, limit: int) -> Ranked:
    order = np.lexsort((rows, -scores))[:limit]
    return Ranked(rows[order], scores[order])


def _scan(matrix: Vectors, vectors: Vectors, within: Spans, rows: Rows) -> Scores:
    """The cosine of each row within to each vector: a line per vector. `rows` are all of them."""
    scores = np.empty((len(vectors), len(rows)), dtype=np.float32)
    if not len(within):
        return scores
    if len(within) == 1:
        _along(matrix[within[0, 0] : within[0, 1]], vectors, scores)
        return scores
    first, after = _stretches(within)
    short = after - first < GATHERED
    for start, stop in zip(first[~short].tolist(), after[~short].tolist(), strict=True):
        low = rows[start]
        stretch = matrix[low : rows[stop - 1] + 1]
        along = np.empty((len(vectors), len(stretch)), dtype=np.float32)
        _along(stretch, vectors, along)
        scores[:, start:stop] = along[:, rows[start:stop] - low]
    lone = rows_of(np.stack([first[short], after[short]], axis=1))
    for vector, own in zip(vectors, scores, strict=True):
        own[lone] = cosines(matrix, vector, rows[lone])
    return scores


def _along(rows: Vectors, vectors: Vectors, scores: Scores) -> None:
    """Into `scores`, a line per vector, what each of these neighboring rows comes to."""
    block = SHARED if len(vectors) > 1 else max(1, len(rows))
    for start in range(0, len(rows), block):
        some = rows[start : start + block]
        for vector, own in zip(vectors, scores, strict=True):
            np.vecdot(some, vector, out=own[start : start + block])


def _stretches(within: Spans) -> tuple[Rows, Rows]:
    """Runs that lie near each other as one: its first place among all rows within, and its end."""
    after = np.cumsum(within[:, 1] - within[:, 0])
    last = np.append(within[1:, 0] - within[:-1, 1] > BRIDGE, True)
    ends = after[last]
    return np.append(0, ends[:-1]), ends
