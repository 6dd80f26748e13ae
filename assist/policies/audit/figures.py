"""Numbers in a sentence: amounts of money and counts of days, in digits or in words."""

import re
from collections.abc import Collection, Iterable
from decimal import Decimal

_SMALL = {
    "once": 1, "twice": 2, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = rf"{_DIGITS}|\b(?:{'|'.join(_SMALL)})\b"
_NUMBERS = re.compile(_NUMBER, re.IGNORECASE)
_CURRENCY = r"(?:\b[A-Z]{3}\b|[$£€])"
_MONEY = re.compile(rf"{_CURRENCY}\s?({_DIGITS})|({_DIGITS})\s?{_CURRENCY}")
_DAYS = re.compile(rf"({_NUMBER})(?:-|\s+)(?:business\s+)?(day|week|month|year)s?\b", re.IGNORECASE)
_DAY_NUMBER = re.compile(rf"\bday\s+({_NUMBER})", re.IGNORECASE)
_LENGTHS = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366)}
"""The fewest and the most days in one."""
CENT = Decimal("0.01")


def amounts_in(sentence: str) -> tuple[Decimal, ...]:
    """Amounts of money, without their currencies; every number where none has one."""
    found = (match.group(1) or match.group(2) for match in _MONEY.finditer(sentence))
    return tuple(_number(text) for text in found) or numbers_in(sentence)


def numbers_in(sentence: str) -> tuple[Decimal, ...]:
    """Every number, in digits or in a word up to twenty."""
    return tuple(_number(match.group()) for match in _NUMBERS.finditer(sentence))


def spans_in(sentence: str) -> tuple[range, ...]:
    """Counts of days; a month counts as 28 to 31 of them, whichever its writer meant."""
    found = []
    for match in _DAYS.finditer(sentence):
        count, (fewest, most) = int(_number(match.group(1))), _LENGTHS[match.group(2).lower()]
        found.append(range(count * fewest, count * most + 1))
    found += [
        range(day := int(_number(match.group(1))), day + 1)
        for match in _DAY_NUMBER.finditer(sentence)
    ]
    return tuple(found)


def spoken_of(count: int, others: Collection[int], spans: Iterable[range]) -> bool:
    """Whether a sentence with these spans speaks of the count or of its distance to another.

    One more or less is the same rule told from its other side: `> 14` is "from day 15".
    """
    distances = {count, *(abs(count - other) for other in others if other != count)}
    return any(n in span for span in spans for d in distances for n in (d - 1, d, d + 1))


def _number(text: str) -> Decimal:
    word = text.lower()
    return Decimal(_SMALL[word]) if word in _SMALL else Decimal(word.replace(",", ""))
