"""Numbers in a sentence: amounts of money, counts of days and others, in digits or in words."""

import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from assist.policies.condition_money import decimals

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_ORDINALS = {"once": 1, "twice": 2, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_SMALL = {
    **_ORDINALS, **_UNITS, **_TENS, "hundred": 100, "dozen": 12,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_LONG = rf"(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_UNITS)})|(?:{'|'.join(_UNITS)}) hundred"
_NUMBER = rf"{_DIGITS}|\b(?:{_LONG}|{'|'.join(_SMALL)})\b"
_NUMBERS = re.compile(_NUMBER, re.IGNORECASE)
_MARK = r"\b(?-i:[A-Z]{3})\b|[$£€]"
_WORD = r"\b(?:euro|pound|dollar)s?\b"
_MONEY = re.compile(
    rf"(?P<before>{_MARK})\s?(?P<ahead>{_DIGITS})"
    rf"|(?P<behind>{_DIGITS})\s?(?P<after>{_MARK})"
    rf"|(?P<spoken>{_NUMBER})\s(?P<word>{_WORD})",
    re.IGNORECASE,
)
_CURRENCIES = {
    "€": ("EUR",), "euro": ("EUR",), "£": ("GBP",), "pound": ("GBP",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
    "dollar": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
}  # fmt: skip
_DAYS = re.compile(rf"({_NUMBER})(?:-|\s+)(?:business\s+)?(day|week|month|year)s?\b", re.IGNORECASE)
_DAY_NUMBER = re.compile(rf"\bday\s+({_NUMBER})", re.IGNORECASE)
_LENGTHS = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366)}
"""The fewest and the most days in one."""
_DAY = 24 * 60
_MINUTES = {"minute": (1, 1), "hour": (60, 60)} | {
    unit: (fewest * _DAY, most * _DAY) for unit, (fewest, most) in _LENGTHS.items()
}
"""The fewest and the most minutes in one."""
_PLAIN = re.compile(
    r"(?<![A-Za-z_])(?<![A-Za-z]-)"
    rf"(?P<number>{_NUMBER}|\b(?:a|an)(?=[ ](?:{'|'.join(_MINUTES)})\b))"
    rf"(?P<nth>(?:st|nd|rd|th)\b)?"
    rf"(?:\s?(?P<percent>%|per\s?cent\b)"
    rf"|(?:-|\s+)(?:(?:business|working|more)\s+)?(?P<unit>{'|'.join(_MINUTES)})s?\b)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\b(?:19|20)\d{2}\b(?!\.)")
CENT = Decimal("0.01")


class Amount(NamedTuple):
    """A sum of money, and the currencies that its sign or word can stand for."""

    number: Decimal
    currencies: tuple[str, ...]


class Figure(NamedTuple):
    """A number with what it counts: a length of time, `percent`, `nth`, or nothing that is told."""

    number: Decimal
    unit: str

    def may_mean(self, number: Decimal) -> bool:
        """Whether the number says the same, in this unit or in another one of time."""
        if self.unit == "percent" and number * 100 == self.number:
            return True
        if number == self.number or self.unit not in _MINUTES:
            return number == self.number
        fewest, most = (self.number * length for length in _MINUTES[self.unit])
        return any(
            fewest <= number * longest and number * shortest <= most
            for shortest, longest in _MINUTES.values()
        )

    @property
    def days(self) -> range:
        """The days it may mean; of what is not a length of time, that many."""
        fewest, most = _LENGTHS.get(self.unit, (1, 1))
        return range(int(self.number * fewest), int(self.number * most) + 1)


def money_in(sentence: str) -> tuple[Amount, ...]:
    """Amounts that are written with a currency."""
    found = []
    for match in _MONEY.finditer(sentence):
        mark = str(match["before"] or match["after"] or match["word"])
        known = _CURRENCIES.get(mark.lower().removesuffix("s"), (mark,))
        number = match["ahead"] or match["behind"] or match["spoken"]
        if known != (mark,) or decimals(mark) is not None:
            found.append(Amount(_number(number), known))
    return tuple(found)


def amounts_in(sentence: str) -> tuple[Decimal, ...]:
    """Amounts of money, without their currencies; every number where none has one."""
    return tuple(amount.number for amount in money_in(sentence)) or numbers_in(sentence)


def figures_in(sentence: str) -> tuple[Figure, ...]:
    """Numbers that are neither money nor part of a date or a name, with what they count."""
    plain = _DATE.sub(" ", _MONEY.sub(" ", sentence))
    return tuple(Figure(_number(match["number"]), _unit(match)) for match in _PLAIN.finditer(plain))


def _unit(match: re.Match[str]) -> str:
    if match["percent"]:
        return "percent"
    if match["unit"]:
        return match["unit"].lower()
    # "The second one", "once": said of the one at hand, which a condition counts in its own way.
    word = match["number"].lower()
    return "nth" if match["nth"] or word in _ORDINALS or word == "one" else ""


def numbers_in(sentence: str) -> tuple[Decimal, ...]:
    """Every number, in digits or in words up to some hundreds."""
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


def together(spans: Iterable[range]) -> tuple[range, ...]:
    """Each span, and every two in a row: "60 days after the first 12 months" is 425 days."""
    listed = tuple(spans)
    both = [range(a[0] + b[0], a[-1] + b[-1] + 1) for a, b in combinations(listed, 2)]
    return (*listed, *both)


def spoken_of(count: int, others: Collection[int], spans: Iterable[range]) -> bool:
    """Whether a sentence with these spans speaks of the count or of its distance to another.

    One more or less is the same rule told from its other side: `> 14` is "from day 15".
    """
    distances = {count, *(abs(count - other) for other in others if other != count)}
    return any(n in span for span in spans for d in distances for n in (d - 1, d, d + 1))


def _number(text: str) -> Decimal:
    words = text.lower().replace("-", " ").split()
    if words[-1] == "hundred" and words[1:]:
        return Decimal(100 * _SMALL[words[0]])
    if words[0] in _SMALL:
        return Decimal(sum(_SMALL[word] for word in words))
    return Decimal(1) if words[0] in ("a", "an") else Decimal(text.replace(",", ""))
