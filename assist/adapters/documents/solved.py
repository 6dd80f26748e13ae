"""Solved tickets (CSV or JSON Lines) -> precedents: what was wrong and what solved it, redacted.

A column is known by any of the names in `COLUMNS`; in JSON Lines `messages` in the shape of our
tickets may stand for problem and resolution. Whatever is not in `COLUMNS` is not read at all, and
nothing is kept that the redaction has not seen.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from pydantic import JsonValue

from assist.adapters.documents.attributes import identifier
from assist.adapters.documents.files import UnreadableTextError
from assist.adapters.documents.json_text import json_lines
from assist.adapters.documents.shelf import Shelf
from assist.adapters.documents.tickets_csv import csv_header, csv_rows
from assist.adapters.redaction import redact
from assist.domain.knowledge import Document
from assist.language.mail import body

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "ticket_id", "ticket", "ticket_number", "number", "key"),
    "subject": ("subject", "title", "summary"),
    "problem": ("problem", "description", "question", "first_message", "text", "request"),
    "resolution": ("resolution", "answer", "last_agent_reply", "agent_reply", "solution", "reply"),
    "status": ("status", "state"),
    "category": ("category", "topic", "issue_type"),
    "product": ("product", "products"),
    "region": ("region", "regions", "market"),
    "tags": ("tags", "labels"),
    "created_at": ("created_at", "created", "opened_at"),
    "solved_at": ("solved_at", "resolved_at", "closed_at", "solved"),
    "satisfaction": ("satisfaction", "satisfaction_score", "satisfaction_rating", "csat"),
    "name": ("requester", "requester_name", "customer", "customer_name", "name"),
    "email": ("email", "requester_email", "customer_email"),
    "phone": ("phone", "requester_phone", "customer_phone"),
    "address": ("address", "customer_address", "delivery_address"),
    "agent": ("agent", "agent_name", "assignee", "assignee_name"),
}
"""What we read -> the names it goes by, in any case, with spaces or underscores."""

KNOWN = {"name": "NAME", "agent": "NAME", "email": "EMAIL", "phone": "PHONE", "address": "ADDRESS"}
"""Columns that say who it was: their values are taken out of every text of the row."""
SOLVED = frozenset({"solved", "closed", "resolved", "done", "completed"})
ONE_LINE = ("subject", "category", "satisfaction", "tags", "product", "region")
_BETWEEN = "\x1e"
"""Between the texts of a ticket while they are redacted together: the record separator."""
_FIELDS = {name: field for field, names in COLUMNS.items() for name in names}


class _RowError(ValueError):
    """A row that is no solved ticket."""


def is_solved_tickets(path: Path) -> bool:
    """Whether a `.csv` or `.jsonl` file holds such tickets, by its first row; never raises."""
    try:
        if path.suffix.lower() == ".csv":
            return _speaks_of_tickets({_folded(name) for name in csv_header(path)})
        if path.suffix.lower() != ".jsonl":
            return False
        first = next((row for _, row in json_lines(path) if isinstance(row, dict)), {})
    except UnreadableTextError:
        return False
    return _speaks_of_tickets({_folded(name) for name in first})


def shelve_solved(path: Path, shelf: Shelf) -> None:
    """Read every solved ticket onto the shelf; broken rows are named, unsolved ones counted."""
    rows = csv_rows(path) if path.suffix.lower() == ".csv" else json_lines(path)
    left_out: Counter[str] = Counter()
    try:
        for line, row in rows:
            if isinstance(row, UnreadableTextError):
                shelf.broken(path, row.problem, row.cure, line=line)
            else:
                _shelve(row, path, line, shelf, left_out)
    except UnreadableTextError as error:
        shelf.broken(path, error.problem, error.cure, line=error.line)
    for reason, count in left_out.items():
        rows_are = "1 row is" if count == 1 else f"{count} rows are"
        shelf.warn(path, f"{rows_are} left out: {reason}", "only solved tickets are precedents")


def _shelve(row: JsonValue, path: Path, line: int, shelf: Shelf, left_out: Counter[str]) -> None:
    known_id = ""
    try:
        fields = _fields(row)
        known_id = _id(fields)
        if reason := _unsolved(fields):
            left_out[reason] += 1
        else:
            shelf.add(_document(known_id, fields, path), path, line)
    except _RowError as error:
        shelf.broken(path, str(error), "correct the row", line=line, known_id=known_id)


def _speaks_of_tickets(names: set[str]) -> bool:
    fields = {_FIELDS[name] for name in names if name in _FIELDS}
    told = {"problem", "resolution"} <= fields or ("messages" in names and "status" in fields)
    return told and "id" in fields


def _folded(name: str) -> str:
    return "_".join(name.replace("-", " ").replace("_", " ").lower().split())


def _fields(row: JsonValue) -> dict[str, str]:
    """The row's values by what they mean, as text; the first name that holds one wins."""
    if not isinstance(row, dict):
        raise _RowError("is not a JSON object")
    told: dict[str, str] = {}
    for field, value in _told(row):
        if text := _text(field, value):
            told.setdefault(field, text)
    return told


def _told(row: Mapping[str, JsonValue]) -> Iterator[tuple[str, JsonValue]]:
    by_name = {_folded(name): value for name, value in row.items()}
    customer = by_name.get("customer")
    if isinstance(customer, dict):
        del by_name["customer"]
        by_name = {
            _folded(name): value for name, value in customer.items() if name != "id"
        } | by_name
    for field, names in COLUMNS.items():
        yield from ((field, by_name[name]) for name in names if name in by_name)
    messages = by_name.get("messages")
    if messages is not None:
        yield from _from_messages(messages)


def _from_messages(messages: JsonValue) -> Iterator[tuple[str, JsonValue]]:
    """The customer's public messages up to the first reply; the last public reply."""
    if not isinstance(messages, list) or not all(isinstance(m, dict) for m in messages):
        raise _RowError("messages must be a list of objects")
    public = [m for m in messages if isinstance(m, dict) and m.get("public") is not False]
    authors = [m.get("author", "customer") for m in public]
    first_reply = authors.index("agent") if "agent" in authors else len(public)
    asked = [
        m.get("text") for m in public[:first_reply] if m.get("author", "customer") == "customer"
    ]
    replies = [m.get("text") for m in public if m.get("author") == "agent"]
    yield "problem", "\n\n".join(body(text) for text in asked if isinstance(text, str))
    yield "resolution", replies[-1] if replies else None


def _text(field: str, value: JsonValue) -> str:
    if isinstance(value, list) and field in ("tags", "product", "region"):
        return ";".join(_text(field, item) for item in value)
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str | int | float):
        return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    raise _RowError(f"{field} must be text")


def _id(fields: Mapping[str, str]) -> str:
    try:
        return identifier(fields.get("id", ""))
    except ValueError as error:
        raise _RowError(f"id {error}") from error


def _unsolved(fields: Mapping[str, str]) -> str:
    """Why a ticket is no precedent; empty where it is one."""
    status = fields.get("status", "").casefold()
    if status and status not in SOLVED:
        return "not solved yet"
    if not fields.get("problem") or not fields.get("resolution"):
        return "without a problem or a resolution"
    return ""


def _document(document_id: str, fields: Mapping[str, str], path: Path) -> Document:
    said = _redacted(fields)
    dates = {key: day for key in ("created_at", "solved_at") if (day := _time(key, fields))}
    metadata: dict[str, JsonValue] = {**dates}
    metadata |= {key: said[key] for key in ("category", "satisfaction") if said[key]}
    if tags := _listed(said["tags"]):
        metadata["tags"] = list(tags)
    return Document(
        id=document_id,
        kind="precedent",
        title=said["subject"],
        text=f"## Problem\n\n{said['problem']}\n\n## Resolution\n\n{said['resolution']}",
        audience="internal",
        products=_listed(said["product"]),
        regions=_listed(said["region"]),
        source=path.as_posix(),
        metadata=metadata,
    )


def _redacted(fields: Mapping[str, str]) -> dict[str, str]:
    """Every text of the ticket without personal data; one person is one placeholder in all."""
    known = {fields[column]: kind for column, kind in KNOWN.items() if column in fields}
    texts = [" ".join(fields.get(field, "").split()) for field in ONE_LINE]
    texts += [body(fields[field]) for field in ("problem", "resolution")]
    together = redact(_BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts), known).text
    return dict(zip((*ONE_LINE, "problem", "resolution"), together.split(_BETWEEN), strict=True))


def _listed(value: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in re.split(r"[;,|]", value))))


def _time(field: str, fields: Mapping[str, str]) -> str:
    """A date or a time in ISO 8601; empty where there is none."""
    if not (written := fields.get(field, "")):
        return ""
    try:
        kind = date if len(written) <= len("2026-01-31") else datetime
        return kind.fromisoformat(written).isoformat()
    except ValueError as error:
        raise _RowError(f"{field} must be a date like 2026-01-31, not {written!r}") from error
