"""A `LexicalIndex` in memory: BM25 as it is written in the books, read anew for every query."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from assist.adapters.words.languages import forms, function_words, stemmed_as, words
from assist.adapters.words.text import codes, readable, without_codes
from assist.domain.knowledge import Passage
from assist.errors import StoreUnavailable
from assist.ports import Progress, Ranked, Runs

Built = tuple[list[str], list[Counter[str]]]
"""Languages, and the terms of the passages by row."""


class NaiveLexical:
    """A `LexicalIndex` that reads every passage for every query; words, codes, and no pairs."""

    def __init__(self) -> None:
        self._built: dict[str, Built] = {}

    def build(self, generation: str, passages: Sequence[Passage]) -> None:
        languages = sorted({stemmed_as(passage.language) for passage in passages})
        rows = [_terms(passage, passage.reading) for passage in passages]
        self._built[generation] = languages or ["en"], rows

    def has(self, generation: str) -> bool:
        return generation in self._built

    def search(self, generation: str, text: str, limit: int, within: Runs) -> Ranked:
        languages, rows = self._generation(generation)
        kept = [row for start, stop in within for row in range(start, stop)]
        return _ranked(_asked(text, languages), rows, kept, limit)

    def rarity(self, generation: str, text: str) -> dict[str, float]:
        languages, rows = self._generation(generation)
        said = list(dict.fromkeys(words(readable(without_codes(text)))))
        empty = function_words(said, languages)
        about = forms([word for word in said if word not in empty], languages)
        terms = [max(form, key=lambda term: self._count(generation, term)) for form in about]
        terms = [term for term in terms if len(term) > 2 or (len(term) > 1 and term.isalpha())]
        scale = math.log(len(rows) + 1) or 1.0
        return {
            term: math.log((len(rows) + 1) / (self._count(generation, term) + 1)) / scale
            if rows
            else 1.0
            for term in [*terms, *codes(text)]
        }

    def read_as(self, generation: str, text: str) -> dict[str, tuple[str, ...]]:
        self._generation(generation)
        return {}  # it finds words as they are written, and no others

    def terms(self, generation: str, text: str) -> frozenset[str]:
        return frozenset(self.rarity(generation, text))

    def unfindable(
        self, generation: str, passages: Mapping[int, Passage], progress: Progress
    ) -> list[int]:
        _, rows = self._generation(generation)
        progress("words", len(passages), len(passages))
        own = {row: _terms(passage, passage.reading) for row, passage in passages.items()}
        return [row for row, terms in own.items() if rows[row] != terms]

    def faults(self, generation: str) -> tuple[str, ...]:
        return () if self.has(generation) else (f"no words of generation {generation}",)

    def drop(self, keep: Sequence[str]) -> None:
        self._built = {name: held for name, held in self._built.items() if name in keep}

    def _generation(self, generation: str) -> Built:
        if generation not in self._built:
            raise StoreUnavailable(f"no words of generation {generation}")
        return self._built[generation]

    def _count(self, generation: str, term: str) -> int:
        return sum(term in held for held in self._generation(generation)[1])


def _ranked(
    asked: set[str], held: Sequence[Counter[str]], kept: Iterable[int], limit: int
) -> Ranked:
    """Those kept of what holds these terms, by BM25 over all of it."""
    mean = max(1.0, sum(terms.total() for terms in held) / max(1, len(held)))
    hits = []
    for number in kept:
        terms = held[number]
        length = 1.2 * (0.25 + 0.75 * terms.total() / mean)
        parts = [
            _idf(term, held) * terms[term] * 2.2 / (terms[term] + length)
            for term in sorted(asked & terms.keys())
        ]
        if parts:
            hits.append((-sum(parts), number))
    best = sorted(hits)[: max(0, limit)]
    return Ranked(
        np.array([number for _, number in best], np.int64),
        np.array([-score for score, _ in best], np.float32),
    )


def _idf(term: str, held: Sequence[Counter[str]]) -> float:
    count = sum(term in terms for terms in held)
    return math.log(1 + (len(held) - count + 0.5) / (count + 0.5))


def _asked(text: str, languages: Sequence[str]) -> set[str]:
    said = list(dict.fromkeys(words(readable(text))))
    return {*codes(text), *(term for form in forms(said, languages) for term in form)}


def _terms(passage: Passage, text: str) -> Counter[str]:
    stems = (form[0] for form in forms(words(readable(text)), [stemmed_as(passage.language)]))
    return Counter([*stems, *codes(text)])
