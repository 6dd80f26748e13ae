"""What the retrievers say of each passage -> one ranking. Pure and deterministic.

The score is a convex combination, `(1 - w) * meaning + w * words / best words`, with the weight
of `trust`. Meaning is the cosine of the passage's nearest part, words are its BM25.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.floating]


class Candidates(NamedTuple):
    """What was found, a row each, in any order; arrays of one length.

    rows: rows of the generation. whole: the cosine of the passage. part: that of its nearest
    part. words: its BM25, 0 where it holds none of the words.
    """

    rows: NDArray[np.int64]
    whole: Column
    part: Column
    words: Column


class Fused(NamedTuple):
    """The candidates in order, best first, equal ones by row.

    `order` are places in `Candidates`; scores, ranks and weights go by those places. A rank of 0
    says that the passage holds none of the query's words.
    """

    candidates: Candidates
    order: NDArray[np.int64]
    scores: Column
    meaning_rank: NDArray[np.int64]
    words_rank: NDArray[np.int64]
    weight: float
    best_words: float


def fuse(found: Candidates, weight: float) -> Fused:
    """One ranking; `weight` is that of words, 0..1. Does not depend on the order of `found`."""
    meaning = np.clip(found.part, 0.0, 1.0)
    words = np.maximum(found.words, 0.0)
    best = float(words.max(initial=0.0))
    unit = words / best if best > 0 else np.zeros_like(words)
    scores = ((1 - weight) * meaning + weight * unit).astype(np.float32)
    return Fused(
        candidates=found,
        order=np.lexsort((found.rows, -scores)),
        scores=scores,
        meaning_rank=_ranks(meaning, found.rows),
        words_rank=np.where(words > 0, _ranks(words, found.rows), 0),
        weight=weight,
        best_words=best,
    )


def _ranks(values: Column, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rank of each place, from 1; equal values in order of row."""
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[np.lexsort((rows, -values))] = np.arange(1, len(values) + 1)
    return ranks
