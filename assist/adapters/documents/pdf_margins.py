"""Pages without what is printed on each of them: running headers and footers, page numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assist.adapters.documents.pdf_words import Line, Page, Word, lines, parts

MARGIN = 0.12
"""Share of the page's height, at its top and bottom, in which such lines are looked for."""
OUTERMOST = 3
"""Lines at the top and at the bottom that are looked at."""
REPEATS = 0.2
"""Share of the pages that carries it: chapters have their own headers."""
COUNTED = 0.3
"""Share of the pages on which a bare number counts on, before it is taken for the page's."""
DRIFT = 8.0
"""Points by which its place may differ from page to page."""

_NUMBER = re.compile(r"\d+")
_NAMED = re.compile(
    r"^(?:[-–—|]\s*\d{1,4}\s*[-–—|]|(?:page|seite|p\.)\s*\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?"
    r"|\d{1,4}\s*(?:/|of|von)\s*\d{1,4})$",
    re.IGNORECASE,
)
"""A number that says it is a page's."""

Row = list[Line]
"""The pieces of a line that stand well apart."""
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Repeated:
    """What was found on enough pages: words at a place, and how far numbers are from the page's."""

    words: frozenset[Key]
    offsets: frozenset[int]

    def is_number(self, part: Line, page: Page) -> bool:
        bare = part.text.isdecimal() and int(part.text) - page.number in self.offsets
        return bare or _NAMED.match(part.text) is not None

    def dropped(self, row: Row, page: Page) -> Iterable[Line]:
        """A line with a page number is no text of the page; of any other, what repeats."""
        if any(self.is_number(part, page) for part in row):
            return row
        return [part for part in row if self.words.intersection(_keys(part))]


def without_margins(pages: Sequence[Page]) -> list[Page]:
    """The pages without words that repeat at one place; all else stays as it is."""
    found = [_outer_rows(page) for page in pages]
    repeated = _repeated(pages, found)
    made = []
    for page, rows in zip(pages, found, strict=True):
        gone: set[Word] = set()
        for row in rows:
            gone.update(word for part in repeated.dropped(row, page) for word in part.words)
        made.append(replace(page, words=tuple(word for word in page.words if word not in gone)))
    return made


def _outer_rows(page: Page) -> list[Row]:
    """The outermost lines that stand in the margins."""
    rows = lines(page.words)
    outer = rows if len(rows) <= 2 * OUTERMOST else [*rows[:OUTERMOST], *rows[-OUTERMOST:]]
    return [
        parts(row, gap=2 * row.size)
        for row in outer
        if row.bottom < MARGIN * page.height or row.top > (1 - MARGIN) * page.height
    ]


def _repeated(pages: Sequence[Page], found: Sequence[Sequence[Row]]) -> _Repeated:
    words: Counter[Key] = Counter()
    offsets: Counter[int] = Counter()
    for page, rows in zip(pages, found, strict=True):
        pieces = [part for row in rows for part in row]
        words.update({key for part in pieces for key in _keys(part)})
        numbers = (part.text for part in pieces if part.text.isdecimal() and len(part.text) <= 4)
        offsets.update({int(number) - page.number for number in numbers})
    enough = max(2, min(3, len(pages)), round(len(pages) * REPEATS))
    counted = max(2, round(len(pages) * COUNTED))
    return _Repeated(
        frozenset(key for key, count in words.items() if count >= enough),
        frozenset(offset for offset, count in offsets.items() if count >= counted),
    )


def _keys(part: Line) -> tuple[Key, Key]:
    """Its words, any number for any other, at its place; two grids, so that no edge parts it."""
    words = _NUMBER.sub("#", part.text)
    return (words, int(part.top / DRIFT)), (words, -int(part.top / DRIFT + 0.5) - 1)
