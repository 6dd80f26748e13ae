"""What the sizes and weights of a document's letters mean: its body, its headings, its lines."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from assist.adapters.documents.pdf_columns import Column
from assist.adapters.documents.pdf_words import SAME_SIZE, Line, main_size

LARGER = 1.12
"""Times the body's size: programs set the smallest heading at 11.5 to 13 points over 10 to 11."""
BOLD_SHARE = 0.4
"""Of the letters; where more are bold, bold says nothing."""
HEADING_LETTERS = 120
BOLD_HEADING_LETTERS = 80
"""A bold line that is longer is a sentence somebody meant to stress."""
PITCH = 1.25
"""Times the size: the distance of lines where a document has too few to tell."""

Style = tuple[float, bool]
"""Size and weight."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The body's size and pitch, whether bold marks anything, and the level of each heading."""

    body: float
    pitch: float
    bold_tells: bool
    levels: dict[Style, int]

    def may_head(self, line: Line) -> bool:
        """Whether the line is set as a heading."""
        return may_head(line, self.body, self.bold_tells)

    def pitch_of(self, line: Line) -> float:
        """The usual distance of lines of this size."""
        return self.pitch * line.size / self.body

    def level(self, line: Line) -> int:
        """1 to 6; only for lines that may head."""
        return self.levels[style(line)]


def styles(found: Sequence[Column]) -> Styles:
    """The styles of a whole document."""
    every = [item for column in found for item in column.items if isinstance(item, Line)]
    words = [word for line in every for word in line.words]
    body = main_size(words)
    letters = sum(len(word.text) for word in words)
    bold = sum(len(word.text) for word in words if word.bold)
    bold_tells = bold < BOLD_SHARE * letters
    heads = {style(line) for line in every if may_head(line, body, bold_tells)}
    return Styles(body, _pitch(found, body), bold_tells, _levels(heads))


def may_head(line: Line, body: float, bold_tells: bool) -> bool:  # noqa: FBT001  a measurement
    """Larger than the body and short, or bold, shorter, and no sentence."""
    text = line.text
    if not any(map(str.isalpha, text)):
        return False
    if line.size >= LARGER * body:
        return len(text) <= HEADING_LETTERS
    return (
        bold_tells
        and line.bold
        and line.size > body - SAME_SIZE
        and len(text) <= BOLD_HEADING_LETTERS
        and text[-1] not in ".,;:"
    )


def style(line: Line) -> Style:
    """The line's size and weight."""
    return line.size, line.bold


def _levels(heads: Iterable[Style]) -> dict[Style, int]:
    """The largest is 1; sizes that differ by rounding only are one."""
    levels: dict[Style, int] = {}
    level, last = 0, None
    for size, bold in sorted(heads, reverse=True):
        if last is None or last[0] - size > SAME_SIZE or last[1] != bold:
            level += 1
        levels[size, bold] = min(level, 6)
        last = size, bold
    return levels


def _pitch(found: Sequence[Column], body: float) -> float:
    """The usual distance from one line of the body to the next."""
    steps: Counter[float] = Counter()
    for column in found:
        for above, line in zip(column.items, column.items[1:], strict=False):
            if not (isinstance(above, Line) and isinstance(line, Line)):
                continue
            if abs(above.size - body) + abs(line.size - body) < SAME_SIZE:
                steps[round(line.bottom - above.bottom, 1)] += 1
    usual = [step for step in steps.elements() if body * 0.9 < step < body * 2.5]
    return median(usual) if len(usual) > 4 else PITCH * body
