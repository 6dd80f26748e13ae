"""Statements of different documents -> whether two say the same thing with different figures."""

import re
from collections.abc import Sequence

from assist.domain.base import Model
from assist.domain.draft import Citation

SAME_WORDS = 0.8
"""Share of words two statements must have in common before their figures are compared. Below it
they speak of different things: "standard delivery takes 5 days", "express delivery takes 1 day"."""
FEWEST_WORDS = 3

_FIGURE = re.compile(
    r"(?P<name>\b[A-Z][\w-]*\s)?"
    r"(?P<figure>[$€£]\s?\d[\d.,]*|(?<![\w-])\d[\d.,]*\s?(?:%|°\w?|[a-z]{2,}))"
)
"""An amount, or a number with its unit; after a capitalized word it is a name ("Camera 3 and"), and
inside a word it is part of a code ("P2-2409-00001 to")."""
_WORD = re.compile(r"[^\W\d_]{2,}")


class Conflict(Model):
    """Two quotes that contradict each other."""

    first: Citation
    second: Citation

    def __str__(self) -> str:
        quotes = f"“{self.first.quote}” ({self.first.document_id}) and “{self.second.quote}”"
        return f"{quotes} ({self.second.document_id})"


def conflict_among(first: Sequence[Citation], second: Sequence[Citation]) -> Conflict | None:
    """The first pair of quotes of different documents with the same words and other figures."""
    for one in first:
        for other in second:
            if one.document_id != other.document_id and contradict(one.quote, other.quote):
                return Conflict(first=one, second=other)
    return None


def contradict(one: str, other: str) -> bool:
    """Whether two sentences differ in nothing much but their figures, each with one of its own."""
    figures = [set(_figures(text)) for text in (one, other)]
    if not figures[0] - figures[1] or not figures[1] - figures[0]:
        return False
    words = [set(_WORD.findall(text.lower())) for text in (one, other)]
    if min(map(len, words)) < FEWEST_WORDS:
        return False
    return len(words[0] & words[1]) >= SAME_WORDS * len(words[0] | words[1])


def _figures(text: str) -> list[str]:
    found = _FIGURE.finditer(text)
    return [m["figure"].strip(" .,") for m in found if not m["name"] or m["figure"][0] in "$€£"]
