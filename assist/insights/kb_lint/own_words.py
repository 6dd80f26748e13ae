"""A document -> the words it ought to be found by: its title, its headings, what it states."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assist.domain.knowledge import Document
from assist.language.statements import plain, statements
from assist.language.words import split, stem

Rarity = Callable[[str], Mapping[str, float]]
"""The content terms of a text with how rare each is in the knowledge base, 0 to 1."""
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+([^\n]+?)[ \t]*#*[ \t]*$", re.MULTILINE)
WORDS = 8
"""Words of a query: as many as people type."""
TELLING = 2
"""Content words from which on a heading means something alone."""
READ = 3
"""Statements that are read for the words which a title does not hold."""


class Query(NamedTuple):
    """A query that ought to find its document, and what of it that was made of."""

    made_of: str
    text: str


def headings(document: Document) -> tuple[str, ...]:
    """The headings of a document in order, without its title."""
    found = dict.fromkeys(plain(met[1]) for met in _HEADING.finditer(document.text))
    title = document.title.casefold()
    return tuple(heading for heading in found if heading and heading.casefold() != title)


def shared_headings(documents: Sequence[Document]) -> frozenset[str]:
    """Headings, folded, that several documents bear."""
    borne = Counter(heading.casefold() for document in documents for heading in headings(document))
    return frozenset(heading for heading, number in borne.items() if number > 1)


def own_queries(document: Document, shared: frozenset[str], rarity: Rarity) -> Iterator[Query]:
    """Title, headings, and the rarest words of its first statements that its title lacks."""
    if document.title:
        yield Query("title", document.title)
    for name in headings(document):
        alone = name.casefold() not in shared and len(rarity(name)) >= TELLING
        yield Query("heading", name if alone else f"{document.title}: {name}")
    if text := _untitled(document, rarity):
        yield Query("words", text)


def _untitled(document: Document, rarity: Rarity) -> str:
    """The rarest words of what it states first; empty where nobody would type them."""
    told = [one.text for one in statements(document.text) if one.form != "row"][:READ]
    named = frozenset(stem(word.form) for word in split(document.title))
    forms = [w.form for w in split(" ".join(told)) if stem(w.form) not in named]
    weight = {form: max(rarity(form).values(), default=0.0) for form in dict.fromkeys(forms)}
    rarest = sorted((f for f in weight if weight[f] > 0), key=lambda f: -weight[f])[:WORDS]
    return " ".join(form for form in weight if form in rarest) if len(rarest) >= TELLING else ""
