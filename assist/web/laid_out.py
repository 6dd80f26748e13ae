"""A passage's text -> paragraphs and tables, with the words that were searched for marked.

Passages keep the Markdown they were written in; a table of it is no reading matter as it stands.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple


class Marked(NamedTuple):
    """A piece of a text: `found` where it is a word that was searched for."""

    text: str
    found: bool


Pieces = tuple[Marked, ...]


class Block(NamedTuple):
    """Running text, or the rows of a table by their cells, of which `head` is the first."""

    text: Pieces = ()
    head: tuple[Pieces, ...] = ()
    rows: tuple[tuple[Pieces, ...], ...] = ()


_RULE = re.compile(r"[\s|:-]+")


def marked(text: str, terms: tuple[str, ...] = ()) -> Iterator[Marked]:
    """The text in pieces, the words that were searched for apart from the others."""
    if not terms:
        yield Marked(text, found=False)
        return
    longest = sorted(map(re.escape, terms), key=len, reverse=True)
    pieces = re.split(rf"(?i)\b((?:{'|'.join(longest)})\w*)", text)
    yield from (Marked(one, found=bool(n % 2)) for n, one in enumerate(pieces) if one)


def laid_out(text: str, terms: tuple[str, ...] = ()) -> tuple[Block, ...]:
    """The blocks of a text in order; only the rule below a table's head is left out."""
    return tuple(_blocks(list(_parted(marked(text, terms), "\n"))))


def _blocks(lines: list[Pieces]) -> Iterator[Block]:
    for is_table, some in groupby(lines, key=_is_row):
        rows = list(some)
        if not is_table:
            yield Block(text=tuple(_joined(rows)))
            continue
        cells = [_cells(row) for row in rows if not _RULE.fullmatch(_plain(row))]
        ruled = len(rows) > 1 and _RULE.fullmatch(_plain(rows[1])) is not None
        yield Block(head=cells[0] if ruled else (), rows=tuple(cells[1:] if ruled else cells))


def _is_row(line: Pieces) -> bool:
    told = _plain(line).strip()
    return len(told) > 1 and told[0] == "|" == told[-1]


def _cells(row: Pieces) -> tuple[Pieces, ...]:
    return tuple(_parted(row, "|"))[1:-1]


def _parted(pieces: Iterable[Marked], mark: str) -> Iterator[Pieces]:
    """The pieces between the marks; a word that was searched for holds none."""
    held: list[Marked] = []
    for piece in pieces:
        first, *others = piece.text.split(mark)
        held += [Marked(first, piece.found)] if first else []
        for other in others:
            yield tuple(held)
            held = [Marked(other, piece.found)] if other else []
    yield tuple(held)


def _joined(lines: list[Pieces]) -> Iterator[Marked]:
    for number, line in enumerate(lines):
        if number:
            yield Marked("\n", found=False)
        yield from line


def _plain(line: Pieces) -> str:
    return "".join(piece.text for piece in line)
