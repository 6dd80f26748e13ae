"""Ticket files -> tickets. What is wrong names its line and field."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assist.domain.ticket import Ticket
from assist.errors import AssistError, BadTicket, TooLarge

MAX_BYTES = 256 * 1024 * 1024
"""A file of tickets larger than this is split before it is read."""

Read = tuple[str, Ticket | AssistError]


def read_tickets(sources: Sequence[str]) -> Iterator[Read]:
    """(where, ticket or what is wrong with it) in order. Raises where a source cannot be read."""
    for source in sources:
        yield from parse_tickets(_text(source), "stdin" if source == "-" else source)


def readable(source: str) -> tuple[list[Ticket], list[tuple[str, AssistError]]]:
    """The tickets, and what is wrong with other lines. Raises `BadTicket` where none is left."""
    read = tuple(read_tickets([source]))
    asked = [one for _, one in read if isinstance(one, Ticket)]
    refused = [(where, one) for where, one in read if not isinstance(one, Ticket)]
    if not asked and refused:
        where, error = refused[0]
        raise BadTicket(str(error), where=where, cure="no line is a ticket; see `assist schema`")
    return asked, refused


def parse_tickets(text: str, where: str) -> Iterator[Read]:
    """One JSON document (a ticket, or a list of them) or JSON Lines."""
    if not text.strip():
        raise BadTicket("nothing to read", where=where, cure="give a ticket as JSON")
    whole = _whole_document(text)
    if isinstance(whole, BadTicket):
        yield where, whole
        return
    if whole == []:
        yield where, BadTicket("the list holds no ticket", cure="give at least one")
        return
    if whole is not None:
        many = whole if isinstance(whole, list) else [whole]
        for number, data in enumerate(many, start=1):
            place = f"{where}[{number}]" if isinstance(whole, list) else where
            yield place, _ticket(data)
        return
    # Only a line feed ends a line: U+2028 and U+0085 stand unescaped inside JSON strings.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{where}:{number}", _ticket_line(line)


def _text(source: str) -> str:
    try:
        if source == "-":
            if sys.stdin.isatty():
                raise BadTicket(
                    "no ticket given", where="stdin", cure="name a file, or pipe JSON in"
                )
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            path = Path(source)
            if path.is_file() and path.stat().st_size > MAX_BYTES:
                raise TooLarge(
                    f"larger than {MAX_BYTES} bytes", where=source, cure="split the file"
                )
            data = path.read_bytes()
    except OSError as error:
        raise BadTicket(
            error.strerror or "cannot be read", where=source, cure="check the path"
        ) from error
    if len(data) > MAX_BYTES:
        raise TooLarge(f"larger than {MAX_BYTES} bytes", where=source, cure="split the input")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTicket(
            f"byte {error.start} is not UTF-8", where=source, cure="save the file as UTF-8 text"
        ) from error


def _whole_document(text: str) -> Any | None:
    """The one JSON document this is; none for JSON Lines; an error where it is neither."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        first = text.lstrip().split("\n", maxsplit=1)[0].rstrip()
        more = isinstance(error, json.JSONDecodeError) and error.msg == "Extra data"
        if more or (first.startswith("{") and first.endswith("}")):
            return None
        return _unreadable(error)


def _ticket_line(line: str) -> Ticket | AssistError:
    try:
        return _ticket(json.loads(line))
    except (ValueError, RecursionError) as error:
        return _unreadable(error)


def _unreadable(error: ValueError | RecursionError) -> BadTicket:
    """Why text is no JSON that we read."""
    if isinstance(error, RecursionError):
        return BadTicket("nested too deeply", cure="send a flat ticket")
    if not isinstance(error, json.JSONDecodeError):  # how Python refuses thousands of digits
        return BadTicket("a number is too long", cure="write it as text, in quotes")
    line = f"line {error.lineno}, " if error.lineno > 1 else ""
    return BadTicket(
        f"not JSON at {line}character {error.colno}: {error.msg}",
        cure="give one JSON object, or one per line",
    )


def _ticket(data: Any) -> Ticket | AssistError:
    if not isinstance(data, dict):
        return BadTicket("a ticket is a JSON object", cure='e.g. {"id": "1", "text": "..."}')
    try:
        return Ticket.model_validate(data)
    except ValidationError as error:
        return ticket_error(error)


def ticket_error(error: ValidationError) -> BadTicket:
    """The first thing wrong with a ticket, with the field's path and the cure."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        known = ", ".join(Ticket.model_fields)
        return BadTicket(
            "unknown field", where=where, cure=f"known are {known}; put others in metadata"
        )
    return BadTicket(
        first["msg"].removeprefix("Value error, "), where=where, cure="see `assist schema ticket`"
    )
