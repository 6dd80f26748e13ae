"""In-memory indexes: exact cosine over every vector, and BM25 as it is written in the books."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assist.adapters.terms import codes, content_words, words
from assist.domain.knowledge import Kind, Passage
from assist.errors import StoreUnavailable
from assist.ports import Progress, Vectors


class ExactVectors:
    """A `VectorIndex` that compares with everything."""

    def __init__(self) -> None:
        self._built: dict[str, dict[str, tuple[Kind, NDArray[np.float32]]]] = {}

    def build(
        self, generation: str, passages: Sequence[Passage], vectors: Vectors, progress: Progress
    ) -> None:
        rows = zip(passages, vectors, strict=True)
        self._built[generation] = {p.id: (p.kind, row.copy()) for p, row in rows}
        progress("vectors", len(passages), len(passages))

    def has(self, generation: str) -> bool:
        return generation in self._built

    def vectors(
        self, generation: str, passage_ids: Sequence[str]
    ) -> dict[str, NDArray[np.float32]]:
        pool = self._pool(generation)
        return {id_: pool[id_][1] for id_ in passage_ids if id_ in pool}

    def nearest(
        self, generation: str, kind: Kind, vector: NDArray[np.float32], limit: int
    ) -> list[tuple[str, float]]:
        pool = self._pool(generation).items()
        hits = [(id_, float(row @ vector)) for id_, (of, row) in pool if of == kind]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[: max(0, limit)]

    def drop(self, keep: Sequence[str]) -> None:
        self._built = {g: pool for g, pool in self._built.items() if g in keep}

    def _pool(self, generation: str) -> dict[str, tuple[Kind, NDArray[np.float32]]]:
        if generation not in self._built:
            raise StoreUnavailable(f"no vectors of generation {generation}")
        return self._built[generation]


class NaiveLexical:
    """A `LexicalIndex` that reads every passage for every query."""

    def __init__(self) -> None:
        self._built: dict[str, list[tuple[Passage, Counter[str]]]] = {}

    def build(self, generation: str, passages: Iterable[Passage]) -> None:
        self._built[generation] = [(p, Counter(_terms(p.reading))) for p in passages]

    def has(self, generation: str) -> bool:
        return generation in self._built

    def search(self, generation: str, kind: Kind, text: str, limit: int) -> list[tuple[str, float]]:
        asked = set(_terms(text))
        passages = self._passages(generation)
        mean = sum(held.total() for _, held in passages) / max(1, len(passages))
        hits = []
        for passage, held in passages:
            length = 1.2 * (0.25 + 0.75 * held.total() / max(1.0, mean))
            parts = [
                self._idf(generation, term) * held[term] * 2.2 / (held[term] + length)
                for term in asked & held.keys()
            ]
            if parts and passage.kind == kind:
                hits.append((passage.id, sum(parts)))
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[: max(0, limit)]

    def rarity(self, generation: str, text: str) -> dict[str, float]:
        total = len(self._passages(generation))
        terms = [*content_words(text), *codes(text)]
        if not total:
            return dict.fromkeys(terms, 1.0)
        scale = math.log(total + 1)
        return {t: math.log((total + 1) / (self._count(generation, t) + 1)) / scale for t in terms}

    def drop(self, keep: Sequence[str]) -> None:
        self._built = {g: held for g, held in self._built.items() if g in keep}

    def _passages(self, generation: str) -> list[tuple[Passage, Counter[str]]]:
        if generation not in self._built:
            raise StoreUnavailable(f"no lexical index of generation {generation}")
        return self._built[generation]

    def _count(self, generation: str, term: str) -> int:
        return sum(term in held for _, held in self._passages(generation))

    def _idf(self, generation: str, term: str) -> float:
        count, total = self._count(generation, term), len(self._passages(generation))
        return math.log(1 + (total - count + 0.5) / (count + 0.5))


def _terms(text: str) -> list[str]:
    return [*words(text), *codes(text)]
