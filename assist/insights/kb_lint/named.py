"""Documents -> the names of what they are about, where their titles tell things of a kind apart.

A bank's articles say “Your daily limit is $500” under the title “Evergreen Account: limits”. What
the limit is of stands in the title alone, and no front matter says it. So names are learned from
the labels of titles: what stands before a word that many labels end in, “Account” or “Card”.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from assist.domain.base import Model
from assist.domain.knowledge import Document
from assist.insights.kb_lint.shelf import Stated


class NameScale(Model):
    """What counts as a name."""

    kinds: int = 4
    """Different labels that end in the same word, from which on that word says what kind of thing
    they are labels of. In `kb_corpus` there is none, in a bank's documents “Account” and “Card”."""
    titles: int = 2
    """Titles that begin with it: “Understanding Blue” of “Understanding Blue Account…” is one's."""
    most: float = 0.5
    """Share of the titles above which it is the company's own name, and tells nothing apart."""


SCALE = NameScale()
_WORD = r"[A-Z][\w’'+-]*"
_LABEL = re.compile(rf"^({_WORD}(?: {_WORD})+)(?: \([^)]*\))?(?:: | [–—] )")
"""Capitalized words that a title begins with, up to a colon or a dash."""


class Names:
    """The names of a knowledge base, and which of them each document is about."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._pattern = _pattern(_named(documents))

    def of(self, text: str) -> frozenset[str]:
        """The names that a text bears, the longest where one is part of another."""
        if self._pattern is None:
            return frozenset()
        return frozenset(met.group() for met in self._pattern.finditer(text))

    @cached_property
    def about(self) -> Mapping[str, frozenset[str]]:
        """By document: the first name of its title, else the only one that its text bears."""
        return {one.id: self._about(one) for one in self._documents}

    def _about(self, document: Document) -> frozenset[str]:
        if self._pattern is None:
            return frozenset()
        first = self._pattern.search(document.title)
        return frozenset({first.group()}) if first else _only(self.of(document.text))

    def two_things(self, one: Stated, other: Stated) -> bool:
        """Whether each is about something that has a name which the other does not bear."""
        mine, theirs = self._subject(one), self._subject(other)
        return bool(mine - theirs) and bool(theirs - mine)

    def _subject(self, stated: Stated) -> frozenset[str]:
        above = self.of(" | ".join(stated.passage.headings))
        about = self.about.get(stated.passage.document_id, frozenset())
        return self.of(stated.text) | above | about


def _only(names: frozenset[str]) -> frozenset[str]:
    return names if len(names) == 1 else frozenset()


def _named(documents: Sequence[Document]) -> frozenset[str]:
    """What titles begin with before a word for a kind, unless most of them bear it."""
    titles = [document.title for document in documents]
    fronts: defaultdict[str, set[str]] = defaultdict(set)
    for label in filter(None, map(_LABEL.match, titles)):
        front, _, last = label[1].rpartition(" ")
        fronts[last].add(front)
    kinds = [re.escape(last) for last, some in fronts.items() if len(some) >= SCALE.kinds]
    begins = re.compile(rf"^({_WORD}(?: {_WORD})*) (?:{'|'.join(kinds)})(?!\w)") if kinds else None
    begun = Counter(met[1] for title in titles if begins and (met := begins.match(title)))
    most = SCALE.most * len(titles)
    return frozenset(
        name
        for name, times in begun.items()
        if times >= SCALE.titles and sum(name in title for title in titles) <= most
    )


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    told = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{told})(?![\w-])") if told else None
