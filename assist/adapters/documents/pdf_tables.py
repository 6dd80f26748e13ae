"""Cells of a ruled table on a PDF page -> rows of words by cell. Pure geometry."""

from bisect import bisect_right
from collections.abc import Sequence

from assist.adapters.documents.pdf_words import Word

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""
SAME_EDGE = 2.0
"""Points between two rulings that are meant to be one."""
FILLED = 0.3
"""Share of cells with words below which rulings are a drawing, not a table."""


def grid(cells: Sequence[Box], words: Sequence[Word]) -> list[list[tuple[Word, ...]]]:
    """Words by row and column; empty where the cells make no table.

    A cell over several rows or columns stands in each of them, one over the whole width in the
    first column only.
    """
    across = _edges([cell[0] for cell in cells])
    down = _edges([cell[1] for cell in cells])
    if len(across) < 2 or len(down) < 2:
        return []
    held: list[list[Word]] = [[] for _ in cells]
    owner: dict[tuple[int, int], int] = {}
    for number, cell in enumerate(cells):
        columns, rows = _covered(across, cell[0], cell[2]), _covered(down, cell[1], cell[3])
        whole = len(columns) == len(across)
        for row in rows:
            for column in columns[:1] if whole else columns:
                owner.setdefault((row, column), number)
    for word in words:
        at = (_index(down, (word.top + word.bottom) / 2), _index(across, (word.x0 + word.x1) / 2))
        taken_by = owner.get(at, owner.get((at[0], 0)))
        if taken_by is not None:
            held[taken_by].append(word)
    made = [
        [
            tuple(held[owner[row, column]]) if (row, column) in owner else ()
            for column in _all(across)
        ]
        for row in _all(down)
    ]
    return made if _is_table(made) else []


def _edges(values: Sequence[float]) -> list[float]:
    """The distinct places among `values`, those of one ruling as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > SAME_EDGE:
            found.append(value)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    return max(0, bisect_right(edges, value + SAME_EDGE) - 1)


def _covered(edges: Sequence[float], start: float, end: float) -> range:
    """The rows or columns that begin within a cell."""
    return range(_index(edges, start), max(_index(edges, end - 2 * SAME_EDGE), 0) + 1)


def _all(edges: Sequence[float]) -> range:
    return range(len(edges))


def _is_table(rows: Sequence[Sequence[Sequence[Word]]]) -> bool:
    filled = [[bool(cell) for cell in row] for row in rows]
    in_use = sum(any(column) for column in zip(*filled, strict=True))
    share = sum(map(sum, filled)) / sum(map(len, filled))
    return in_use >= 2 and sum(map(any, filled)) >= 2 and share >= FILLED
