"""Vectors as passages have them: topics, and what is said about each close together."""

from collections.abc import Sequence

import numpy as np

from assist.adapters.vectors import Choice
from assist.domain.knowledge import Kind, Passage
from assist.ports import Vectors
from tests.builders import a_passage

GRAPHS = Choice(exact_rows=50, graph=0, result=0)
"""A graph for every kind of more than 50 rows, and it is always asked."""


def passages(count: int, kind: Kind = "kb") -> list[Passage]:
    return [a_passage("x", id=f"{kind}{n}", kind=kind) for n in range(count)]


def unit(rows: Vectors) -> Vectors:
    lengths: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / lengths


def topical(count: int, dimension: int = 32) -> Vectors:
    """`count` vectors around one topic for every twenty of them."""
    draw = np.random.default_rng(7)
    topics = draw.standard_normal((max(1, count // 20), dimension))
    near = topics[draw.integers(0, len(topics), count)]
    return unit((near + 0.5 * draw.standard_normal((count, dimension))).astype(np.float32))


def by_hand(vectors: Vectors, vector: Vectors, rows: Sequence[int], limit: int) -> list[int]:
    """The nearest of these rows, each compared on its own in double precision."""
    scores = {row: float(vectors[row].astype(float) @ vector.astype(float)) for row in rows}
    return sorted(rows, key=lambda row: (-scores[row], row))[:limit]
