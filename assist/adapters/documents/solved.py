"""Solved tickets (CSV or JSON Lines) -> precedents: what was wrong and what solved it, redacted.

A column is known by any of the names in `COLUMNS`; in JSON Lines `messages` in the shape of our
tickets may stand for problem and resolution. Whatever is not in `COLUMNS` is not read at all, and
nothing is kept that the redaction has not seen.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import JsonValue

from assist.adapters.documents.attributes import identifier
from assist.adapters.documents.files import UnreadableTextError
from assist.adapters.documents.json_text import json_lines
from assist.adapters.documents.shelf import Shelf
from assist.adapters.documents.ticket_dates import iso_time
from assist.adapters.documents.tickets_csv import csv_header, csv_rows
from assist.adapters.privacy.redaction import redact
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
DATES = ("created_at", "solved_at")
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
            # In any encoding: shelving it then says which one is wrong.
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
    tickets = _Tickets(path, shelf)
    try:
        for line, row in rows:
            if isinstance(row, UnreadableTextError):
                shelf.broken(path, row.problem, row.cure, line=line)
            else:
                tickets.shelve(row, line)
    except UnreadableTextError as error:
        shelf.broken(path, error.problem, error.cure, line=error.line)
    tickets.report()


class _Tickets:
    """The tickets of one file, and what is said once about many."""

    def __init__(self, path: Path, shelf: Shelf) -> None:
        self._path, self._shelf = path, shelf
        self._left_out: Counter[str] = Counter()
        self._undated: dict[str, list[str]] = {}

    def shelve(self, row: JsonValue, line: int) -> None:
        """Keep the ticket, count why it is none, or name what is wrong with it."""
        known_id = ""
        try:
            fields = _fields(row)
            known_id = _id(fields)
            if reason := _unsolved(fields):
                self._left_out[reason] += 1
            else:
                document = _document(known_id, fields, self._dates(fields), self._path)
                self._shelf.add(document, self._path, line)
        except _RowError as error:
            self._shelf.broken(
                self._path, str(error), "correct the row", line=line, known_id=known_id
            )

    def report(self) -> None:
        """Warn of what was left out, and of dates nobody can tell, once each."""
        for reason, count in self._left_out.items():
            said = f"{_count(count)} left out: {reason}"
            self._shelf.warn(self._path, said, "only solved tickets are precedents")
        for field, written in self._undated.items():
            said = (
                f"{_count(len(written))} read without {field}: {written[0]!r} is no date, or "
                "could be two"
            )
            self._shelf.warn(self._path, said, "write dates like 2026-01-31")

    def _dates(self, fields: Mapping[str, str]) -> dict[str, JsonValue]:
        dates: dict[str, JsonValue] = {}
        for field in DATES:
            if not (written := fields.get(field, "")):
                continue
            try:
                dates[field] = iso_time(written)
            except (ValueError, OverflowError):
                self._undated.setdefault(field, []).append(written)
        return dates


def _count(number: int) -> str:
    return "1 row is" if number == 1 else f"{number} rows are"


def _speaks_of_tickets(names: set[str]) -> bool:
    fields = {_FIELDS[name] for name in names if name in _FIELDS}
    told = {"problem", "resolution"} <= fields or ("messages" in names and "status" in fields)
    return told and "id" in fields


def _folded(name: str) -> str:
    return "_".join(name.replace("-", " ").replace("_", " ").lower().split())


def _fields(row: JsonValue) -> dict[str, str]:
    """The row's values by what they mean, as text.

    The first name that holds one wins; of whom to take out, all are kept.
    """
    if not isinstance(row, dict):
        raise _RowError("is not a JSON object")
    told: dict[str, str] = {}
    for field, value in _told(row):
        if not (text := _text(field, value)):
            continue
        if field in KNOWN and field in told:
            told[field] += f"{_BETWEEN}{text}"
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
    """The customer's public messages up to the first reply; the last public reply; who wrote."""
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
    yield from (("name", m["name"]) for m in messages if isinstance(m, dict) and m.get("name"))


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


def _document(
    document_id: str, fields: Mapping[str, str], dates: Mapping[str, JsonValue], path: Path
) -> Document:
    said = _redacted(fields)
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
    known = {
        value: kind
        for column, kind in KNOWN.items()
        for value in fields.get(column, "").split(_BETWEEN)
    }
    texts = [" ".join(fields.get(field, "").split()) for field in ONE_LINE]
    texts += [body(fields[field]) for field in ("problem", "resolution")]
    together = redact(_BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts), known).text
    return dict(zip((*ONE_LINE, "problem", "resolution"), together.split(_BETWEEN), strict=True))


def _listed(value: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in re.split(r"[;,|]", value))))
