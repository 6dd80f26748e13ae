"""What passages are found by, and the one retrieval path over it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assist.domain.knowledge import Hit, Kind, Passage
from assist.ports.embedding import Vectors

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""


class VectorIndex(Protocol):
    """Nearest neighbours by cosine, one pool per kind, one build per generation."""

    def build(
        self, generation: str, passages: Sequence[Passage], vectors: Vectors, progress: Progress
    ) -> None:
        """Write a generation beside the others; until it is complete `has` says no."""
        ...

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        ...

    def vectors(
        self, generation: str, passage_ids: Sequence[str]
    ) -> dict[str, NDArray[np.float32]]:
        """Stored vectors of those passages that are in the generation."""
        ...

    def nearest(
        self, generation: str, kind: Kind, vector: NDArray[np.float32], limit: int
    ) -> list[tuple[str, float]]:
        """(passage id, cosine), best first."""
        ...

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        ...


class LexicalIndex(Protocol):
    """BM25 over passages, one pool per kind, one build per generation."""

    def build(self, generation: str, passages: Iterable[Passage]) -> None:
        """Write a generation beside the others and make it visible in one move."""
        ...

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        ...

    def search(self, generation: str, kind: Kind, text: str, limit: int) -> list[tuple[str, float]]:
        """(passage id, BM25 score), best first. `text` is plain words, never a query language."""
        ...

    def rarity(self, generation: str, text: str) -> dict[str, float]:
        """How rare each content term of `text` is here: 0 in every passage, 1 in none.

        Terms are stemmed words without function words, and codes such as `e217` (for E-217).
        """
        ...

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        ...


class Search(Protocol):
    """The one retrieval path, as the steps see it."""

    def __call__(
        self, query: str, *, kind: Kind | None, top_k: int, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        """Best hits first."""
        ...
