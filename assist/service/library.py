"""The live generation made searchable: one retrieval path for commands, routes and steps."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assist.domain.knowledge import Generation, Hit, Kind, Passage
from assist.errors import NoIndex, NotFound
from assist.ports import Embedder, Progress
from assist.retrieval.coverage import Coverage, coverage
from assist.retrieval.query import search_text
from assist.retrieval.search import Searcher
from assist.service.indexing import Previous, embed, silent
from assist.service.languages import abilities_of
from assist.service.parts import Parts
from assist.understanding.language import Abilities

NO_FILTERS: Mapping[str, str] = MappingProxyType({})
INGEST_FIRST = "run `assist ingest PATH`"


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Library:
    """Everything one generation knows. `notes` say what had to be rebuilt to open it."""

    parts: Parts
    generation: Generation
    searcher: Searcher
    by_document: Mapping[str, tuple[Passage, ...]]
    notes: tuple[str, ...]
    abilities: Abilities

    @classmethod
    def open(
        cls, parts: Parts, progress: Progress = silent, queries: Embedder | None = None
    ) -> "Library":
        """The generation that serves now; a derived index that lacks it is rebuilt first.

        `queries` embeds what is searched for, by default as passages are. Raises `NoIndex` where
        nothing was ingested, or where another embedder indexed it.
        """
        generation = serving(parts)
        passages = parts.knowledge.passages(generation.id)
        notes = _rebuild_missing(parts, generation, passages, progress)
        grouped: dict[str, list[Passage]] = {}
        for passage in passages:
            grouped.setdefault(passage.document_id, []).append(passage)
        searcher = Searcher(
            generation=generation.id,
            passages={passage.id: passage for passage in passages},
            vectors=parts.vectors,
            lexical=parts.lexical,
            embedder=queries or parts.embedder,
        )
        return cls(
            parts=parts,
            generation=generation,
            searcher=searcher,
            by_document={document_id: tuple(group) for document_id, group in grouped.items()},
            notes=notes,
            abilities=abilities_of(passages, parts.embedder.languages),
        )

    def search(
        self,
        query: str,
        kind: Kind | None = None,
        top_k: int = 10,
        filters: Mapping[str, str] = NO_FILTERS,
    ) -> tuple[Hit, ...]:
        """Passages, best first. Raises `BadInput`, `UnknownFilter`."""
        return self.searcher.find(query, kind=kind, top_k=top_k, filters=filters)

    def documents(
        self,
        query: str,
        kind: Kind | None = None,
        top_k: int = 10,
        filters: Mapping[str, str] = NO_FILTERS,
    ) -> tuple[Hit, ...]:
        """Documents by their best passage, best first. Raises `BadInput`, `UnknownFilter`."""
        return self.searcher.documents(query, kind=kind, top_k=top_k, filters=filters)

    def coverage(self, query: str, hits: Sequence[Hit]) -> Coverage:
        """How likely these hits of this query answer it."""
        return coverage(hits, self.rarity(query))

    def rarity(self, query: str) -> dict[str, float]:
        """The content terms of a query, each with how rare it is here, 0 to 1."""
        return self.parts.lexical.rarity(self.generation.id, search_text(query).text)

    def passage(self, passage_id: str) -> Passage:
        """Raises `NotFound`, naming the ids nearest to it."""
        found = self.searcher.passages.get(passage_id)
        if found is None:
            document = self.by_document.get(passage_id.rpartition("#")[0])
            known = [p.id for p in document] if document else list(self.by_document)
            raise _not_found("passage", passage_id, known)
        return found

    def document(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in order. Raises `NotFound`, naming the ids nearest to it."""
        found = self.by_document.get(document_id)
        if found is None:
            raise _not_found("document with text", document_id, list(self.by_document))
        return found

    def neighbors(self, passage: Passage) -> tuple[Passage, ...]:
        """The passages right before and right after this one in its document."""
        return tuple(
            other
            for other in self.document(passage.document_id)
            if abs(other.position - passage.position) == 1
        )


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


def _rebuild_missing(
    parts: Parts, generation: Generation, passages: Sequence[Passage], progress: Progress
) -> tuple[str, ...]:
    """Build what derived indexes lack from the store, which holds the truth; say what."""
    notes = []
    if not parts.vectors.has(generation.id):
        vectors = embed(parts, passages, Previous(), progress)
        parts.vectors.build(generation.id, passages, vectors, progress)
        notes.append(f"the vector index lacked generation {generation.number} and was rebuilt")
    if not parts.lexical.has(generation.id):
        parts.lexical.build(generation.id, passages)
        notes.append(f"the lexical index lacked generation {generation.number} and was rebuilt")
    return tuple(notes)


def _not_found(what: str, wanted: str, known: Sequence[str]) -> NotFound:
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    cure = f"did you mean {', '.join(near)}?" if near else "ask `assist search` for ids"
    return NotFound(f"there is no {what} {wanted!r}", cure=cure)
