"""A CSV file with a header -> its rows as maps, with the line each begins at."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import JsonValue

from assist.adapters.documents.attributes import plain
from assist.adapters.documents.files import UnreadableTextError, read_bytes, read_text, roughly

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = ",;\t"


def csv_header(path: Path) -> list[str]:
    """The names of the columns, in whatever encoding; none for an empty file.

    Raises `UnreadableTextError` where the file cannot be opened or its first row is none.
    """
    reader = _reader(roughly(read_bytes(path)))
    try:
        return next(reader, [])
    except csv.Error as error:
        raise _unreadable(reader.line_num, error) from error


def csv_rows(path: Path) -> Iterator[tuple[int, JsonValue | UnreadableTextError]]:
    """(line from 1, the row or why it is none) of each row that is not blank.

    Raises `UnreadableTextError` where the file, or the rest of it, cannot be read.
    """
    reader = _reader(read_text(path))
    header: list[str] | None = None
    begins = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _unreadable(begins, error) from error
        if cells is None:
            return
        line, begins = begins, reader.line_num + 1
        if header is None:
            header = cells
        elif any(cell.strip() for cell in cells):
            yield line, _row(header, cells, line)


def _row(header: list[str], cells: list[str], line: int) -> JsonValue | UnreadableTextError:
    if len(cells) != len(header):
        problem = f"has {len(cells)} cells under {len(header)} columns"
        return UnreadableTextError(problem, "put a text with commas in quotes", line)
    try:
        return plain(dict(zip(header, cells, strict=True)))
    except ValueError as error:
        return UnreadableTextError(f"a value {error}", "correct the row", line)


def _reader(text: str) -> "Reader":
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _unreadable(line: int, error: csv.Error) -> UnreadableTextError:
    return UnreadableTextError(
        f"not CSV: {error}; nothing from this row on is read", "quote texts, double quotes", line
    )
