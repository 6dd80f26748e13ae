"""Front matter or row metadata -> typed document attributes. The keys: `kb_corpus/README.md`."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, get_args

from pydantic import JsonValue

from assist.domain.knowledge import Audience, Kind

MAX_ID = 512
"""Characters. A database key has a limit of about 2,700 bytes; no id anyone types is that long."""
MAX_DEPTH = 50
"""Nesting of metadata: deeper is no metadata, and would exhaust whoever walks it."""

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


def plain(value: object, depth: int = 0) -> JsonValue:
    """The value as JSON that any store takes; raises `ValueError` with the reason where not."""
    if depth > MAX_DEPTH:
        raise ValueError(f"is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, str):
        if _UNUSABLE.search(value):
            raise ValueError("holds a NUL character or half of a surrogate pair")
        return value
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("is not a finite number")
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, dict):
        if odd := [key for key in value if not isinstance(key, str)]:
            raise ValueError(f"has the key {odd[0]!r}, which is not text: put it in quotes")
        return {str(plain(key)): plain(item, depth + 1) for key, item in value.items()}
    raise ValueError(f"is a {type(value).__name__}, which is neither text, number, list nor map")


def _text(value: JsonValue) -> str:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value).strip()
    raise ValueError("must be text")


def identifier(value: JsonValue) -> str:
    """A document id. Raises `ValueError` where it is empty or too long."""
    text = _text(value)
    if not text:
        raise ValueError("must not be empty")
    if len(text) > MAX_ID:
        raise ValueError(f"has {len(text)} characters; at most {MAX_ID}")
    return text


def _texts(value: JsonValue) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    try:
        return tuple(filter(None, map(_text, items)))
    except ValueError as error:
        raise ValueError("must be a list of words") from error


def _date(value: JsonValue) -> date:
    try:
        return date.fromisoformat(_text(value)[:10])
    except ValueError as error:
        raise ValueError(f"must be a date like 2026-01-31, not {value!r}") from error


def _one_of(names: tuple[str, ...]) -> Callable[[JsonValue], str]:
    def read(value: JsonValue) -> str:
        if value not in names:
            raise ValueError(f"must be one of {', '.join(names)}, not {value!r}")
        return str(value)

    return read


def _maps(value: JsonValue) -> JsonValue:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError("must be a list of maps")
    return value


FIELDS: Mapping[str, Callable[[JsonValue], Any]] = {
    "id": identifier,
    "title": _text,
    "kind": _one_of(get_args(Kind)),
    "audience": _one_of(get_args(Audience)),
    "language": _text,
    "regions": _texts,
    "products": _texts,
    "tiers": _texts,
    "effective": _date,
    "expires": _date,
    "version": _text,
}
"""Keys that become attributes of the document, and how each is read."""

CHECKED: Mapping[str, Callable[[JsonValue], Any]] = {
    "owner": _text,
    "review_due": _date,
    "category": _text,
    "tags": _texts,
    "purpose": _text,
    "clauses": _maps,
}
"""Keys whose type is checked and that stay in the front matter for others to read."""


def read_attributes(values: Mapping[str, JsonValue]) -> tuple[dict[str, Any], dict[str, str]]:
    """(attributes by field, faults by key). An absent or null key is neither."""
    attributes: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for key, read in {**FIELDS, **CHECKED}.items():
        if values.get(key) is None:
            continue
        try:
            attributes[key] = read(values[key])
        except ValueError as error:
            faults[key] = str(error)
    begins, ends = attributes.get("effective"), attributes.get("expires")
    if begins and ends and begins >= ends:
        faults["expires"] = f"must be after effective ({begins}), not {ends}"
    return {key: value for key, value in attributes.items() if key in FIELDS}, faults


def default_audience(kind: Kind) -> Audience:
    """KB articles may be quoted to customers; policies and past tickets inform the agent only."""
    return "customer" if kind == "kb" else "internal"
