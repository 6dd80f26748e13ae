"""What the core needs from the outside world: small protocols in domain types."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from assist.domain.base import Model
from assist.domain.inquiries import Asked
from assist.domain.jobs import Job
from assist.domain.knowledge import Document, Generation, Hit, Kind, Passage, ReadProblem
from assist.domain.records import CustomerRecord
from assist.domain.suggestion import Suggestion

Vectors = NDArray[np.float32]
"""Shape (n, dimension), rows of length 1."""

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""


class Embedder(Protocol):
    """Text to vectors. `max_pieces` word pieces of a text are read, special tokens included.

    `languages` are those it reads, ISO 639-1 or `multilingual`; empty where nobody has said.
    """

    name: str
    dimension: int
    max_pieces: int
    languages: tuple[str, ...]

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

    def asked(self, since: datetime, until: datetime) -> tuple[Asked, ...]:
        """What each ticket of that time asks, an issue each, by its latest revision."""
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


class Redactor(Protocol):
    """Takes what identifies a person out of a text."""

    def redact(self, text: str, known: Mapping[str, str]) -> str:
        """The text with placeholders such as `<EMAIL_1>`; equal values get equal placeholders.

        `known` is what the ticket itself says about the person: value -> type, for example
        `{"Ana Lima": "NAME"}`.
        """
        ...


class JobStore(Protocol):
    """Ingest jobs in the order they came, for one workspace. One is built at a time."""

    def add(self, job: Job, reading: Reading | None) -> None:
        """Keep a new job, with what was read for it; none where its files were uploaded."""
        ...

    def get(self, job_id: str) -> Job:
        """Raises `NotFound`."""
        ...

    def latest(self, limit: int) -> tuple[Job, ...]:
        """The newest first."""
        ...

    def unfinished(self) -> tuple[Job, ...]:
        """Those that wait or are being built, oldest first."""
        ...

    def reading(self, job_id: str) -> Reading:
        """What was read for a job that has not ended. Raises `NotFound`."""
        ...

    def claim(self, builder: str, at: datetime) -> Job | None:
        """The oldest unfinished job, now being built by this builder; none while another's is.

        One that the same builder had begun is begun again: it has died since. So is one that its
        builder has not shown a sign of life for long.
        """
        ...

    def save(self, job: Job) -> None:
        """Keep its state and progress. One that ended loses its reading, old ones go."""
        ...


class Upload(Protocol):
    """The files of one job while they arrive, one after the other."""

    def begin(self, name: str) -> None:
        """A new file; its name is made safe. Raises `BadInput` where nothing is left of it."""
        ...

    def write(self, data: bytes) -> None:
        """More of that file."""
        ...

    def end(self) -> None:
        """All there is has arrived: from now on it may be read."""
        ...


class Uploads(Protocol):
    """Files that programs sent, in a private folder per job, until the job has ended.

    `limit` is how many bytes one request may bring.
    """

    limit: int

    def receive(self, job_id: str) -> AbstractContextManager[Upload]:
        """Take files in; on an error nothing of them is left."""
        ...

    def folder(self, job_id: str) -> Path:
        """Where they are. Raises `NotFound`."""
        ...

    def remove(self, job_id: str) -> None:
        """Delete the files of this job, where there are any."""
        ...

    def keep(self, job_ids: Collection[str]) -> None:
        """Delete the files of every job but these. Never while files arrive."""
        ...


class LanguageDetector(Protocol):
    """Tells languages apart. The same text always gives the same."""

    def likely(self, text: str) -> Mapping[str, float]:
        """A probability per ISO 639-1 code, the likeliest first."""
        ...
