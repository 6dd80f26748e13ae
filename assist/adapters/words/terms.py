"""A text -> the terms it is indexed by.

Each distinct word is stemmed once for a build. Tantivy gets terms that it only has to part at
spaces, the same for a passage and for its document: the index of documents adds 6 % to a build so.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assist.adapters.words.languages import Form, content_of, forms, words
from assist.adapters.words.text import codes, readable

HELD = 100_000
"""Distinct words that are remembered, some 30 MB; then it begins anew."""
PAIR = "_"
"""Between the words of a pair: no word holds it."""


class Terms(NamedTuple):
    """What a text is indexed by.

    words: the stems of its words in order, and of words with accents as they are typed without,
    parted by spaces. content: the stems without function words. codes: parted by spaces.
    """

    words: str
    content: list[str]
    codes: str


class Reader:
    """Reads texts of one language, a key of `STEMMERS` or `PLAIN`."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._forms: dict[str, Form] = {}
        self._stems: dict[str, str] = {}
        self._content: dict[str, str] = {}
        self.read_often = lru_cache(maxsize=1000)(self.read)
        """As `read`, for texts that come again, such as titles."""

    def read(self, text: str) -> Terms:
        """The terms of `text`."""
        said = words(readable(text))
        try:
            stems = list(map(self._stems.__getitem__, said))
        except KeyError:
            self._learn(said)
            stems = [self._stems[word] for word in said]
        content = list(filter(None, map(self._content.__getitem__, said)))
        if not text.isascii():
            stems += [term for word in said if not word.isascii() for term in self._forms[word][1:]]
        return Terms(" ".join(stems), content, " ".join(codes(text)))

    def _learn(self, said: Sequence[str]) -> None:
        if len(self._forms) > HELD:
            for held in (self._forms, self._stems, self._content):
                held.clear()
        new = [word for word in dict.fromkeys(said) if word not in self._forms]
        full = frozenset(content_of(new, self._language))
        for word, form in zip(new, forms(new, [self._language]), strict=True):
            self._forms[word] = form
            self._stems[word] = form[0]
            self._content[word] = form[0] if word in full else ""


def pairs(terms: Sequence[str]) -> str:
    """Neighboring terms as words of their own."""
    return " ".join([f"{a}{PAIR}{b}" for a, b in pairwise(terms)])
