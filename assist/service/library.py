"""The live generation made searchable: one retrieval path for commands, routes and steps."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assist.domain.knowledge import Generation, Hit, Kind, Passage, WhyNot
from assist.errors import NoIndex, NotFound
from assist.ports import Embedder, Kept, Progress
from assist.retrieval.coverage import Coverage, coverage
from assist.retrieval.query import search_text
from assist.retrieval.search import Searcher
from assist.retrieval.why_not import SearchUnit, why_not
from assist.service.index_repair import mend
from assist.service.indexing import silent
from assist.service.parts import Parts
from assist.service.remembering import similarity_by

if TYPE_CHECKING:
    from assist.understanding.language import Abilities

NO_FILTERS: Mapping[str, str] = MappingProxyType({})
INGEST_FIRST = "run `assist ingest PATH`"
READ_AT_ONCE = 256
"""Passages read together by whoever walks through all of them."""


class Care(Protocol):
    """Sees to what is derived from a generation before it is opened; what must be said of it."""

    def __call__(
        self,
        parts: Parts,
        generation: Generation,
        progress: Progress,
        before: Generation | None = None,
    ) -> tuple[str, ...]:
        """`before` is what served here until now. Raises `NotReady`, `DiskFull`."""
        ...


@dataclass(frozen=True, eq=False)
class Library:
    """Everything one generation knows, read as it is asked for.

    `notes` say what had to be rebuilt to open it.
    """

    parts: Parts
    generation: Generation
    searcher: Searcher
    notes: tuple[str, ...]

    @classmethod
    def open(
        cls,
        parts: Parts,
        progress: Progress = silent,
        queries: Embedder | None = None,
        care: Care = mend,
    ) -> "Library":
        """The generation that serves now; what is derived from it and is not whole is rebuilt.

        `queries` embeds what is searched for, by default as passages are; `care` sees to what is
        derived. Raises `NoIndex` where nothing was ingested, or where another embedder indexed it,
        and what `care` raises.
        """
        generation = serving(parts)
        notes = care(parts, generation, progress)
        searcher = Searcher(
            generation=generation.id,
            catalogue=parts.catalogue,
            vectors=parts.vectors,
            parts=parts.parts,
            lexical=parts.lexical,
            embedder=queries or parts.embedder,
        )
        return cls(parts=parts, generation=generation, searcher=searcher, notes=notes)

    @cached_property
    def abilities(self) -> "Abilities":
        """The languages it is written in, and so those it can answer in."""
        from assist.service.languages import abilities_of

        catalogue, generation = self.parts.catalogue, self.generation.id
        numbers = catalogue.document_numbers(generation)
        articles = [
            (run.scope, len(np.unique(numbers[run.start : run.stop])))
            for run in catalogue.scopes(generation)
        ]
        return abilities_of(articles, self.parts.embedder.languages)

    def search(
        self,
        query: str,
        kind: Kind | None = None,
        top_k: int = 10,
        filters: Mapping[str, str] = NO_FILTERS,
    ) -> tuple[Hit, ...]:
        """Passages, best first. Raises `BadInput`, `UnknownFilter`."""
        return self.searcher.find(query, kind=kind, top_k=top_k, filters=filters)

    def search_each(
        self, queries: Sequence[str], kind: Kind | None, top_k: int, filters: Mapping[str, str]
    ) -> tuple[tuple[Hit, ...], ...]:
        """The passages of each query, in less time than one by one. Raises as `search` does."""
        return self.searcher.find_each(queries, kind=kind, top_k=top_k, filters=filters)

    def documents(
        self,
        query: str,
        kind: Kind | None = None,
        top_k: int = 10,
        filters: Mapping[str, str] = NO_FILTERS,
    ) -> tuple[Hit, ...]:
        """Documents by their best passage, best first. Raises `BadInput`, `UnknownFilter`."""
        return self.searcher.documents(query, kind=kind, top_k=top_k, filters=filters)

    def why_not(
        self,
        query: str,
        wanted: str,
        *,
        kind: Kind | None = None,
        top_k: int = 10,
        filters: Mapping[str, str] = NO_FILTERS,
        unit: SearchUnit = "passage",
    ) -> WhyNot:
        """Why `search` does not return a passage, or any passage of a document, named by its id.

        With `document`, why `documents` does not return that document, or that of the passage.
        Raises `NotFound` beside what they raise.
        """
        row = self.parts.catalogue.row(self.generation.id, wanted)
        rows = self._rows(wanted) if row is None else (row,)
        if not rows:
            self.passage(wanted)  # says which ids are near
        if unit == "document":
            rows = self._rows(self._read(rows[:1])[0].document_id)
        return why_not(
            self.searcher, query, rows, kind=kind, top_k=top_k, filters=filters, unit=unit
        )

    def coverage(self, query: str, hits: Sequence[Hit]) -> Coverage:
        """How likely these hits of this query answer it."""
        return coverage(hits, self.rarity(query))

    def rarity(self, query: str) -> dict[str, float]:
        """The content terms of a query, each with how rare it is here, 0 to 1."""
        return self.parts.lexical.rarity(self.generation.id, search_text(query).text)

    def passage(self, passage_id: str) -> Passage:
        """Raises `NotFound`, naming the ids nearest to it."""
        row = self.parts.catalogue.row(self.generation.id, passage_id)
        if row is None:
            document = self._rows(passage_id.rpartition("#")[0])
            known = [p.id for p in self._read(document)] if document else self.document_ids()
            raise _not_found("passage", passage_id, known)
        return self._read((row,))[0]

    def document(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in order. Raises `NotFound`, naming the ids nearest to it."""
        rows = self._rows(document_id)
        if not rows:
            raise _not_found("document with text", document_id, self.document_ids())
        return self._read(rows)

    def neighbors(self, passage: Passage) -> tuple[Passage, ...]:
        """The passages right before and right after this one in its document."""
        rows = self._rows(passage.document_id)
        beside = (passage.position - 1, passage.position + 1)
        return self._read(tuple(rows[place] for place in beside if 0 <= place < len(rows)))

    def document_ids(self) -> tuple[str, ...]:
        """All documents that have text."""
        return self.parts.catalogue.document_ids(self.generation.id)

    def passages(self) -> Iterator[Passage]:
        """All passages, one after the other."""
        count = self.parts.catalogue.count(self.generation.id)
        for first in range(0, count, READ_AT_ONCE):
            yield from self._read(range(first, min(first + READ_AT_ONCE, count)))

    @cached_property
    def similarity(self) -> Callable[[str, Sequence[str]], list[float]]:
        """Cosine of a text to each of others; the vectors of its statements are those kept."""
        return similarity_by(self.searcher.embedder, self.statements)

    def statements(self, texts: Sequence[str]) -> Kept:
        """The vectors that are kept of what its passages state; others have none."""
        return self.parts.statements.read(self.generation.id, texts)

    def _rows(self, document_id: str) -> tuple[int, ...]:
        return self.parts.catalogue.document_rows(self.generation.id, document_id)

    def _read(self, rows: Sequence[int]) -> tuple[Passage, ...]:
        return self.parts.catalogue.passages(self.generation.id, rows)


def serving(parts: Parts) -> Generation:
    """The generation that serves. Raises `NoIndex`: none does, or another embedder indexed it."""
    generation = parts.knowledge.current()
    if generation is None:
        raise NoIndex("nothing has been ingested yet", cure=INGEST_FIRST)
    if generation.embedder != parts.embedder.name:
        raise NoIndex(
            f"the knowledge base was indexed with {generation.embedder}, "
            f"and the embedder is {parts.embedder.name}",
            cure=f"{INGEST_FIRST} again, or set the embedder back",
        )
    return generation


def _not_found(what: str, wanted: str, known: Sequence[str]) -> NotFound:
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    cure = f"did you mean {', '.join(near)}?" if near else "ask `assist search` for ids"
    return NotFound(f"there is no {what} {wanted!r}", cure=cure)
