"""Rows on a terminal: one line each, however narrow it is. An id that is cut cannot be used."""

from collections.abc import Sequence


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print the rows under their headings, each column as wide as its widest cell."""
    whole = [columns, *rows]
    widths = [max(map(len, column)) for column in zip(*whole, strict=True)]
    for row in whole:
        print("  ".join(f"{cell:{w}}" for cell, w in zip(row, widths, strict=True)).rstrip())
