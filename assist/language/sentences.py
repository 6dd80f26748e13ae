"""Text -> sentences with their offsets.

A full stop ends a sentence only before white space and something that can start one, and not
after an abbreviation, an initial or a list number. Linear time.
"""

import re

from assist.domain.base import Model
from assist.language.remembered import remembered

ABBREVIATIONS = frozenset(
    [
        "approx",
        "art",
        "co",
        "dept",
        "dr",
        "e.g",
        "eg",
        "etc",
        "fig",
        "i.e",
        "ie",
        "inc",
        "incl",
        "jr",
        "ltd",
        "max",
        "min",
        "mr",
        "mrs",
        "ms",
        "no",
        "nr",
        "nos",
        "p.m",
        "a.m",
        "prof",
        "resp",
        "sr",
        "st",
        "tel",
        "u.k",
        "u.s",
        "vs",
    ]
)
_END = re.compile(r"[.!?…。！？]+[\"'”’)\]]*(?=\s|$)|\n\s*\n|(?<=[。！？])")
_WORD_BEFORE = re.compile(r"([\w.]+)$")
_CAN_START = re.compile(r"[\"'“‘(\[*_¿¡]*[A-ZÀ-ÖØ-Þ0-9\W]|[^\x00-\x7f]")


class Span(Model):
    """A piece of a text: `text == source[start:end]`."""

    start: int
    end: int
    text: str


@remembered(2048)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text` in order; a blank line always ends one."""
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.end() > start and _ends_sentence(text, start, match):
            _append(found, text, start, match.end())
            start = match.end()
    _append(found, text, start, len(text))
    return tuple(found)


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    raw = text[start:end]
    body = raw.strip()
    if body:
        offset = start + len(raw) - len(raw.lstrip())
        found.append(Span(start=offset, end=offset + len(body), text=body))


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    mark = match.group().strip()
    if not mark or mark[0] != ".":
        return True
    word = _WORD_BEFORE.search(text, max(start, match.start() - 20), match.start())
    last = word.group(1).lower() if word else ""
    if last in ABBREVIATIONS or (len(last) == 1 and last.isalpha()):
        return False
    if last.isdigit() and not text[start : match.start()].strip().rstrip("0123456789"):
        return False  # a list number: "1. Press the button"
    following = text[match.end() : match.end() + 40].lstrip()
    return not following or _CAN_START.match(following) is not None
