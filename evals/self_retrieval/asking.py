"""A document -> the queries that ought to find it."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files

import yaml

from assist.domain.knowledge import Document
from assist.language.statements import plain, statements
from assist.language.words import split, stem
from evals.robustness.substitution import Table, exchanged
from evals.self_retrieval.questions import asked
from evals.self_retrieval.results import QueryKind

Rarity = Callable[[str], Mapping[str, float]]
"""The content terms of a text with how rare each is in the knowledge base, 0 to 1."""
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+([^\n]+?)[ \t]*#*[ \t]*$", re.MULTILINE)
WORDS = 8
"""Words of a query made of keywords: as many as people type."""
TELLING = 2
"""Content words from which on a heading means something alone, and keywords are a query."""
READ = 3
"""Sentences of an article that are read for words which its title does not hold."""


def queries(
    document: Document, shared: frozenset[str], rarity: Rarity
) -> Iterator[tuple[QueryKind, str]]:
    """Kinds and texts, each text once. `shared` are headings, folded, of several documents."""
    seen: set[str] = set()
    for kind, text in _all(document, shared, rarity):
        key = " ".join(text.casefold().split())
        if key and key not in seen and any(letter.isalnum() for letter in key):
            seen.add(key)
            yield kind, text


def headings(document: Document) -> tuple[str, ...]:
    """The headings of a document in order, without its title."""
    found = dict.fromkeys(plain(met[1]) for met in _HEADING.finditer(document.text))
    title = document.title.casefold()
    return tuple(heading for heading in found if heading and heading.casefold() != title)


def _all(
    document: Document, shared: frozenset[str], rarity: Rarity
) -> Iterator[tuple[QueryKind, str]]:
    title, names = document.title, headings(document)
    if title:
        yield "title", title
    alone = {name: _alone(name, shared, rarity) for name in names}
    for name in names:
        yield "heading", name if alone[name] else f"{title}: {name}"
    if document.language.startswith("en"):
        for name in (title, *(name for name in names if alone[name])):
            if name:
                yield "question", asked(name)
                if (other := exchanged(name, _synonyms())) != name:
                    yield "synonyms", other
    yield from _keywords(document, rarity)


def _alone(heading: str, shared: frozenset[str], rarity: Rarity) -> bool:
    """Whether the heading means something without its title, and one article alone."""
    return heading.casefold() not in shared and len(rarity(heading)) >= TELLING


def _keywords(document: Document, rarity: Rarity) -> Iterator[tuple[QueryKind, str]]:
    told = _told(document.text)
    if told:
        yield "keywords", _rarest(told[0], frozenset(), rarity)
    named = frozenset(stem(word.form) for word in split(document.title))
    yield "untitled", _rarest(" ".join(told[:READ]), named, rarity)


def _told(text: str) -> list[str]:
    """What the article states, in its order; rows of tables are no sentences."""
    return [one.text for one in statements(text) if one.form != "row"]


def _rarest(text: str, without: frozenset[str], rarity: Rarity) -> str:
    """The rarest of its words in their order, none of whose stems is in `without`.

    Empty where so few are left that nobody would type them.
    """
    forms = [w.form for w in split(text) if stem(w.form) not in without]
    weight = {form: max(rarity(form).values(), default=0.0) for form in dict.fromkeys(forms)}
    rarest = sorted((f for f in weight if weight[f] > 0), key=lambda f: -weight[f])[:WORDS]
    return " ".join(form for form in weight if form in rarest) if len(rarest) >= TELLING else ""


@cache
def _synonyms() -> Table:
    text = files("evals.self_retrieval").joinpath("synonyms.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text)["words"].items())
