"""A generation's words, opened: what a text finds, how rare terms are, what is amiss."""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from assist.adapters.words.entries import Entries
from assist.adapters.words.languages import Form, forms, function_words, words
from assist.adapters.words.manifest import Manifest, opened
from assist.adapters.words.query import Part, known, looked_up, of_passages
from assist.adapters.words.text import codes, readable, without_codes
from assist.ports import Ranked, Runs

HELD = 100_000
"""Words whose terms are remembered, some 15 MB; then it begins anew."""
ASKED = 64
"""Queries whose parts are remembered: each search asks twice, and `why_not` more often."""


class _Asked(NamedTuple):
    """A query as it is searched with, and what was taken for its mistyped words."""

    parts: list[Part]
    slips: dict[str, tuple[str, ...]]


class Opened:
    """The words in `folder`. Raises `StoreUnavailable`."""

    def __init__(self, folder: Path) -> None:
        self._manifest = Manifest.read(folder)
        held = self._manifest
        self.passages = Entries(opened(folder, held), held.count, (*held.starts, held.count))
        self._asked = lru_cache(maxsize=ASKED)(self._read)
        self._terms_of: dict[str, str] = {}

    def search(self, text: str, limit: int, within: Runs) -> Ranked:
        """The rows of `within` that hold words of `text`, best first; equal ones by row."""
        return self.passages.ranked(self._asked(text).parts, limit, within)

    def read_as(self, text: str) -> dict[str, tuple[str, ...]]:
        """Words that no passage holds -> the terms that were taken for them."""
        return self._asked(text).slips

    def _read(self, text: str) -> _Asked:
        searcher, languages = self.passages.searcher, self._manifest.languages
        found = looked_up(searcher, languages, text)
        slips = {word.typed: word.terms for word in found if word.typed}
        return _Asked(of_passages(searcher, languages, text, found), slips)

    def rarity(self, text: str) -> dict[str, float]:
        """Each content term of `text` -> how rare it is: 0 in every passage, 1 in none."""
        rare = {term: self._rarity("body", term) for term in self._content(text)}
        return rare | {code: self._rarity("code", code) for code in codes(text)}

    def terms(self, text: str) -> frozenset[str]:
        """The content terms of `text`, those that `rarity` would name."""
        return frozenset((*self._content(text), *codes(text)))

    def _content(self, text: str) -> list[str]:
        said = list(dict.fromkeys(words(readable(without_codes(text)))))
        try:
            terms = [self._terms_of[word] for word in said]
        except KeyError:
            terms = self._learned(said)
        return [term for term in terms if term]

    def _learned(self, said: Sequence[str]) -> list[str]:
        """The term of each word, and nothing for one that says nothing; from now on remembered."""
        languages, held = self._manifest.languages, self._terms_of
        new = [word for word in said if word not in held]
        empty = function_words(new, languages)
        about = [word for word in new if word not in empty]
        found = dict.fromkeys(new, "")
        for word, form in zip(about, forms(about, languages), strict=True):
            term = self._term(form)
            found[word] = term if _says_something(term) else ""
        if len(held) > HELD:
            self._terms_of = found  # not emptied: other threads may be reading the old one
        else:
            held.update(found)
        return [found[word] if word in found else held[word] for word in said]

    def rarest(self, said: Iterable[str]) -> list[str]:
        """These words, in lower case, in order of how many passages hold them."""
        said = list(said)
        frequency = {
            word: max(known(self.passages.searcher, form).values(), default=0)
            for word, form in zip(said, forms(said, self._manifest.languages), strict=True)
        }
        return sorted(said, key=lambda word: (frequency[word], word))

    def faults(self) -> Iterator[str]:
        """Counts that are not as they were written, and sampled rows not found."""
        held, count = self.passages.searcher.num_docs, self.passages.count
        if held != count:
            yield f"the index of words holds {held} passages instead of {count}"
        for sample in self._manifest.sample:
            within = ((sample.row, sample.row + 1),)
            if not all(self.search(word, 1, within).rows.size for word in sample.words):
                yield f"the index of words: the passage in row {sample.row} is not found"

    def _term(self, form: Form) -> str:
        """The one term that stands for a word: what most passages hold it as."""
        if len(form) == 1:  # one language stems it, so nothing need be looked up
            return form[0]
        return next(iter(known(self.passages.searcher, form)), form[0])

    def _rarity(self, field: str, term: str) -> float:
        """Inverse document frequency, scaled by that of a term in no passage."""
        passages = self._manifest.count
        if not passages:
            return 1.0
        frequency = self.passages.searcher.doc_freq(field, term)
        return math.log((passages + 1) / (frequency + 1)) / math.log(passages + 1)


def _says_something(term: str) -> bool:
    return len(term) > 2 or (len(term) > 1 and not term.isdigit())
