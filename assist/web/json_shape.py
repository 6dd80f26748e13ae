"""How deep and how wide a JSON text is, found in one pass before a parser builds anything."""

import re

from assist.domain.ticket import MAX_DEPTH
from assist.errors import BadInput, TooLarge

MAX_ITEMS = 20_000
"""Objects, lists and what they hold. A thread of a thousand messages has about six thousand."""

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
