"""Which constants a condition compares each fact with: what its text says, read apart.

Between two neighboring constants nothing that a comparison can tell changes, so a few values
around each constant stand for all there are. That is exact for facts against constants and for
facts against facts; where a condition computes or looks into a text, it is an approximation.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from assist.domain.base import Money
from assist.policies.condition_program import compiled
from assist.policies.condition_terms import Reading

Constant = str | Decimal | Money

_TOKEN = re.compile(
    r"""(?P<text>[rR]?(?:'''.*?'''|\"{3}.*?\"{3}|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"))
    |(?P<number>0[xX][0-9a-fA-F]+|\d+\.\d*(?:[eE][+-]?\d+)?|\.?\d+(?:[eE][+-]?\d+)?)
    |(?P<name>[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)
    |(?P<sign>&&|\|\||[=!<>]=|[^\s\w])""",
    re.VERBOSE | re.DOTALL,
)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""A day as conditions write it."""
_COUNTED: dict[str, Reading] = {
    "days_since": "days_since",
    "business_days_since": "business_days_since",
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_WORDS = frozenset({"true", "false", "in"})
_PARTING = frozenset({"&&", "||", "?", ":", "!"})
_ARITHMETIC = frozenset("+-*/%")
_OPENING = frozenset({"(", "[", ",", "==", "!=", "<", "<=", ">", ">=", *_PARTING, *_ARITHMETIC})


class Read(NamedTuple):
    """A fact and how it is read."""

    path: str
    reading: Reading = "value"


@dataclass(frozen=True, slots=True)
class Compared:
    """Facts compared with one another and with these constants; `exact`: with nothing else.

    `sign` is how the fact stands to the constant, whichever is written first.
    """

    reads: tuple[Read, ...]
    constants: tuple[Constant, ...]
    exact: bool = True
    sign: str = field(default="", compare=False)


class _Token(NamedTuple):
    kind: str
    text: str


@functools.lru_cache(4096)
def compared_in(text: str) -> tuple[Compared, ...]:
    """One for each comparison of the condition, in order."""
    return tuple(_leaf(tokens) for tokens in _leaves(_tokens(text)) if tokens)


def mixed_counts(comparisons: Iterable[Compared]) -> bool:
    """Whether one date is counted both in days and in business days."""
    counted: dict[str, set[str]] = {}
    for one in comparisons:
        for read in one.reads:
            if read.reading != "value":
                counted.setdefault(read.path, set()).add(read.reading)
    return any(len(readings) > 1 for readings in counted.values())


def loose_facts(comparisons: Iterable[Compared]) -> set[str]:
    """Facts for which a few values cannot stand for all.

    Those that are computed with or looked into, and dates that are both counted and compared with
    a day: their answer depends on the date of the case, of which a search takes but one.
    """
    listed = tuple(comparisons)
    loose = {read.path for one in listed if not one.exact for read in one.reads}
    counted = {r.path for one in listed for r in one.reads if r.reading != "value"}
    dated = {r.path for one in listed if _names_a_day(one) for r in one.reads}
    if counted and dated:
        loose |= {r.path for one in listed if len(one.reads) > 1 for r in one.reads}
    return loose | (counted & dated)


def _names_a_day(one: Compared) -> bool:
    return any(isinstance(c, str) and DAY.fullmatch(c) for c in one.constants)


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    for match in _TOKEN.finditer(text):
        kind, word = str(match.lastgroup), match.group()
        minus = found and found[-1].text == "-" and (len(found) < 2 or found[-2].text in _OPENING)
        if kind == "number" and minus:
            found[-1] = _Token("number", f"-{word}")
        else:
            found.append(_Token(kind, "".join(word.split()) if kind == "name" else word))
    return found


def _leaves(tokens: list[_Token]) -> Iterator[list[_Token]]:
    """What stands between `&& || ! ? :`; brackets around it say nothing about constants."""
    leaf: list[_Token] = []
    for token in tokens:
        if token.kind == "sign" and token.text in _PARTING:
            yield leaf
            leaf = []
        else:
            leaf.append(token)
    yield leaf


def _leaf(tokens: list[_Token]) -> Compared:
    reads: list[Read] = []
    constants: list[Constant] = []
    exact = True
    called = ""
    for token, after in zip(tokens, [*tokens[1:], _Token("", "")], strict=True):
        call = after.kind == "sign" and after.text == "("
        if token.kind == "number":
            constants.append(_number(token.text))
        elif token.kind == "text":
            constants.append(_text(token.text))
        elif token.kind == "name" and call:
            called, exact = token.text, exact and token.text in (*_COUNTED, "money")
            if "." in called:
                reads.append(Read(called.rpartition(".")[0]))
        elif token.kind == "name" and token.text not in _WORDS:
            reads.append(Read(token.text, _COUNTED.get(called, "value")))
        elif token.text == ")" and called == "money":
            currency, amount = str(constants.pop()), str(constants.pop())
            constants.append(Money(amount=Decimal(amount), currency=currency))
        elif token.text in _ARITHMETIC:
            exact = False
        if token.text == ")":
            called = ""
    return Compared(
        tuple(dict.fromkeys(reads)), tuple(dict.fromkeys(constants)), exact, _sign(tokens)
    )


def _sign(tokens: list[_Token]) -> str:
    first = next((token for token in tokens if token.kind != "sign"), _Token("", ""))
    turned = first.kind == "number" or first.text == "money"
    sign = next((token.text for token in tokens if token.text in _MIRRORED), "")
    return _MIRRORED[sign] if sign and turned else sign


def _number(text: str) -> Decimal:
    return Decimal(int(text, 0)) if "x" in text.lower() else Decimal(text)


def _text(text: str) -> str:
    return str(compiled(text).execute())
