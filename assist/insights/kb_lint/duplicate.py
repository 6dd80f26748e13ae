"""Passages for the same readers -> sections and articles that say the same in other words.

What is compared is what they state: each statement of the one with the nearest of the other. An
edition of another time, a variant for another region and a macro made from an article are no
duplicates; a customer's article and the rule behind it are not either.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from assist.domain.base import Model
from assist.domain.gaps import LintFinding, Span
from assist.domain.knowledge import Document, Passage
from assist.insights.kb_lint.scope import meet, same_readers
from assist.insights.kb_lint.shelf import Shelf, Stated
from assist.language.words import split


class DuplicateScale(Model):
    """From where on two texts say the same. Measured by `python -m evals.kb_lint`."""

    section: float = 0.84
    """Mean cosine of what either section states to what the other states."""
    shared: float = 0.6
    """Share of the shorter section's words that the other has too."""
    section_in_words: float = 0.8
    shared_in_words: float = 0.9
    """The same two, where nearly all of the words are the same and some sentences are left out."""
    words: int = 40
    """Words of a section: a shorter one is a note that may stand in several places."""
    article: float = 0.5
    """Share of the words of an article, and of the other, in sections that have a twin there."""


SCALE = DuplicateScale()


class _Section(NamedTuple):
    passage: Passage
    stated: tuple[Stated, ...]
    stems: frozenset[str]
    size: int


class _Twins(NamedTuple):
    one: _Section
    other: _Section
    likeness: float


def duplicate(shelf: Shelf) -> Iterator[LintFinding]:
    """One finding for each pair of documents that share a section, or nearly all of them."""
    sections = [_section(passage, stated) for passage, stated in shelf.of_passages()]
    sizes = _sizes(sections)
    found: dict[tuple[str, str], list[_Twins]] = {}
    for twins in _twins(sections, shelf):
        names = (twins.one.passage.document_id, twins.other.passage.document_id)
        found.setdefault(names, []).append(twins)
    for names, pairs in found.items():
        yield _finding(names, pairs, sizes, shelf.by_id)


def _section(passage: Passage, stated: tuple[Stated, ...]) -> _Section:
    words = [word for one in stated for word in split(one.text)]
    return _Section(passage, stated, frozenset(w.stem for w in words), len(words))


def _sizes(sections: Sequence[_Section]) -> Mapping[str, int]:
    sizes: dict[str, int] = {}
    for one in sections:
        name = one.passage.document_id
        sizes[name] = sizes.get(name, 0) + one.size
    return sizes


def _twins(sections: Sequence[_Section], shelf: Shelf) -> Iterator[_Twins]:
    large = [one for one in sections if one.size >= SCALE.words and not one.passage.macro]
    for one, other in combinations(large, 2):
        if not _may_repeat(one, other):
            continue
        likeness, shared = _likeness(one, other, shelf), _shared(one, other)
        in_words = likeness >= SCALE.section_in_words and shared >= SCALE.shared_in_words
        if likeness >= SCALE.section or in_words:
            yield _Twins(one, other, likeness)


def _may_repeat(one: _Section, other: _Section) -> bool:
    if one.passage.document_id == other.passage.document_id:
        return False
    readers = same_readers(one.passage, other.passage) and meet(one.passage, other.passage)
    return readers and _shared(one, other) >= SCALE.shared


def _shared(one: _Section, other: _Section) -> float:
    return len(one.stems & other.stems) / min(len(one.stems), len(other.stems))


def _likeness(one: _Section, other: _Section, shelf: Shelf) -> float:
    """The smaller of the two means: all of the one is in the other, and the other way round."""
    cosines = shelf.rows(one.stated) @ shelf.rows(other.stated).T
    return min(_mean(cosines.max(axis=1), one.stated), _mean(cosines.max(axis=0), other.stated))


def _mean(near: np.ndarray[tuple[int, ...], np.dtype[np.float32]], of: Sequence[Stated]) -> float:
    """By length: a list of short entries must not outvote its sentences."""
    return float(np.average(near, weights=[len(one.text) for one in of]))


def _finding(
    names: tuple[str, str],
    pairs: Sequence[_Twins],
    sizes: Mapping[str, int],
    by_id: Mapping[str, Document],
) -> LintFinding:
    shares = (
        _part((twins.one for twins in pairs), sizes[names[0]]),
        _part((twins.other for twins in pairs), sizes[names[1]]),
    )
    whole = min(shares) >= SCALE.article
    first, second = (by_id[name].title or name for name in names)
    what = (
        f"“{first}” and “{second}” say the same: keep one and link to it"
        if whole
        else f"“{first}” and “{second}” share {_counted(len(pairs))}: write it once and link to it"
    )
    return LintFinding(
        kind="duplicate",
        documents=names,
        message=what,
        evidence=tuple(_span(one) for twins in pairs for one in (twins.one, twins.other)),
        confidence=round(min(1.0, max(t.likeness for t in pairs)), 3),
    )


def _part(sections: Iterable[_Section], size: int) -> float:
    """The share that different sections have of a document of this many words."""
    return sum({one.passage.id: one.size for one in sections}.values()) / size


def _counted(number: int) -> str:
    return "a section" if number == 1 else f"{number} sections"


def _span(section: _Section) -> Span:
    passage = section.passage
    source = f"passage:{passage.id}"
    return Span(source=source, text=passage.text, start=0, end=len(passage.text))
