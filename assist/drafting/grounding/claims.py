"""Sources -> the claims they make, and which of them a sentence comes closest to."""

import functools
import itertools
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assist.domain.checking import Source
from assist.drafting.grounding.reading import Reading, Term, read
from assist.language.sentences import sentences
from assist.language.statements import fold, plain, statements
from assist.ports import Vectors

Embed = Callable[[Sequence[str]], Vectors]
"""Texts to unit rows."""

READ_SOURCE = 40_000
"""Characters of one source that are read: some 20 pages."""
NEAREST = 4
"""Claims looked at closely for one sentence."""
UNKNOWN = 1.25
"""Weight of a word no source has, beside 1 for one that a single claim has."""
_COSINE, _PRECISION, _HEADING = 0.30, 0.15, 0.6


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a source. `at` numbers it in reading order over all sources."""

    source: Source
    quote: str
    reading: Reading
    heading: frozenset[str]
    group: tuple[int, int]
    at: int
    step: bool
    """Whether it is an entry of a numbered list."""


@dataclass(frozen=True, slots=True)
class Claims:
    """All claims of the sources, the weight of their words, and a vector for each."""

    all: tuple[Claim, ...]
    rarity: dict[str, float]
    forms: frozenset[str]
    pairs: set[tuple[str, str]]
    """Words that stand beside each other in a claim."""
    vectors: Vectors

    def weight(self, term: Term) -> float:
        """How much a word counts: small words hardly, others more the fewer claims have them."""
        size = 0.35 if term.light else 1.0 if term.content else 0.12
        return size * self.rarity.get(term.key, UNKNOWN)


@functools.lru_cache(maxsize=4_000)
def _quoted(text: str) -> tuple[tuple[str, str, int, bool], ...]:
    """Of each statement (of items: each sentence) its quote, words, block, and if it is a step."""
    found: list[tuple[str, str, int, bool]] = []
    for statement in statements(text[:READ_SOURCE]):
        whole = statement.form in ("row", "sentence")
        quotes = [statement.quote] if whole else [s.text for s in sentences(statement.quote)]
        for quote in quotes:
            words = statement.text if whole else plain(quote)
            found.append((fold(quote), words, statement.group, statement.form == "step"))
    return tuple(found)


def texts(sources: Sequence[Source]) -> list[str]:
    """The words of every claim, in order: what is to be embedded."""
    return [words for source in sources for _, words, _, _ in _quoted(source.text)]


def claims(sources: Sequence[Source], vectors: Vectors) -> Claims:
    """The claims with the vectors of `texts`, row by row."""
    found: list[Claim] = []
    for number, source in enumerate(sources):
        heading = read(f"{source.heading} {_headings(source.text)}").keys
        for quote, words, group, step in _quoted(source.text):
            claim = Claim(source, quote, read(words), heading, (number, group), len(found), step)
            found.append(claim)
    forms = frozenset().union(*(c.reading.forms for c in found))
    pairs = {pair for c in found for pair in _pairs(c.reading)}
    return Claims(tuple(found), _rarity(found), forms, pairs, vectors)


@functools.lru_cache(maxsize=20_000)
def _pairs(reading: Reading) -> tuple[tuple[str, str], ...]:
    return tuple(itertools.pairwise(t.form for t in reading.terms))


@functools.lru_cache(maxsize=4_000)
def _headings(text: str) -> str:
    return " ".join(
        line.lstrip("# ") for line in text[:READ_SOURCE].splitlines() if line.startswith("#")
    )


def _rarity(found: Sequence[Claim]) -> dict[str, float]:
    counts = Counter(key for claim in found for key in claim.reading.keys)
    whole = math.log(len(found) + 1.5)
    return {
        k: 0.4 + 0.6 * math.log((len(found) + 1) / (n + 0.5) + 1) / max(whole, 1)
        for k, n in counts.items()
    }


def coverage(terms: Sequence[Term], keys: frozenset[str], known: Claims) -> float:
    """Share of the weight of `terms` that is among `keys`; 1 where there are none."""
    whole = sum(known.weight(t) for t in terms)
    return sum(known.weight(t) for t in terms if t.key in keys) / whole if whole else 1.0


def nearest(reading: Reading, cosines: Vectors, known: Claims) -> list[Claim]:
    """The claims nearest to a sentence, best first."""
    content = [(t.key, known.weight(t)) for t in reading.terms if t.content] or [
        (t.key, known.weight(t)) for t in reading.terms
    ]
    whole = sum(w for _, w in content) or 1.0
    near = np.empty(len(known.all))
    for claim in known.all:
        keys = claim.reading.keys
        covered = sum(
            w if k in keys else _HEADING * w if k in claim.heading else 0.0 for k, w in content
        )
        shared = len(reading.content & claim.reading.content) / (len(claim.reading.content) or 1)
        near[claim.at] = covered / whole + _PRECISION * shared
    near += _COSINE * cosines
    order = np.argsort(-near, kind="stable")[:NEAREST]
    return [known.all[n] for n in order]
