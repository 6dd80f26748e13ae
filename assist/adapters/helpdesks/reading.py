"""What helpdesks answer, read into our words: times, lists of known shape, tickets whole."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from assist.domain.helpdesks import Delivery
from assist.domain.ticket import MAX_REVISION, Message, Ticket
from assist.errors import BadInput, BadTicket, HelpdeskUnavailable

LONGEST_ID = 200
LARGEST_ATTACHMENT = 25_000_000
"""Bytes from which on an attachment is named with its size and said to be too large to look at."""


def instant(said: Any) -> datetime | None:
    """A time as ISO 8601 or in seconds since 1970, or none where it is neither."""
    try:
        if isinstance(said, int | float) and not isinstance(said, bool):
            return datetime.fromtimestamp(said, UTC)
        found = datetime.fromisoformat(str(said)) if said else None
    except (ValueError, OverflowError, OSError):
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def rows(name: str, answer: Any) -> list[Mapping[str, Any]]:
    """A list of objects. Raises `HelpdeskUnavailable` where it is none."""
    if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
        raise HelpdeskUnavailable(
            f"{name} answered something else than a list", cure="check its version and its address"
        )
    return answer


def row(name: str, answer: Any) -> Mapping[str, Any]:
    """An object. Raises `HelpdeskUnavailable` where it is none."""
    return rows(name, [answer])[0]


def ticket_of(name: str, fields: Mapping[str, Any], updated: datetime | None) -> Ticket:
    """Our ticket; its revision is the second of its last change, so that it only grows.

    Raises `BadTicket`, as for one without a word of the customer.
    """
    revision = min(int(updated.timestamp()), MAX_REVISION) if updated else 1
    said = {key: value for key, value in fields.items() if value not in (None, "", {}, ())}
    try:
        return Ticket.model_validate({**said, "revision": max(revision, 0)})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        problem = first["msg"].removeprefix("Value error, ")
        raise BadTicket(problem, where=f"{name}: {where}" if where else name) from error


def json_object(body: bytes) -> Mapping[str, Any]:
    """What a webhook holds. Raises `BadInput` where it is no object."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput("the webhook is no JSON", cure="check what the helpdesk sends") from error
    if not isinstance(told, dict):
        raise BadInput("the webhook is no JSON object", cure="check what the helpdesk sends")
    return told


def delivery_of(name: str, *, ticket_id: Any, delivery_id: str, event: str = "") -> Delivery:
    """What a webhook tells. Raises `BadInput` where the ticket's id can be none."""
    if not isinstance(ticket_id, str | int) or not 0 < len(str(ticket_id)) <= LONGEST_ID:
        raise BadInput("the webhook names no ticket", cure="check what the helpdesk sends")
    return Delivery(
        id=delivery_id[:LONGEST_ID] or f"{ticket_id}",
        helpdesk=name,
        ticket_id=str(ticket_id),
        event=event[:LONGEST_ID],
    )


def attachment(name: Any, kind: Any, size: Any) -> dict[str, Any]:
    """An attachment by its name, type and size; its content is not fetched."""
    known = size if isinstance(size, int) and size >= 0 else None
    large = known is not None and known > LARGEST_ATTACHMENT
    note = {"text": f"(too large to look at: {known} bytes)"} if large else {}
    return {"name": str(name or "attachment"), "type": kind or None, "size": known, **note}


def said_already(messages: Iterable[Message], text: str) -> bool:
    """Whether an agent wrote just this since the customer's last message."""
    latest: list[str] = []
    for message in messages:
        if message.author == "customer":
            latest.clear()
        else:
            latest.append(_folded(message.text))
    return _folded(text) in latest


def _folded(text: str) -> str:
    return " ".join(text.split())
