"""Words of a PDF page with their places, and how they make up lines. Lengths in points."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

BULLETS = frozenset("•◦▪●○■□‣·⁃∙➢➤❖✓")
"""Marks that begin an entry wherever they begin a line."""
DASHES = frozenset("-–—*")
SAME_LINE = 0.5
"""Share of the lower one's height by which two words of one line overlap."""
SAME_SIZE = 0.6
"""Points by which letters of one size differ after rounding by the program that set them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands; `top` and `bottom` count from the top of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table where it stands: the text of its cells, the first row its header or not."""

    x0: float
    x1: float
    top: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]
    header: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What is on one page. Words inside tables are not among `words`."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Line:
    """Words side by side, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def x0(self) -> float:
        """Its left edge."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Its right edge."""
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        """Its upper edge; a drawn bullet is lower than the letters beside it."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(word.bottom for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        return main_size(self.words)

    @cached_property
    def bold(self) -> bool:
        """Whether every word but a mark is bold."""
        letters = [word for word in self.words if any(map(str.isalnum, word.text))]
        return bool(letters) and all(word.bold for word in letters)

    @cached_property
    def text(self) -> str:
        """Its words with one space between."""
        return " ".join(word.text for word in self.words)


def main_size(words: Iterable[Word]) -> float:
    """The size of most letters, rounded to half a point; 0 without words."""
    letters: Counter[float] = Counter()
    for word in words:
        letters[round(word.size * 2) / 2] += len(word.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def lines(words: Iterable[Word]) -> list[Line]:
    """Words grouped into lines from top to bottom; no word is in two, none is lost."""
    made: list[Line] = []
    row: list[Word] = []
    top = bottom = 0.0
    for word in sorted(words, key=lambda word: ((word.top + word.bottom) / 2, word.x0)):
        shared = min(bottom, word.bottom) - max(top, word.top)
        lower = min(bottom - top, word.bottom - word.top)
        if row and shared >= SAME_LINE * lower:
            top, bottom = min(top, word.top), max(bottom, word.bottom)
        else:
            made += _line(row)
            row, top, bottom = [], word.top, word.bottom
        row.append(word)
    return [*made, *_line(row)]


def _line(row: Sequence[Word]) -> Iterator[Line]:
    if row:
        yield Line(tuple(sorted(row, key=lambda word: (word.x0, word.x1))))


def parts(line: Line, gap: float) -> list[Line]:
    """The line cut wherever its words are further apart than `gap`."""
    found: list[list[Word]] = [[line.words[0]]]
    for word in line.words[1:]:
        if word.x0 - found[-1][-1].x1 > gap:
            found.append([])
        found[-1].append(word)
    return [Line(tuple(part)) for part in found]
