"""What passages are found by, and the one retrieval path over it.

A generation's passages stand in *rows*, numbered from 0 in the order of `in_rows`
(`assist.retrieval.rows`): passages of one scope beside each other, so that a filter keeps a few
runs of rows. The catalogue, the vectors and the words of a generation share these numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from assist.domain.knowledge import Hit, Kind, Passage, Scope
from assist.ports.embedding import Vectors

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""

Runs = tuple[tuple[int, int], ...]
"""Rows as ranges `(first, after the last)`, in order, none touching another."""


class Ranked(NamedTuple):
    """Rows with their scores, best first; equal scores in order of row."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]


class ScopeRun(NamedTuple):
    """The rows `start` to before `stop` are the passages of this scope, by document id."""

    scope: Scope
    start: int
    stop: int


class Catalogue(Protocol):
    """The passages of a generation by row, id and document, read as they are asked for."""

    def build(self, generation: str, passages: Sequence[Passage]) -> None:
        """Write a generation beside the others. `passages` stand in the order of their rows."""
        ...

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        ...

    def count(self, generation: str) -> int:
        """How many rows there are."""
        ...

    def passages(self, generation: str, rows: Sequence[int]) -> tuple[Passage, ...]:
        """The passages in these rows, in this order."""
        ...

    def row(self, generation: str, passage_id: str) -> int | None:
        """Where a passage stands, or none."""
        ...

    def document_rows(self, generation: str, document_id: str) -> tuple[int, ...]:
        """The rows of a document by position; empty where there is no such document."""
        ...

    def document_ids(self, generation: str) -> tuple[str, ...]:
        """All documents that have passages, in order of their first row."""
        ...

    def document_numbers(self, generation: str) -> NDArray[np.int32]:
        """Row -> the place of its document in `document_ids`."""
        ...

    def scopes(self, generation: str) -> tuple[ScopeRun, ...]:
        """The scopes, in order of row; together they cover all rows."""
        ...

    def faults(self, generation: str) -> tuple[str, ...]:
        """What is not as it was written, in words; empty where all is."""
        ...

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        ...


class VectorIndex(Protocol):
    """Nearest neighbours by cosine, one build per generation."""

    def build(
        self, generation: str, passages: Sequence[Passage], vectors: Vectors, progress: Progress
    ) -> None:
        """Write a generation beside the others; until it is complete `has` says no.

        `passages` and `vectors` stand in the order of their rows.
        """
        ...

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        ...

    def vectors(self, generation: str, rows: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """The stored vectors of these rows, in this order."""
        ...

    def nearest(
        self, generation: str, vector: NDArray[np.float32], limit: int, within: Runs
    ) -> Ranked:
        """The rows of `within` whose vectors are nearest, with their cosines."""
        ...

    def nearest_each(
        self, generation: str, vectors: Vectors, limit: int, within: Runs
    ) -> list[Ranked]:
        """The same for each of these vectors; for several it takes less than one by one."""
        ...

    def unfindable(self, generation: str, rows: Sequence[int], progress: Progress) -> list[int]:
        """Those of these rows that their own vector does not find among the nearest."""
        ...

    def faults(self, generation: str) -> tuple[str, ...]:
        """What is not as it was written, in words; empty where all is. Quick: it runs at start."""
        ...

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        ...


class LexicalIndex(Protocol):
    """BM25 over the fields of passages, one build per generation."""

    def build(self, generation: str, passages: Sequence[Passage]) -> None:
        """Write a generation beside the others and make it visible in one move.

        `passages` stand in the order of their rows.
        """
        ...

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        ...

    def search(self, generation: str, text: str, limit: int, within: Runs) -> Ranked:
        """The rows of `within` that hold words of `text`, by BM25.

        `text` is plain words, never a query language.
        """
        ...

    def rarity(self, generation: str, text: str) -> dict[str, float]:
        """How rare each content term of `text` is here: 0 in every passage, 1 in none.

        Terms are stemmed words without function words, and codes such as `e217` (for E-217).
        """
        ...

    def read_as(self, generation: str, text: str) -> Mapping[str, tuple[str, ...]]:
        """Words of `text` that no passage holds -> the terms that were searched for instead."""
        ...

    def terms(self, generation: str, text: str) -> frozenset[str]:
        """The content terms of `text`: those that `rarity` tells about."""
        ...

    def unfindable(
        self, generation: str, passages: Mapping[int, Passage], progress: Progress
    ) -> list[int]:
        """Those of these rows that their own words do not find; one without words is not meant."""
        ...

    def faults(self, generation: str) -> tuple[str, ...]:
        """What is not as it was written, in words; empty where all is. Quick: it runs at start."""
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
