"""Rows of cells -> a Markdown pipe table; which first row is a header. For every format."""

from collections.abc import Sequence

HEADER_CHARACTERS = 40
"""The name of a column is a few words."""


def is_header(first: Sequence[str], columns: int) -> bool:
    """Whether an unmarked first row names its columns.

    Two columns may as well be names and values, row by row, so only three and more are judged.
    """
    names = [cell.strip() for cell in first]
    return (
        columns > 2
        and len(set(names)) == len(names)
        and all(0 < len(name) <= HEADER_CHARACTERS and name[-1] not in ".!;" for name in names)
    )


def cell_text(text: str) -> str:
    """One line without the mark that ends a cell: readers of pipe tables differ on escaping it."""
    return " ".join(text.replace("|", "/").split())


def pipe_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The table as Markdown; an empty header leaves its cells blank."""
    width = max(len(header), *(len(row) for row in rows), 1)
    names = [*map(cell_text, header), *([""] * (width - len(header)))]
    lines = [_line(names), "|" + "---|" * width]
    lines += [_line([*map(cell_text, row), *([""] * (width - len(row)))]) for row in rows]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
