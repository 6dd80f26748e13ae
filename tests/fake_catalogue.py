"""A `Catalogue` in memory."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assist.domain.knowledge import Passage
from assist.errors import StoreUnavailable
from assist.ports import ScopeRun
from assist.retrieval.rows import scope_runs


class InMemoryCatalogue:
    """A `Catalogue` that looks through everything."""

    def __init__(self) -> None:
        self._built: dict[str, tuple[Passage, ...]] = {}

    def build(self, generation: str, passages: Sequence[Passage]) -> None:
        self._built[generation] = tuple(passages)

    def has(self, generation: str) -> bool:
        return generation in self._built

    def count(self, generation: str) -> int:
        return len(self._all(generation))

    def passages(self, generation: str, rows: Sequence[int]) -> tuple[Passage, ...]:
        held = self._all(generation)
        if any(row < 0 for row in rows):
            raise IndexError(min(rows))
        return tuple(held[row] for row in rows)

    def row(self, generation: str, passage_id: str) -> int | None:
        held = enumerate(self._all(generation))
        return next((row for row, passage in held if passage.id == passage_id), None)

    def document_rows(self, generation: str, document_id: str) -> tuple[int, ...]:
        held = self._all(generation)
        rows = [row for row, passage in enumerate(held) if passage.document_id == document_id]
        return tuple(sorted(rows, key=lambda row: held[row].position))

    def document_ids(self, generation: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(passage.document_id for passage in self._all(generation)))

    def document_numbers(self, generation: str) -> NDArray[np.int32]:
        numbers = {name: number for number, name in enumerate(self.document_ids(generation))}
        held = self._all(generation)
        return np.array([numbers[passage.document_id] for passage in held], np.int32)

    def scopes(self, generation: str) -> tuple[ScopeRun, ...]:
        return scope_runs(self._all(generation))

    def faults(self, generation: str) -> tuple[str, ...]:
        return () if self.has(generation) else (f"no catalogue of generation {generation}",)

    def drop(self, keep: Sequence[str]) -> None:
        self._built = {name: held for name, held in self._built.items() if name in keep}

    def _all(self, generation: str) -> tuple[Passage, ...]:
        if generation not in self._built:
            raise StoreUnavailable(f"no catalogue of generation {generation}")
        return self._built[generation]
