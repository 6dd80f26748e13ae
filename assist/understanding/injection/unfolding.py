"""Text in disguise -> the same words plainly, with where each stands in the source.

Letters spaced out, marks nobody sees between letters, letters of other alphabets that look alike,
digits for letters. The plain text is read by the grammar; text that was not in disguise is not
read twice.
"""

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from assist.understanding.injection.findings import Finding
from assist.understanding.injection.grammar import in_words
from assist.understanding.injection.lexicon import classes_of, lexicon

UNSEEN = "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Marks without width, as a range of a regular expression."""

_SPACED = re.compile(
    r"(?<![^\W_])(?:[^\W\d_](?:[ \t]{1,3}|[.\-_*|/·]{1,2})){4,400}[^\W\d_](?![^\W_])"
)
_UNSEEN_WITHIN = re.compile(rf"[^\W_](?:[{UNSEEN}]{{1,20}}[^\W_]){{1,400}}")
_DIGITS_WITHIN = re.compile(r"(?<![A-Za-z0-9@$!])[A-Za-z]{0,12}[0-9@$!][A-Za-z0-9@$!]{2,14}")
_FOREIGN = re.compile(
    r"(?:(?<=[a-zA-Z])[Ͱ-ϿЀ-ӿ]|[Ͱ-ϿЀ-ӿ](?=[a-zA-Z])|\b[АВСЕНІЈКМОРЅТХаеосруіјѕ]{1,3}(?=[a-zA-Z]))"
    r"[a-zA-ZͰ-ϿЀ-ӿ]{0,40}"
)
"""Letters of another alphabet beside Latin ones, and the rest of their word; a word of its own
language has none."""
_WIDE = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff\u2460-\u24ff\U0001f130-\U0001f169]{2,400}")
_IN_ASCII = (_SPACED, _DIGITS_WITHIN)
_READINGS = (_SPACED, _UNSEEN_WITHIN, _DIGITS_WITHIN, _FOREIGN, _WIDE)
"""Of disguises; in ASCII there are only those two."""

_DIGITS = str.maketrans("013457@$!8", "oieastasib")
_ALIKE = str.maketrans(
    "аеорсухіјѕһԁɡӏАВЕКМНОРСТХІЅЈαορυνικτ", "aeopcyxijshdglABEKMHOPCTXISJaopuvikt"
)


class Piece(NamedTuple):
    """From `at` of the plain text on, the source is read from `source` on."""

    at: int
    source: int
    verbatim: bool


def in_disguise(text: str) -> Iterator[Finding]:
    """Where words in disguise meet a rule of the grammar."""
    plain, pieces = _plain(text)
    changed = [(p.at, n.at) for p, n in pairwise(pieces) if not p.verbatim]
    if not changed:
        return
    starts = [piece.at for piece in pieces]
    for finding in in_words(plain):
        if any(start < finding.end and finding.start < end for start, end in changed):
            place = _source(pieces, starts, finding.start), _source(pieces, starts, finding.end)
            yield Finding(min(place), max(place), f"{finding.reason}, in disguise")


def _plain(text: str) -> tuple[str, list[Piece]]:
    found = sorted(
        (m.start(), m.end(), plain)
        for reading in (_IN_ASCII if text.isascii() else _READINGS)
        for m in reading.finditer(text)
        if (plain := _PLAINLY[reading](m.group())) != m.group()
    )
    parts: list[str] = []
    pieces: list[Piece] = []
    at = end = 0
    for start, stop, plain in found:
        if start < end:
            continue
        pieces += [Piece(at, end, verbatim=True), Piece(at + start - end, start, verbatim=False)]
        parts += [text[end:start], plain]
        at += start - end + len(plain)
        end = stop
    pieces += [Piece(at, end, verbatim=True), Piece(at + len(text) - end, len(text), verbatim=True)]
    return "".join([*parts, text[end:]]), pieces


def _source(pieces: list[Piece], starts: list[int], at: int) -> int:
    """Where it stands in the source: exact in what was verbatim, else at the end of the piece."""
    number = max(bisect_right(starts, at) - 1, 0)
    piece = pieces[number]
    if piece.verbatim:
        return piece.source + at - piece.at
    return piece.source if at == piece.at else pieces[number + 1].source


def _joined(run: str) -> str:
    """Spaced-out letters as words: at the wider gaps, else at the words the grammar knows."""
    parts = re.split(r"[ \t]{2,3}", run)
    words = ["".join(c for c in part if c.isalpha()) for part in parts]
    return " ".join(_parted(word) if len(word) > 9 else word for word in words)


def _parted(letters: str) -> str:
    """“ignoreallprevious” as words; letters between known words are words of their own."""
    lower = letters.lower()
    if not _telling().search(lower):
        return lower
    marked = _known().sub(lambda m: f" {m.group()} ", lower)
    return " ".join(marked.split())


@functools.cache
def _known() -> re.Pattern[str]:
    words = (w for w in lexicon().words if w.isascii() and w.isalpha() and len(w) > 2)
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


@functools.cache
def _telling() -> re.Pattern[str]:
    """Looked for first: without a word for instructions there is no rule to meet."""
    named = lexicon().words.items()
    kept = (w for w, names in named if {"INSTRUCTION", "PROMPT"} & names and w.isascii())
    return re.compile("|".join(sorted(w for w in kept if len(w) > 5)))


def _digits_as_letters(word: str) -> str:
    """With digits for letters read as letters, where that makes a word the grammar knows."""
    plain = word.lower().translate(_DIGITS)
    return plain if classes_of(plain) and not classes_of(word) else word


def _latin(word: str) -> str:
    return word.translate(_ALIKE)


def _without_unseen(word: str) -> str:
    return re.sub(f"[{UNSEEN}]", "", word)


def _normal(run: str) -> str:
    return unicodedata.normalize("NFKC", run)


_PLAINLY: dict[re.Pattern[str], Callable[[str], str]] = {
    _SPACED: _joined,
    _UNSEEN_WITHIN: _without_unseen,
    _DIGITS_WITHIN: _digits_as_letters,
    _FOREIGN: _latin,
    _WIDE: _normal,
}
