"""A `StatementIndex` in memory."""

from collections.abc import Collection, Sequence

import numpy as np

from assist.errors import StoreUnavailable
from assist.ports import Kept, StatementVectors


class InMemoryStatements:
    """Texts as they are, with a vector or none."""

    def __init__(self) -> None:
        self._built: dict[str, dict[str, StatementVectors | None]] = {}
        self._dimensions: dict[str, int] = {}

    def build(
        self, generation: str, texts: Collection[str], dimension: int, lender: str = ""
    ) -> None:
        lent = self._built.get(lender, {}) if self._dimensions.get(lender) == dimension else {}
        self._built[generation] = {text: lent.get(text) for text in texts}
        self._dimensions[generation] = dimension

    def has(self, generation: str) -> bool:
        return generation in self._built

    def count(self, generation: str) -> int:
        return len(self._of(generation))

    def unread(self, generation: str) -> int:
        return sum(vector is None for vector in self._of(generation).values())

    def without_place(self, generation: str, texts: Sequence[str]) -> list[str]:
        return [text for text in texts if text not in self._of(generation)]

    def missing(self, generation: str, texts: Sequence[str]) -> list[str]:
        stated = self._of(generation)
        return [t for t in dict.fromkeys(texts) if t in stated and stated[t] is None]

    def keep(self, generation: str, texts: Sequence[str], vectors: StatementVectors) -> None:
        stated = self._of(generation)
        stated |= {t: v.copy() for t, v in zip(texts, vectors, strict=True) if t in stated}

    def read(self, generation: str, texts: Sequence[str]) -> Kept:
        stated = self._of(generation)
        found = [stated.get(text) for text in texts]
        none = np.zeros(self._dimensions[generation], dtype=np.int8)
        rows = [none if vector is None else vector for vector in found]
        return Kept(
            np.stack(rows) if rows else none.reshape(1, -1)[:0],
            np.array([vector is not None for vector in found], dtype=np.bool_),
            np.array([text in stated for text in texts], dtype=np.bool_),
        )

    def faults(self, generation: str) -> tuple[str, ...]:
        return () if self.has(generation) else (f"no statements of generation {generation}",)

    def drop(self, keep: Sequence[str]) -> None:
        self._built = {name: held for name, held in self._built.items() if name in keep}

    def _of(self, generation: str) -> dict[str, StatementVectors | None]:
        if generation not in self._built:
            raise StoreUnavailable(f"no statements of generation {generation}")
        return self._built[generation]
