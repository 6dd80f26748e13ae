"""What no rewording may touch: codes, numbers, addresses, names, what others wrote."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_ALWAYS = r"\S+://\S+|www\.\S+|\S+@\S+|[^\s,;:!?()\"“”]*\d[^\s,;:!?()\"“”]*|^[ \t]*>.*$"
"""Links, mail addresses, whatever holds a digit (codes, amounts, dates, models), quoted lines."""
_CAPITALS = r"\b[A-Z][A-Z&-]+\b"
"""Abbreviations. In a message that shouts they are words like any other."""
SHOUTED = 0.5
"""Of the letters in capitals from which on a message shouts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text; only what is `free` may be changed."""

    text: str
    free: bool


def pieces(text: str, names: Iterable[str] = ()) -> Iterator[Piece]:
    """The text in order, free pieces and those that stay; joined they are the text again."""
    end = 0
    for match in _pattern(text, names).finditer(text):
        if match.start() > end:
            yield Piece(text[end : match.start()], free=True)
        yield Piece(match.group(), free=False)
        end = match.end()
    if end < len(text):
        yield Piece(text[end:], free=True)


def shouted(text: str) -> bool:
    """Whether most letters are capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isupper, letters)) > SHOUTED * len(letters) if letters else False


def _pattern(text: str, names: Iterable[str]) -> re.Pattern[str]:
    parts = [_ALWAYS, *([] if shouted(text) else [_CAPITALS])]
    parts += [rf"(?i:\b{re.escape(name)}\b)" for name in sorted(set(names), key=len, reverse=True)]
    return re.compile("|".join(parts), re.MULTILINE)
