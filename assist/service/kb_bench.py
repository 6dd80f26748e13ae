"""A knowledge base to look at: the one that serves, or a folder indexed for the moment alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assist.domain.knowledge import Document, Hit, Passage
from assist.errors import BadKnowledgeBase
from assist.insights.kb_lint.unfindable import Find
from assist.policies.rule_files import read_rule_files
from assist.ports import Catalogue, Embedder, LexicalIndex, PartIndex, Reading, VectorIndex, Vectors
from assist.retrieval.chunking import chunk
from assist.retrieval.parts import parts as parts_of
from assist.retrieval.query import search_text
from assist.retrieval.rows import in_rows
from assist.retrieval.search import Searcher
from assist.service.indexing import silent
from assist.service.library import Library
from assist.understanding.products import product_choices

PASSAGES = 25
"""Passages asked for, of which the first few documents are taken."""
MANY = 64
"""Texts from which on they are embedded as a corpus."""
GENERATION = "bench"


@dataclass(frozen=True, slots=True)
class Bench:
    """Empty indexes that nothing else uses, and what embeds."""

    catalogue: Catalogue
    vectors: VectorIndex
    parts: PartIndex
    lexical: LexicalIndex
    embedder: Embedder


@dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """Documents, the passages they are cut into, and how they are found.

    `products` are those that are sold; none where nobody has said.
    """

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    products: tuple[str, ...]
    searcher: Searcher

    def embed(self, texts: Sequence[str]) -> Vectors:
        """A unit row for each text."""
        embedder = self.searcher.embedder
        if len(texts) < MANY:
            return embedder.embed(texts)
        once = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        read = embedder.embed_corpus(tuple(once), [()] * len(once), lambda _: None)
        return read.vectors[[once[text] for text in texts]]

    def rarity(self, text: str) -> Mapping[str, float]:
        """The content terms of a text with how rare each is here, 0 to 1."""
        return self.searcher.lexical.rarity(self.searcher.generation, search_text(text).text)

    def finding(self, on: date) -> Find:
        """What finds documents on a day as those it holds for search: in its pool and region."""

        def find(document: Document, queries: Sequence[str]) -> Sequence[Sequence[str]]:
            filters = _filters(document, on)
            asked = [query for query in queries if query.strip()]
            found = self.searcher.find_each(
                asked, kind=document.kind, top_k=PASSAGES, filters=filters
            )
            by_query = dict(zip(asked, map(_documents, found), strict=True))
            return [by_query.get(query, ()) for query in queries]

        return find


def serving(library: Library) -> KnowledgeBase:
    """The one that serves."""
    knowledge, generation = library.parts.knowledge, library.generation.id
    return KnowledgeBase(
        documents=tuple(knowledge.documents(generation)),
        passages=tuple(knowledge.passages(generation)),
        products=_sold(knowledge.files(generation)),
        searcher=library.searcher,
    )


def put_up(bench: Bench, reading: Reading) -> KnowledgeBase:
    """What was read, indexed on this bench. Raises `BadKnowledgeBase` where it is empty."""
    documents = tuple(d for d in reading.documents if d.kind != "precedent")
    embedder = bench.embedder
    passages = in_rows(p for d in documents for p in chunk(d, embedder.pieces, embedder.max_pieces))
    if not passages:
        cure = "give a KB root or a folder of articles"
        raise BadKnowledgeBase("holds no article with text", where=reading.root, cure=cure)
    read = embedder.embed_corpus(
        [p.reading for p in passages], [parts_of(p) for p in passages], lambda _: None
    )
    bench.vectors.build(GENERATION, passages, read.vectors, silent)
    bench.parts.build(GENERATION, read.parts)
    bench.lexical.build(GENERATION, passages)
    bench.catalogue.build(GENERATION, passages)
    searcher = Searcher(
        generation=GENERATION,
        catalogue=bench.catalogue,
        vectors=bench.vectors,
        parts=bench.parts,
        lexical=bench.lexical,
        embedder=embedder,
    )
    return KnowledgeBase(documents, passages, _sold(reading.files), searcher)


def _sold(files: Mapping[str, str]) -> tuple[str, ...]:
    """The products that the company's own facts name; the packaged default names none."""
    own = {name: text for name, text in files.items() if name == "facts.yaml"}
    return product_choices(read_rule_files(own)[0].facts.facts) if own else ()


def _filters(document: Document, on: date) -> dict[str, str]:
    """As a suggestion searches: one day, its language, its region; the product is not said."""
    wanted = {
        "date": on.isoformat(),
        "region": document.regions[0] if document.regions else "",
        "language": document.language if document.kind == "kb" else "",
    }
    return {name: value for name, value in wanted.items() if value}


def _documents(hits: Sequence[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.document_id for hit in hits))
