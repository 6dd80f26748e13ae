"""Finds in a text -> what to replace: sorted, none overlapping another."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Found(NamedTuple):
    """Characters `start` to `end` of a text are personal data of this type."""

    start: int
    end: int
    type: str


Finder = Callable[[str], Iterable[Found]]

TELLING = (
    "URL", "EMAIL", "IBAN", "WALLET", "CARD", "ACCOUNT", "SSN", "PASSPORT", "LICENSE", "HEALTH",
    "TAX", "BIRTH", "MAC", "IP", "PHONE", "ADDRESS", "NAME", "PERSON", "PLACE", "ORGANIZATION",
    "REFERENCE", "DIGITS",
)  # fmt: skip
"""Every type there is. Where finds overlap they are one, named by the first of their types here."""
_RANK = {kind: rank for rank, kind in enumerate(TELLING)}


def merged(found: Iterable[Found]) -> list[Found]:
    """Overlapping finds as one, in the order of the text; empty ones are left out."""
    result: list[Found] = []
    for one in sorted(find for find in found if find.end > find.start):
        if result and one.start < result[-1].end:
            first = result[-1]
            kind = min(first.type, one.type, key=lambda kind: _RANK.get(kind, len(_RANK)))
            result[-1] = Found(first.start, max(first.end, one.end), kind)
        else:
            result.append(one)
    return result
