"""What the core needs from the outside world: small protocols in domain types."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from assist.domain.base import Model
from assist.domain.knowledge import (
    Document,
    Generation,
    Hit,
    Kind,
    Passage,
    ReadProblem,
)
from assist.domain.records import CustomerRecord
from assist.domain.suggestion import Suggestion

Vectors = NDArray[np.float32]
"""Shape (n, dimension), rows of length 1."""

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""


class Embedder(Protocol):
    """Text to vectors. `max_pieces` word pieces of a text are read, special tokens included."""

    name: str
    dimension: int
    max_pieces: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text."""
        ...

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Character offsets (start, end) of the word pieces of `text`, untruncated, no specials."""
        ...


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


class Reading(Model):
    """What a source held: documents, the company's YAML files by name, and what went wrong."""

    root: str
    documents: tuple[Document, ...]
    files: dict[str, str] = Field(default_factory=dict)
    problems: tuple[ReadProblem, ...] = ()
    skipped_ids: tuple[str, ...] = ()
    """Ids of documents that are there but broken: their previous version is kept."""
    skipped_sources: tuple[str, ...] = ()
    """Files or folders that could not be read: what was read from them before is kept."""


class Source(Protocol):
    """Reads a path into documents."""

    def read(self, path: Path, kind: Kind | None) -> Reading:
        """Everything under `path`. Raises `BadKnowledgeBase` where it cannot be read at all."""
        ...


class KnowledgeStore(Protocol):
    """The truth about documents, passages and generations (Postgres), for one workspace."""

    def current(self) -> Generation | None:
        """The generation that serves, or none."""
        ...

    def documents(self, generation: str) -> tuple[Document, ...]:
        """All documents of a generation, ordered by id."""
        ...

    def files(self, generation: str) -> dict[str, str]:
        """The YAML files of a generation by name."""
        ...

    def passages(self, generation: str) -> tuple[Passage, ...]:
        """All passages of a generation, ordered by document id and position."""
        ...

    def stage(
        self,
        generation: Generation,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        files: Mapping[str, str],
    ) -> None:
        """Write a whole new generation that does not serve yet, in one transaction."""
        ...

    def publish(self, generation: str) -> None:
        """Make a staged generation the one that serves."""
        ...

    def generations(self) -> tuple[Generation, ...]:
        """Published generations, newest first."""
        ...


class SuggestionStore(Protocol):
    """Keeps suggestions by id, for one workspace."""

    def save(self, suggestion: Suggestion) -> None:
        """Keep it; saving the same id again replaces it."""
        ...

    def get(self, suggestion_id: str) -> Suggestion:
        """Raises `NotFound`."""
        ...


class Records(Protocol):
    """Customers, accounts, orders, earlier tickets."""

    def find(self, *, customer_id: str | None, email: str | None) -> CustomerRecord | None:
        """The customer's record, or none. Raises `Unavailable` when the system does not answer."""
        ...


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """The present, with a time zone."""
        ...


class Search(Protocol):
    """The one retrieval path, as the steps see it."""

    def __call__(
        self, query: str, *, kind: Kind | None, top_k: int, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        """Best hits first."""
        ...
