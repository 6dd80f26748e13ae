"""Rows of tickets (CSV or JSON Lines) -> eval cases, and each row that is none, with why."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from assist.adapters.documents.files import UnreadableTextError
from assist.adapters.documents.json_text import json_lines
from assist.adapters.documents.tickets_csv import csv_header, csv_rows
from assist.domain.base import Model
from assist.errors import AssistError, BadInput
from evals.making.mapping import place_of, with_defaults
from evals.making.writing import as_yaml, write_new

Row = tuple[int, JsonValue | UnreadableTextError]


class BadRow(Model):
    """A row that became no case: its line, the field that is wrong where one is, and the cure."""

    line: int
    field: str = ""
    problem: str
    cure: str = ""

    def told(self, file: Path) -> str:
        """One line for a person."""
        named = f"{self.field}: " if self.field else ""
        return f"{file}:{self.line}: {named}{self.problem}" + (
            f" ({self.cure})" if self.cure else ""
        )


class Imported(Model):
    """What came of a file: the cases' files, the rows left out, the columns nobody reads."""

    written: tuple[str, ...]
    bad: tuple[BadRow, ...]
    unused: tuple[str, ...] = ()


@dataclass(slots=True)
class _Import:
    """One file on its way into a folder."""

    mapped: Mapping[str, str]
    at: str
    out: Path
    source: str
    written: dict[str, int] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)


def import_file(file: Path, mapped: Mapping[str, str], out: Path, at: str) -> Imported:
    """A case file in `out` for each row that is one. `at` is used where a row gives no time.

    Raises `BadInput` where the file cannot be read at all, or `mapped` names no column of it.
    """
    try:
        rows = list(_rows(file))
    except UnreadableTextError as error:
        raise BadInput(error.problem, where=str(file), cure=error.cure) from error
    if not rows:
        raise BadInput("holds no row", where=str(file), cure="give a file with tickets in it")
    columns = _columns(file, rows)
    chosen = with_defaults(mapped, columns)
    work = _Import(chosen, at, out, file.name)
    for line, row in rows:
        _take(work, line, row)
    used = {column.partition(".")[0] for column in chosen.values()} | set(chosen.values())
    unused = tuple(column for column in columns if column not in used)
    return Imported(written=tuple(work.written), bad=tuple(work.bad), unused=unused)


def _rows(file: Path) -> Iterator[Row]:
    suffix = file.suffix.lower()
    if suffix == ".csv":
        yield from csv_rows(file)
    elif suffix in (".jsonl", ".ndjson"):
        yield from json_lines(file)
    else:
        raise BadInput(
            f"is a {suffix or 'nameless'} file", where=str(file), cure="give .csv or .jsonl"
        )


def _columns(file: Path, rows: Sequence[Row]) -> list[str]:
    """All columns; of JSON Lines also the paths within objects, dotted."""
    if file.suffix.lower() == ".csv":
        return csv_header(file)
    found: dict[str, None] = {}
    for _, row in rows:
        if isinstance(row, dict):
            for name, value in row.items():
                found[name] = None
                if isinstance(value, dict):
                    found |= dict.fromkeys(f"{name}.{inner}" for inner in value)
    return [name for name in found if not _is_opened(name, found)]


def _is_opened(name: str, found: Mapping[str, None]) -> bool:
    """Whether its inner parts stand there instead of it."""
    return any(other.startswith(f"{name}.") for other in found)


def _take(work: _Import, line: int, row: JsonValue | UnreadableTextError) -> None:
    """Write the row's case, or note why it makes none."""
    if isinstance(row, UnreadableTextError):
        work.bad.append(BadRow(line=line, problem=row.problem, cure=row.cure))
        return
    if not isinstance(row, dict):
        work.bad.append(BadRow(line=line, problem="is no object", cure="one ticket a line"))
        return
    told, fault = _case(work, line, row)
    if fault is not None:
        work.bad.append(fault)
        return
    name = f"{told['id']}.yaml"
    if name in work.written:
        problem = f"the id {told['id']!r} stands in line {work.written[name]} too"
        work.bad.append(BadRow(line=line, field=_column(work, "id"), problem=problem))
        return
    try:
        write_new(work.out / name, as_yaml(told))
    except AssistError as error:
        work.bad.append(_fault(work, line, error))
        return
    work.written[name] = line


def _case(
    work: _Import, line: int, row: Mapping[str, JsonValue]
) -> tuple[dict[str, Any], BadRow | None]:
    """The row as a case, not checked as a whole yet, or what is wrong with one of its cells."""
    told: dict[str, Any] = {
        "id": f"{_slug(Path(work.source).stem)}-{line}",
        "note": f"Imported from {work.source}, line {line}.",
        "provenance": "imported",
        "at": work.at,
        "ticket": {},
        "expect": {},
    }
    for target, column in work.mapped.items():
        cell = _cell(row, column)
        if cell is None:
            continue
        path, read = place_of(target)
        try:
            _put(told, path, cell if not isinstance(cell, str) else read(cell))
        except ValueError as error:
            return told, BadRow(line=line, field=column, problem=str(error))
    told["id"] = _slug(str(told["id"]))
    if "at" not in _targets_given(work, row):
        told["at"] = told["ticket"].get("created_at") or work.at
    return told, None


def _targets_given(work: _Import, row: Mapping[str, JsonValue]) -> set[str]:
    return {t for t, column in work.mapped.items() if _cell(row, column) is not None}


def _cell(row: Mapping[str, JsonValue], column: str) -> JsonValue:
    """What stands there; an empty text is nothing, and so is what the row has not."""
    value: JsonValue = row.get(column)
    if value is None and "." in column:
        first, _, rest = column.partition(".")
        inner = row.get(first)
        value = inner.get(rest) if isinstance(inner, dict) else None
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float) else value


def _put(told: dict[str, Any], path: Sequence[str], value: Any) -> None:
    *outer, last = path
    within = told
    for name in outer:
        within = within.setdefault(name, {})
    within[last] = value


def _fault(work: _Import, line: int, error: AssistError) -> BadRow:
    """The error of a whole case, told by the column that it comes from."""
    named = re.match(r"((?:\w+\.)*\w+): (.+)", error.problem, re.DOTALL)
    path = named[1] if named else ""
    problem = named[2] if named else error.problem
    named_so = next((c for t, c in work.mapped.items() if path and _stands(path, t)), path)
    column = work.mapped.get("text", path) if path == "ticket" else named_so
    return BadRow(line=line, field=column, problem=problem, cure=error.cure or "")


def _stands(path: str, target: str) -> bool:
    own = ".".join(place_of(target)[0])
    return path == own or path.startswith(f"{own}.")


def _column(work: _Import, target: str) -> str:
    return work.mapped.get(target, target)


def _slug(text: str) -> str:
    """Lower case, digits, hyphens, as ids of cases are written."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "case"
