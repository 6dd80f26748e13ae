"""A page -> its columns in reading order: what stands beside each other is read one by one.

The page is cut again and again at the longest run of lines that leave a gutter free: what is
above it, the left side, the right side, what is below. Prose makes columns; short entries side
by side are a table or a form and are read line by line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from assist.adapters.documents.pdf_words import Line, Page, Table, Word, lines

BIN = 2.0
"""Points between the places where a gutter is looked for."""
GUTTER = 8.0
"""Points between columns, at the least; the space between two words has three to five."""
MARGIN = 0.2
"""No gutter is looked for in this share of the width at either side."""
COLUMN_LINES = 4
"""Fewer lines side by side are no columns."""
LINE_LETTERS = 18
"""Prose has more letters on a line, even in a narrow column; a column of a table has fewer."""
FILLED = 0.5
"""Share of a column's width that its middling line fills."""

Item = Line | Table


@dataclass(frozen=True, slots=True)
class Column:
    """Lines and tables from top to bottom, and the edges they share."""

    items: tuple[Item, ...]
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class _Cut:
    """Items `first` to `last`, the latter exclusive, leave the place `x` free."""

    x: float
    first: int
    last: int


def columns(page: Page) -> list[Column]:
    """Everything on the page in reading order; each word and table is in exactly one column."""
    return _columns(page.words, page.tables)


def _columns(words: Sequence[Word], tables: Sequence[Table]) -> list[Column]:
    items: list[Item] = sorted([*lines(words), *tables], key=lambda item: item.top)
    if not items:
        return []
    x0, x1 = min(item.x0 for item in items), max(item.x1 for item in items)
    cut = _best_cut(items, x0, x1)
    if cut is None:
        return [Column(tuple(items), x0, x1)]
    band = items[cut.first : cut.last]
    left = [part for item in band for part in _pieces(item) if (part.x0 + part.x1) / 2 < cut.x]
    right = [part for item in band for part in _pieces(item) if (part.x0 + part.x1) / 2 >= cut.x]
    found: list[Column] = []
    for group in (_taken(items[: cut.first]), left, right, _taken(items[cut.last :])):
        found += _columns(
            [part for part in group if isinstance(part, Word)],
            [part for part in group if isinstance(part, Table)],
        )
    return found


def _pieces(item: Item) -> Sequence[Word | Table]:
    return item.words if isinstance(item, Line) else (item,)


def _taken(items: Sequence[Item]) -> list[Word | Table]:
    return [piece for item in items for piece in _pieces(item)]


def _best_cut(items: Sequence[Item], x0: float, x1: float) -> _Cut | None:
    """The gutter that most items in a row leave free, the widest of such, in its middle."""
    found = sorted(_gutters(items, x0, x1), key=lambda run: (run[0] - run[1], -len(run[2])))
    for first, last, places in found:
        x = (places[0] + places[-1] + 1) / 2 * BIN
        if _are_columns(items[first:last], x):
            return _Cut(x, first, last)
    return None


def _gutters(items: Sequence[Item], x0: float, x1: float) -> Iterator[tuple[int, int, range]]:
    """Runs of items, and the neighboring places that all of them leave free."""
    covered = [_covered(item) for item in items]
    margin = MARGIN * (x1 - x0)
    opened: dict[tuple[int, int], int] = {}
    end = int((x1 - margin) / BIN) + 1
    for place in range(int((x0 + margin) / BIN), end + 1):
        runs = _free_runs(covered, place) if place < end else set()
        for run in [run for run in opened if run not in runs]:
            begun = opened.pop(run)
            if (place - begun) * BIN >= GUTTER:
                yield *run, range(begun, place)
        for run in runs:
            opened.setdefault(run, place)


def _free_runs(covered: Sequence[set[int]], place: int) -> set[tuple[int, int]]:
    """(first, last) of items on end that leave this place free, the last exclusive."""
    runs: set[tuple[int, int]] = set()
    first = 0
    for at in range(len(covered) + 1):
        if at == len(covered) or place in covered[at]:
            if at - first >= COLUMN_LINES:
                runs.add((first, at))
            first = at + 1
    return runs


def _covered(item: Item) -> set[int]:
    """The places that its words cover."""
    taken: set[int] = set()
    for piece in _pieces(item):
        taken.update(range(int(piece.x0 / BIN), int(piece.x1 / BIN) + 1))
    return taken


def _are_columns(items: Sequence[Item], x: float) -> bool:
    """Whether prose stands on both sides of `x`, side by side."""
    words = [word for item in items if isinstance(item, Line) for word in item.words]
    left = lines(word for word in words if word.x0 < x)
    right = lines(word for word in words if word.x0 >= x)
    tables = [item for item in items if isinstance(item, Table)]
    return (
        _is_prose(left, [table for table in tables if table.x0 < x])
        and _is_prose(right, [table for table in tables if table.x0 >= x])
        and _beside(left, right)
    )


def _is_prose(side: Sequence[Line], tables: Sequence[Table]) -> bool:
    if len(side) < COLUMN_LINES:
        return False
    items: list[Item] = [*side, *tables]
    width = max(item.x1 for item in items) - min(item.x0 for item in items)
    return (
        median(len(line.text) for line in side) >= LINE_LETTERS
        and median(line.x1 - line.x0 for line in side) >= FILLED * width
    )


def _beside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the shorter side stands mostly next to the other, not above or below it."""
    shared = min(left[-1].bottom, right[-1].bottom) - max(left[0].top, right[0].top)
    shorter = min(left[-1].bottom - left[0].top, right[-1].bottom - right[0].top)
    return shared > shorter / 2
