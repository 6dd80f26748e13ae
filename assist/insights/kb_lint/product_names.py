"""Text -> products named by a family that is sold, under a number that is not."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_NUMBERED = re.compile(r"^(?P<family>\S.*?)\s(?P<number>\d{1,4})$")


class Named(NamedTuple):
    """A product as a text names it, and the one of its family that is sold."""

    text: str
    sold: str


def named_otherwise(text: str, products: Sequence[str]) -> Iterator[Named]:
    """Each such product once: “Camera 2”, where only the Camera 3 is sold."""
    numbers = _families(tuple(products))
    if not numbers:
        return
    seen: set[str] = set()
    for met in _pattern(tuple(numbers)).finditer(text):
        family, number = met["family"], met["number"]
        if number not in numbers[family] and met.group() not in seen:
            seen.add(met.group())
            yield Named(met.group(), f"{family} {numbers[family][-1]}")


@lru_cache(maxsize=8)
def _families(products: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for product in products:
        if met := _NUMBERED.match(product):
            found[met["family"]] = (*found.get(met["family"], ()), met["number"])
    return found


@lru_cache(maxsize=8)
def _pattern(families: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(families, key=len, reverse=True))
    return re.compile(rf"\b(?P<family>{names})\s(?P<number>\d{{1,4}})\b(?!\s?[%:.]\d)")
