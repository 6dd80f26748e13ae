"""A raw fact value -> a value of its declared type, or none where it is not one."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from pydantic import JsonValue, ValidationError

from assist.domain.base import Money
from assist.domain.facts import FactType

Value = bool | int | float | str | date | Money

MAX_INTEGER = 2**63 - 1
"""The integers of conditions are 64 bits wide."""
MAX_TEXT = 10_000
"""Characters of a text fact that a condition reads."""
MAX_SHOWN = 80
"""Characters of a value that are shown in a line."""

_SURROGATES = re.compile("[\ud800-\udfff]")


def read_value(kind: FactType, raw: JsonValue, choices: tuple[str, ...] = ()) -> Value | None:
    """`raw` as a value of `kind`; none where it is missing or does not fit."""
    value = _READERS[kind](raw)
    return None if kind == "choice" and choices and value not in choices else value


def in_words(value: JsonValue | Value) -> str:
    """A value as a person reads it in a line: `true`, `50.00 GBP`, a long text cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        return "a number of more than 64 bits"  # Python refuses to write out the longest
    if isinstance(value, str):
        value = " ".join(value.split())
    if isinstance(value, float) and value.is_integer():
        return str(value).removesuffix(".0")  # 30 is read as a float and shown as it was told
    shown = repr(value) if value == "" else str(value)
    return shown if len(shown) <= MAX_SHOWN else f"{shown[:MAX_SHOWN]}…"


def _text(raw: JsonValue) -> str | None:
    if not isinstance(raw, str) or not raw.strip():
        return None
    text = raw[:MAX_TEXT]
    # JSON can spell half of a surrogate pair, which is no character and which CEL cannot hold.
    return text if text.isascii() or not _SURROGATES.search(text) else None


def _boolean(raw: JsonValue) -> bool | None:
    return raw if isinstance(raw, bool) else None


def _decimal(raw: JsonValue) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    try:
        value = Decimal(str(raw))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _integer(raw: JsonValue) -> int | None:
    if type(raw) is int:
        return raw if abs(raw) <= MAX_INTEGER else None
    value = _decimal(raw)
    if value is None or abs(value) > MAX_INTEGER or value != value.to_integral_value():
        return None
    return int(value)


def _number(raw: JsonValue) -> float | None:
    if type(raw) is int:
        return float(raw) if abs(raw) <= MAX_INTEGER else None
    value = _decimal(raw)
    if value is None or not math.isfinite(number := float(value)):
        return None
    return number


def _date(raw: JsonValue) -> date | None:
    if not isinstance(raw, str):
        return None
    try:
        return datetime.fromisoformat(raw).date()
    except ValueError:
        return None


def _money(raw: JsonValue) -> Money | None:
    if not isinstance(raw, dict):
        return None
    try:
        return Money.model_validate(raw)
    except ValidationError:
        return None


_READERS: Mapping[FactType, Callable[[JsonValue], Value | None]] = {
    "text": _text,
    "choice": _text,
    "boolean": _boolean,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "money": _money,
}
