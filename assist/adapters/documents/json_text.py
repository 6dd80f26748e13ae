"""JSON files of a helpdesk -> plain values, whole or a line at a time."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from pydantic import JsonValue

from assist.adapters.documents.attributes import plain
from assist.adapters.documents.files import UnreadableTextError, read_text


def load_json(path: Path) -> JsonValue:
    """The value a file holds. Raises `UnreadableTextError`."""
    return parse_json(read_text(path), "export the file again")


def json_lines(path: Path) -> Iterator[tuple[int, JsonValue | UnreadableTextError]]:
    """(line from 1, its value or why it has none) of each line that is not blank.

    Raises `UnreadableTextError` where the file cannot be read at all.
    """
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, parse_json(line, "correct the row")
        except UnreadableTextError as error:
            yield number, error


def parse_json(text: str, cure: str) -> JsonValue:
    """The value, fit for any store. Raises `UnreadableTextError` with `cure`."""
    try:
        return plain(json.loads(text.strip(), parse_constant=_refuse_constant))
    except json.JSONDecodeError as error:
        raise UnreadableTextError(
            f"not JSON: {error.msg} at column {error.colno}", cure, error.lineno
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableTextError(f"not JSON that we take: {error}", cure) from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
