"""Documents -> those that their own words do not find, or whose title hides what they say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from assist.domain.base import Model
from assist.domain.gaps import LintFinding, Span
from assist.domain.knowledge import Document
from assist.insights.kb_lint.own_words import Query, Rarity, own_queries, shared_headings
from assist.insights.kb_lint.scope import meet, same_readers
from assist.insights.kb_lint.shelf import Embed, Shelf, Stated

Find = Callable[[Document, Sequence[str]], Sequence[Sequence[str]]]
"""For each query the ids of the documents found for it, best first, as customers of this document
search."""

Row = NDArray[np.float32]


class FindableScale(Model):
    """When a document counts as unfindable."""

    depth: int = 5
    """Documents that a reader looks at."""
    missed: float = 0.5
    """Share of its own queries that do not find it, from which on it is unfindable."""
    title: float = 0.34
    """Cosine of a title to the three statements nearest to it. In `kb_corpus` the least is .36;
    of titles exchanged at random 85 % are below, of empty ones (“More information”) all."""
    nearest: int = 3


SCALE = FindableScale()
HIDDEN = 0.8
"""Confidence where a title hides its text."""


def unfindable(shelf: Shelf, find: Find, rarity: Rarity, embed: Embed) -> Iterator[LintFinding]:
    """One finding for each document in force that states anything."""
    told = _stated(shelf)
    documents = [d for d in shelf.documents if d.id in told]
    shared, hidden = shared_headings(documents), _hidden(documents, told, shelf, embed)
    for document in documents:
        queries = tuple(own_queries(document, shared, rarity))
        missed = _missed(document, queries, find)
        if document.id in hidden:
            yield _found(document, told[document.id], missed, _hiding(document), HIDDEN)
        elif _is_lost(missed, queries):
            sure = len(missed) / len(queries)
            yield _found(document, told[document.id], missed, _losing(document, missed), sure)


def _stated(shelf: Shelf) -> Mapping[str, tuple[Stated, ...]]:
    found: dict[str, list[Stated]] = {}
    for one in shelf.current:
        found.setdefault(one.passage.document_id, []).append(one)
    return {name: tuple(members) for name, members in found.items()}


def _missed(document: Document, queries: Sequence[Query], find: Find) -> tuple[Query, ...]:
    found = find(document, [query.text for query in queries])
    return tuple(
        query
        for query, ids in zip(queries, found, strict=True)
        if document.id not in ids[: SCALE.depth]
    )


def _is_lost(missed: Sequence[Query], queries: Sequence[Query]) -> bool:
    titled = any(query.made_of == "title" for query in missed)
    return titled or len(missed) >= max(2.0, SCALE.missed * len(queries))


def _hidden(
    documents: Sequence[Document],
    told: Mapping[str, tuple[Stated, ...]],
    shelf: Shelf,
    embed: Embed,
) -> frozenset[str]:
    """Ids of the documents whose title is about nothing that they state, or is another's.

    Titles in a language that not every embedder reads are not judged.
    """
    titled = [d for d in documents if d.title and d.language.startswith("en")]
    vectors = embed([d.title for d in titled]) if titled else ()
    fits = {
        document.id: _nearness(told[document.id], vector, shelf)
        for document, vector in zip(titled, vectors, strict=True)
    }
    found = {name for name, fit in fits.items() if fit < SCALE.title}
    for one, other in combinations(titled, 2):
        same = one.title.casefold() == other.title.casefold()
        if same and same_readers(one, other) and meet(one, other):
            found.add(min((one.id, other.id), key=lambda name: fits[name]))
    return frozenset(found)


def _nearness(stated: Sequence[Stated], vector: Row, shelf: Shelf) -> float:
    """Cosine of a title to the statements nearest to it."""
    cosines = np.sort(shelf.rows(stated) @ vector)[::-1]
    number = min(SCALE.nearest, max(1, len(stated) // 2))  # a short text need not repeat itself
    return float(cosines[:number].mean())


def _hiding(document: Document) -> str:
    said = "is another's or names nothing of what the text says: name it as customers would"
    return f"the title “{document.title}” {said}"


def _losing(document: Document, missed: Sequence[Query]) -> str:
    number = f"{len(missed)} of its own queries, such as “{missed[0].text}”"
    cure = "say in its title and text what customers look for"
    name = document.title or document.id
    return f"“{name}” is not among the first {SCALE.depth} for {number}: {cure}"


def _found(
    document: Document,
    stated: Sequence[Stated],
    missed: Sequence[Query],
    message: str,
    confidence: float,
) -> LintFinding:
    asked = tuple(_asked(document, query) for query in missed)
    return LintFinding(
        kind="unfindable",
        documents=(document.id,),
        message=message,
        evidence=asked or (stated[0].span,),
        confidence=round(confidence, 3),
    )


def _asked(document: Document, query: Query) -> Span:
    """The query, where it stands in the text; at its start where it was made of several places."""
    start = document.text.find(query.text)
    end = start + len(query.text) if start >= 0 else 0
    return Span(source=f"document:{document.id}", text=query.text, start=max(0, start), end=end)
