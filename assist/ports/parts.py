"""Vectors of the parts of passages."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assist.ports.embedding import PartVectors


class PartIndex(Protocol):
    """The vectors of the parts of passages by row, one build per generation."""

    def build(self, generation: str, parts: PartVectors) -> None:
        """Write a generation beside the others; `parts` stand in the order of their rows."""
        ...

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        ...

    def parts(self, generation: str, rows: Sequence[int] | NDArray[np.int64]) -> PartVectors:
        """What is stored of these rows, in this order."""
        ...

    def cosines(
        self, generation: str, rows: NDArray[np.int64], vector: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Shape (rows, parts): each part's cosine to this vector; -1 for one that is not there."""
        ...

    def faults(self, generation: str) -> tuple[str, ...]:
        """What is not as it was written, in words; empty where all is. Quick: it runs at start."""
        ...

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        ...
