"""A `corpus.jsonl` (BEIR or ours) -> documents, a row at a time."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from pydantic import JsonValue

from assist.adapters.documents.attributes import (
    default_audience,
    identifier,
    plain,
    read_attributes,
)
from assist.adapters.documents.files import (
    MAX_FILE_BYTES,
    UnreadableTextError,
    decode,
    fold_line_ends,
)
from assist.adapters.documents.shelf import Shelf
from assist.domain.knowledge import Document, Kind

OWN_KEYS = frozenset({"_id", "id", "title", "text", "metadata"})
DECISIVE = frozenset({"kind", "audience"})
"""Metadata we refuse to guess: they decide which pool a text is in and who may read it."""

_ID = re.compile(r'"_?id"\s*:\s*"((?:[^"\\]|\\.)+)"')


class _RowError(ValueError):
    """A row that is no document."""


def shelve_rows(path: Path, kind: Kind, shelf: Shelf) -> None:
    """Read every row onto the shelf; broken rows are named with their line, empty ones counted."""
    rows = _Rows(path, kind, shelf)
    try:
        with path.open("rb") as file:
            for line, data in _lines(file):
                rows.shelve(line, data)
    except OSError as error:
        shelf.broken(path, f"cannot be read: {error.strerror}", "make the file readable")
    rows.report()


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """(number, bytes) of each line that is not blank; a line too long comes cut."""
    number = 0
    while data := file.readline(MAX_FILE_BYTES + 1):
        number += 1
        rest = data
        while len(rest) > MAX_FILE_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(MAX_FILE_BYTES + 1)
        if data.strip():
            yield number, data


class _Rows:
    """The rows of one file, and what must be said once about many of them."""

    def __init__(self, path: Path, kind: Kind, shelf: Shelf) -> None:
        self._path, self._kind, self._shelf = path, kind, shelf
        self._empty: list[int] = []
        self._unfit: dict[str, list[int]] = {}

    def shelve(self, line: int, data: bytes) -> None:
        try:
            document, faults = _document(_parse(data), self._path, self._kind)
        except UnreadableTextError as error:
            self._name(line, data, error.problem, error.cure)
            return
        except _RowError as error:
            self._name(line, data, str(error), "correct the row")
            return
        for key, fault in faults.items():
            self._unfit.setdefault(f"{key} {fault}", []).append(line)
        if not document.text:
            self._empty.append(line)
        self._shelf.add(document, self._path, line)

    def report(self) -> None:
        """Warn of empty rows and unfit metadata, once each, at the first line concerned."""
        if self._empty:
            said = f"{_count(self._empty)} an empty text"
            self._shelf.warn(self._path, said, "fill or remove them", line=self._empty[0])
        for fault, lines in self._unfit.items():
            said = f"{_count(lines)} a metadata value we do not use: {fault}"
            self._shelf.warn(self._path, said, "correct it if it is meant for us", line=lines[0])

    def _name(self, line: int, data: bytes, problem: str, cure: str) -> None:
        found = _ID.search(data[:10_000].decode("utf-8", errors="replace"))
        known = found.group(1) if found else ""
        self._shelf.broken(self._path, problem, cure, line=line, known_id=known)


def _count(lines: list[int]) -> str:
    return "1 row has" if len(lines) == 1 else f"{len(lines)} rows have"


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _parse(data: bytes) -> dict[str, JsonValue]:
    if len(data) > MAX_FILE_BYTES:
        raise _RowError(f"is longer than {MAX_FILE_BYTES} bytes")
    try:
        row = json.loads(decode(data).strip(), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _RowError(f"not JSON: {error.msg} at column {error.colno}") from error
    except UnreadableTextError:
        raise
    except (ValueError, RecursionError) as error:
        raise _RowError(f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise _RowError("is not a JSON object")
    try:
        return {str(plain(key)): plain(value) for key, value in row.items()}
    except ValueError as error:
        raise _RowError(f"a value {error}") from error


def _string(row: dict[str, JsonValue], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _RowError(f"{key} must be text")
    return fold_line_ends(value)


def _document(row: dict[str, JsonValue], path: Path, kind: Kind) -> tuple[Document, dict[str, str]]:
    """The document and the metadata keys that do not fit and are only kept."""
    given = row.get("_id", row.get("id"))
    if given is None:
        raise _RowError("has neither _id nor id")
    try:
        document_id = identifier(given)
    except ValueError as error:
        raise _RowError(f"id {error}") from error
    metadata = row.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise _RowError("metadata must be a map")
    stated: dict[str, JsonValue] = {k: v for k, v in metadata.items() if k not in ("id", "title")}
    attributes, faults = read_attributes(stated)
    for key in DECISIVE & faults.keys():
        raise _RowError(f"metadata.{key} {faults[key]}")
    kind = attributes.pop("kind", kind)
    fields: dict[str, Any] = {"audience": default_audience(kind)} | attributes
    text = _string(row, "text")
    others = {key: value for key, value in row.items() if key not in OWN_KEYS}
    document = Document(
        id=document_id,
        kind=kind,
        title=_string(row, "title").strip(),
        text=text if text.strip() else "",
        source=path.as_posix(),
        metadata=others | metadata,
        **fields,
    )
    return document, faults
