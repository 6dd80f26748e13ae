"""Columns in reading order -> blocks: headings, paragraphs, list entries and tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assist.adapters.documents.pdf_columns import Column, Item
from assist.adapters.documents.pdf_styles import Styles, style
from assist.adapters.documents.pdf_words import BULLETS, DASHES, SAME_SIZE, Line, Table

APART = 1.35
"""Times the usual distance: lines further apart are two paragraphs."""
HEADING_APART = 1.8
"""Times its size: the distance up to which lines of one heading belong together."""
SHORT = 0.75
"""Share of the column's width: a line that ends before this and ends a sentence ends more."""
INDENT = 3.0
"""Points by which something is further in than what it belongs to."""
BOLD_HEADING_LINES = 2
"""More bold lines on end are a paragraph that somebody meant to stress."""

_NUMBER = re.compile(r"^\(?(\d{1,3})[.)]$")
_LETTER = re.compile(r"^\(?[a-z][.)]$")
_FONT_BULLET = re.compile("^(?:[\uf000-\uf0ff]|\\(cid:\\d+\\))$")
"""A bullet from a font of symbols, as itself or as what is left of it."""
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*\d+$")
"""A line of a table of contents."""
_ENDS = frozenset(".!?:;…")
_CLOSING = "\"'”’)]"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. An entry has its `marker`; a heading its `level`."""

    kind: Literal["heading", "paragraph", "entry"]
    lines: tuple[Line, ...]
    x0: float
    level: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """A line among its neighbors in its column."""

    line: Line
    above: Item | None
    below: tuple[Item, ...]
    column: Column


def blocks(found: Sequence[Column], styles: Styles) -> list[Block | Table]:
    """The blocks in order; every word is in one, but for bullets and lines of contents."""
    made: list[Block | Table] = []
    for column in found:
        for at, item in enumerate(column.items):
            if isinstance(item, Table):
                _add_table(made, item)
            elif not _LEADERS.search(item.text):
                above = column.items[at - 1] if at else None
                _add_line(made, _Place(item, above, column.items[at + 1 :], column), styles)
    return made


def _add_table(made: list[Block | Table], table: Table) -> None:
    """A table that goes on over the page is one, its repeated header left out."""
    last = made[-1] if made else None
    goes_on = isinstance(last, Table) and len(last.rows[0]) == len(table.rows[0])
    if isinstance(last, Table) and goes_on and table.top < last.top:
        rows = table.rows[1:] if table.rows[0] == last.rows[0] else table.rows
        made[-1] = replace(last, top=table.top, rows=last.rows + rows)
    else:
        made.append(table)


def _add_line(made: list[Block | Table], place: _Place, styles: Styles) -> None:
    last = made[-1] if made and isinstance(made[-1], Block) else None
    line = place.line
    if _heads(place, styles):
        level = styles.level(line)
        if last and last.kind == "heading" and _same_heading(last.lines[-1], line):
            made[-1] = replace(last, lines=(*last.lines, line))
        else:
            made.append(Block("heading", (line,), line.x0, level=level))
    elif entry := _entry(place, last, styles):
        made.append(entry)
    elif last and last.kind != "heading" and _goes_on(place, last, styles):
        made[-1] = replace(last, lines=(*last.lines, line))
    else:
        made.append(Block("paragraph", (line,), line.x0))


def _heads(place: _Place, styles: Styles) -> bool:
    line = place.line
    if not styles.may_head(line) or _bullet(line):
        return False
    if line.size > styles.body + SAME_SIZE:
        return True
    below = place.below[0] if place.below else None
    bold_lines = 1 + sum(1 for _ in _bold_below(place, styles))
    if bold_lines > BOLD_HEADING_LINES or not (_apart(place, styles) or _ended(place)):
        return False
    if _NUMBER.match(line.words[0].text):  # a heading's text begins at the margin, not beside it
        hangs = isinstance(below, Line) and below.x0 > line.x0 + INDENT
        return isinstance(below, Line) and not below.bold and not hangs
    return True


def _bold_below(place: _Place, styles: Styles) -> Iterator[Line]:
    above = place.line
    for item in place.below:
        near = item.bottom - above.bottom < APART * styles.pitch_of(above)
        if not (near and isinstance(item, Line) and item.bold):
            return
        yield item
        above = item


def _same_heading(above: Line, line: Line) -> bool:
    """Whether a heading goes on; its last line may have been taken for the top of a column."""
    return (
        style(above) == style(line)
        and 0 < line.bottom - above.bottom < HEADING_APART * line.size
        and line.x0 < above.x1
    )


def _apart(place: _Place, styles: Styles) -> bool:
    """Whether more than a usual distance parts the line from what is above it."""
    above = place.above
    if not isinstance(above, Line):
        return True
    return place.line.bottom - above.bottom > APART * styles.pitch_of(place.line)


def _ended(place: _Place) -> bool:
    """Whether the line above ends a sentence before it fills the column, or is no body text."""
    above, column = place.above, place.column
    if not isinstance(above, Line):
        return True
    if abs(above.size - place.line.size) > SAME_SIZE:
        return True
    return _ends_sentence(above) and above.x1 < column.x0 + SHORT * (column.x1 - column.x0)


def _ends_sentence(line: Line) -> bool:
    return line.text.rstrip(_CLOSING)[-1:] in _ENDS


def _bullet(line: Line) -> bool:
    first = line.words[0].text
    mark = first in BULLETS or first in DASHES or _FONT_BULLET.match(first) is not None
    return first[0] in BULLETS or (mark and len(line.words) > 1)


def _entry(place: _Place, last: Block | None, styles: Styles) -> Block | None:
    """The entry that the line begins, if it begins one."""
    line = place.line
    first, rest = line.words[0], line.words[1:]
    if _bullet(line) and (first.text not in DASHES or _may_begin(place, last, styles)):
        bare = first.text[1:] if first.text[0] in BULLETS else ""
        words = (replace(first, text=bare), *rest) if bare else rest or line.words
        return Block("entry", (Line(words),), line.x0, marker="-")
    nested = last is not None and last.kind == "entry" and line.x0 > last.x0 + INDENT
    if rest and (_LETTER.match(first.text) or (first.text == "o" and nested)):
        letters = line.words if first.text != "o" else rest
        return Block("entry", (Line(letters),), line.x0, marker="-")
    number = _NUMBER.match(first.text)
    if rest and number and _counts(int(number[1]), place, last, styles):
        return Block("entry", (Line(rest),), line.x0, marker=f"{int(number[1])}.")
    return None


def _may_begin(place: _Place, last: Block | None, styles: Styles) -> bool:
    """Whether a dash at the start of a line may be a mark, and not part of a sentence."""
    within = last is not None and last.kind == "paragraph" and not _ends_sentence(last.lines[-1])
    return not within or _apart(place, styles) or _ended(place)


def _counts(number: int, place: _Place, last: Block | None, styles: Styles) -> bool:
    """Whether a number at the start of a line counts, and is not part of a sentence."""
    follows = last is not None and last.kind == "entry" and last.marker == f"{number - 1}."
    begins = _apart(place, styles) or _ended(place) or last is None or last.kind == "heading"
    return (
        follows or begins or (number == 1 and last is not None and _ends_sentence(last.lines[-1]))
    )


def _goes_on(place: _Place, last: Block, styles: Styles) -> bool:
    """Whether the line continues the paragraph or entry before it."""
    line, above = place.line, place.above
    if abs(last.lines[-1].size - line.size) > SAME_SIZE:
        return False
    if above is None:  # a new column or page
        return not _ends_sentence(last.lines[-1])
    if not isinstance(above, Line):
        return False
    if last.kind == "entry" and line.x0 > last.x0 + INDENT:
        return line.bottom - above.bottom < 2 * APART * styles.pitch_of(line)
    return not _apart(place, styles) and not _begins(place, above, last)


def _begins(place: _Place, above: Line, last: Block) -> bool:
    """Whether a line at the usual distance begins a paragraph of its own all the same."""
    if not _ends_sentence(above):
        return False
    indented = place.line.x0 > above.x0 + 2 * INDENT and len(last.lines) > 1
    return last.kind == "entry" or indented or _ended(place)
