"""What Python's parser lets pass in a JSON text: too deep, too wide, read in two ways, no number.

Depth and width are found in one pass before a parser builds anything.
"""

import json
import math
import re
from typing import Any, NoReturn

from assist.domain.ticket import MAX_DEPTH
from assist.errors import BadInput, TooLarge

MAX_ITEMS = 20_000
"""Objects, lists and what they hold. A thread of a thousand messages has about six thousand."""

LARGEST = 2**63
DIGITS = 20
"""As many as it has with its sign: more are not even converted, which takes long for a million."""

# A string ends at its quote or where the text does; nothing in it can be read in two ways, so the
# time is linear in the length.
_MARK = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?|[][{},]', re.DOTALL)
_STEP = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}


def check_shape(text: bytes, max_depth: int = MAX_DEPTH, max_items: int = MAX_ITEMS) -> None:
    """Raises `BadInput` where JSON is nested too deep, `TooLarge` where it holds too many items.

    What is not JSON passes or not; whoever parses it says so.
    """
    depth = items = 0
    for mark in _MARK.finditer(text):
        found = mark.group()
        step = _STEP.get(found, 0)
        depth += step
        items += step > 0 or found == b","
        if depth > max_depth:
            raise BadInput(f"nested deeper than {max_depth} levels", cure="send a flatter object")
        if items > max_items:
            raise TooLarge(f"more than {max_items} items", cure="send fewer in one request")


def check_content(text: bytes) -> None:
    """Raises `BadInput` for a name that stands twice in one object, and for what is no number.

    Of a name that stands twice programs keep the first or the last, each its own. The text has
    been found neither deep nor wide. What is not JSON passes; whoever parses it says so.
    """
    try:
        json.loads(
            text,
            object_pairs_hook=_with_single_names,
            parse_constant=_refuse_number,
            parse_float=_finite,
            parse_int=_of_64_bits,
        )
    except (ValueError, RecursionError):
        return


def _with_single_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadInput("stands twice in one object", where=name, cure="send it once")
        found[name] = value
    return found


def _finite(number: str) -> float:
    value = float(number)
    return value if math.isfinite(value) else _refuse_number(number)


def _of_64_bits(number: str) -> int:
    """Raises `BadInput` for a larger one: neither a store nor another program keeps it whole."""
    if len(number) > DIGITS or not -LARGEST <= (value := int(number)) < LARGEST:
        raise BadInput(
            f"{number[:100]} is an integer of more than 64 bits",
            cure="send a smaller one, or a text",
        )
    return value


def _refuse_number(number: str) -> NoReturn:
    raise BadInput(
        f"{number[:100]} is not a number we can keep", cure="send a finite one, null or nothing"
    )
