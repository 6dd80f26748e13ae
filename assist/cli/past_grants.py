"""What a customer was granted before, as a person writes it in JSON -> the grants of a trial."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from assist.errors import BadInput
from assist.policies.values import read_value
from assist.service.trial_input import nearest, written

FIELDS = ("action", "amount", "at", "level")
EXAMPLE = 'write {"action": "credit", "amount": "50.00 GBP", "at": "2026-05-01"}'


def past_grants(listed: Sequence[Any]) -> list[dict[str, Any]]:
    """Each grant with its amount as money. Raises `BadInput` for the part that cannot be read."""
    return [_grant(one, f"granted.{number}") for number, one in enumerate(listed)]


def _grant(one: Any, where: str) -> dict[str, Any]:
    if not isinstance(one, Mapping):
        raise BadInput(f"{json.dumps(one)} is no grant", where=where, cure=EXAMPLE)
    for name in one:
        if name not in FIELDS:
            cure = nearest(name, FIELDS, EXAMPLE)
            raise BadInput(f"a grant has no {name!r}", where=f"{where}.{name}", cure=cure)
    for name in ("action", "at"):
        if not isinstance(one.get(name), str):
            raise BadInput("is missing or no text", where=f"{where}.{name}", cure=EXAMPLE)
    _check_day(one["at"], f"{where}.at")
    return {**one, "amount": _amount(one.get("amount"), f"{where}.amount")}


def _amount(raw: Any, where: str) -> Any:
    """As money; none for a grant that is worth none."""
    if raw is None:
        return None
    if isinstance(raw, str):
        return written(raw, "money", where)
    if read_value("money", raw) is None:
        cure = "write 50.00 GBP or {amount, currency}"
        raise BadInput(f"{json.dumps(raw)} is no amount", where=where, cure=cure)
    return raw


def _check_day(text: str, where: str) -> None:
    """A day, or a moment with its offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"{text!r} is no day", where=where, cure="write 2026-05-01") from error
    if moment.tzinfo is None and text != date.isoformat(moment):
        cure = "write 2026-05-01 or 2026-05-01T09:30:00Z"
        raise BadInput(f"{text!r} has no time zone", where=where, cure=cure)
