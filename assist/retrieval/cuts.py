"""Where a block that is too long may be cut, best places first."""

import re
from collections.abc import Callable, Iterable, Iterator

from assist.language.sentences import sentences
from assist.retrieval.blocks import BlockKind, is_item

Span = tuple[int, int]
Cut = Callable[[str, int, int], Iterable[Span]]
"""(text, start, end) -> the spans that make up `text[start:end]`, white space between apart."""

_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[^\n]+")


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    part = text[start:end]
    bare = part.lstrip()
    start = end - len(bare)
    return start, start + len(bare.rstrip())


def at_entries(text: str, start: int, end: int) -> Iterator[Span]:
    """Before each list entry that is not nested deeper than the first."""
    opened = start
    depth: int | None = None
    for line_start, line_end in at_lines(text, start, end):
        line = text[line_start:line_end]
        indent = len(line) - len(line.lstrip()) if line_start > start else 0
        if is_item(line) and (depth is None or indent <= depth):
            if line_start > opened:
                yield opened, line_start
            opened, depth = line_start, indent
    yield opened, end


def at_lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Between lines."""
    return (match.span() for match in _LINE.finditer(text, start, end))


def at_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Between sentences."""
    return ((start + s.start, start + s.end) for s in sentences(text[start:end]))


def at_words(text: str, start: int, end: int) -> Iterator[Span]:
    """Between words."""
    return (match.span() for match in _WORD.finditer(text, start, end))


CUTS: dict[BlockKind, tuple[Cut, ...]] = {
    "heading": (at_words,),
    "paragraph": (at_sentences, at_lines, at_words),
    "list": (at_entries, at_lines, at_sentences, at_words),
    "table": (at_lines, at_words),
    "code": (at_lines, at_words),
}
