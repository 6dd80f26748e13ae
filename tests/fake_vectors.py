"""An in-memory `VectorIndex` that compares with everything."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assist.domain.knowledge import Passage
from assist.errors import StoreUnavailable
from assist.ports import Progress, Ranked, Runs, Vectors


class ExactVectors:
    """Its vectors are as they were given, so that each is found."""

    def __init__(self) -> None:
        self._built: dict[str, Vectors] = {}

    def build(
        self, generation: str, passages: Sequence[Passage], vectors: Vectors, progress: Progress
    ) -> None:
        assert len(passages) == len(vectors)
        self._built[generation] = vectors.copy()
        progress("vectors", len(passages), len(passages))

    def has(self, generation: str) -> bool:
        return generation in self._built

    def vectors(self, generation: str, rows: Sequence[int] | NDArray[np.int64]) -> Vectors:
        asked = np.asarray(rows, dtype=np.int64)
        self._require(generation, asked)
        return self._built[generation][asked]

    def nearest(
        self, generation: str, vector: NDArray[np.float32], limit: int, within: Runs
    ) -> Ranked:
        rows = np.array([r for start, stop in within for r in range(start, stop)], dtype=np.int64)
        self._require(generation, rows)
        if len(rows) and vector.shape != self._built[generation][0].shape:
            raise StoreUnavailable("the query's vector is of another model", cure="ingest again")
        scores = np.array([self._built[generation][row] @ vector for row in rows], dtype=np.float32)
        order = np.lexsort((rows, -scores))[: max(0, limit)]
        return Ranked(rows[order], scores[order])

    def nearest_each(
        self, generation: str, vectors: Vectors, limit: int, within: Runs
    ) -> list[Ranked]:
        return [self.nearest(generation, vector, limit, within) for vector in vectors]

    def unfindable(self, generation: str, rows: Sequence[int], progress: Progress) -> list[int]:
        self._require(generation, np.asarray(rows, dtype=np.int64))
        progress("checking vectors", len(rows), len(rows))
        return []

    def faults(self, generation: str) -> tuple[str, ...]:
        return () if self.has(generation) else (f"no vectors of generation {generation}",)

    def drop(self, keep: Sequence[str]) -> None:
        self._built = {g: vectors for g, vectors in self._built.items() if g in keep}

    def _require(self, generation: str, rows: NDArray[np.int64]) -> None:
        if generation not in self._built:
            raise StoreUnavailable(f"no vectors of generation {generation}")
        if len(rows) and not 0 <= rows.min() <= rows.max() < len(self._built[generation]):
            raise StoreUnavailable(f"generation {generation} has no such rows")
