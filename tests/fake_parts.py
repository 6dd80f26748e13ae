"""A `PartIndex` in memory."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assist.errors import StoreUnavailable
from assist.ports import PartVectors


class InMemoryParts:
    """Compares with every part, one after another."""

    def __init__(self) -> None:
        self._built: dict[str, PartVectors] = {}

    def build(self, generation: str, parts: PartVectors) -> None:
        self._built[generation] = parts.copy()

    def has(self, generation: str) -> bool:
        return generation in self._built

    def parts(self, generation: str, rows: Sequence[int] | NDArray[np.int64]) -> PartVectors:
        return self._of(generation)[np.asarray(rows, dtype=np.int64)]

    def cosines(
        self, generation: str, rows: NDArray[np.int64], vector: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        stored = self._of(generation)
        found = np.full((len(rows), stored.shape[1]), -1.0, dtype=np.float32)
        for n, row in enumerate(rows):
            for part, numbers in enumerate(stored[row].astype(np.float32)):
                if numbers.any():
                    found[n, part] = float(numbers @ vector) / float(np.linalg.norm(numbers))
        return found

    def faults(self, generation: str) -> tuple[str, ...]:
        return () if self.has(generation) else (f"no parts of generation {generation}",)

    def drop(self, keep: Sequence[str]) -> None:
        self._built = {name: held for name, held in self._built.items() if name in keep}

    def _of(self, generation: str) -> PartVectors:
        if generation not in self._built:
            raise StoreUnavailable(f"no parts of generation {generation}")
        return self._built[generation]
