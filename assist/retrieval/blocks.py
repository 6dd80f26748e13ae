"""Markdown or plain text -> its blocks with exact character offsets.

A block is a heading, a paragraph, a list, a table or a fenced code block; blank lines belong to
none. Only whole lines are read, so offsets are exact, any text is accepted and time is linear.
"""

import re
from collections.abc import Callable
from itertools import accumulate
from typing import Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "list", "table", "code"]

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t\r]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t\r]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t\r]*$")
_ITEM = re.compile(r"\s*(?:[-*+•◦▪‣]|\d{1,9}[.)])[ \t]+\S")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_COLUMN_RULE = re.compile(r"(?=.*-)[\s|:-]+$")
HEADING_CHARACTERS = 200
"""A longer line is prose, whatever it starts with."""
UNDERLINED_CHARACTERS = 100
"""People draw lines under whole sentences; a heading is shorter and has no full stop."""


class Block(NamedTuple):
    """`text[start:end]`, whole lines without the last line end; a heading's own words apart."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    heading: str = ""


def blocks(text: str) -> list[Block]:
    """The blocks of `text` in order; every non-white-space character is in exactly one."""
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    found: list[Block] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        kind, count = next((kind, n) for kind, read in _READERS if (n := read(lines, at)))
        level, heading = _heading(lines, at) if kind == "heading" else (0, "")
        end = starts[at + count] - 1
        found.append(Block(kind, starts[at], end, level, heading))
        at += count
    return found


def is_item(line: str) -> bool:
    """Whether the line starts a list entry."""
    return _ITEM.match(line) is not None and not _RULE.match(line)


def _heading(lines: list[str], at: int) -> tuple[int, str]:
    match = _ATX.match(lines[at])
    if match:
        return len(match.group(1)), (match.group(2) or "").strip()
    return (1 if lines[at + 1].lstrip().startswith("=") else 2), lines[at].strip()


def _code_lines(lines: list[str], at: int) -> int:
    """A fence runs to its closing line, or to the end of the text where there is none."""
    opening = _FENCE.match(lines[at])
    if not opening:
        return 0
    fence = opening.group(1)
    for end in range(at + 1, len(lines)):
        line = lines[end].strip()
        if line.startswith(fence) and not line.strip(fence[0]):
            return end + 1 - at
    return len(lines) - at


def _heading_lines(lines: list[str], at: int) -> int:
    line = lines[at]
    match = _ATX.match(line) if len(line) <= HEADING_CHARACTERS else None
    if match:
        return 1 if match.group(2) else 0
    words = line.strip()
    underlined = (
        len(words) <= UNDERLINED_CHARACTERS
        and words[-1] not in ".!?:;,"
        and at + 1 < len(lines)
        and _UNDERLINE.match(lines[at + 1])
        and not is_item(line)
        and "|" not in line
    )
    return 2 if underlined else 0


def _table_lines(lines: list[str], at: int) -> int:
    following = lines[at + 1] if at + 1 < len(lines) else ""
    ruled = "|" in lines[at] and "|" in following and _COLUMN_RULE.match(following)
    if not ruled and not (_is_row(lines[at]) and _is_row(following)):
        return 0
    end = at + 2
    while end < len(lines) and (_is_row(lines[end]) or (ruled and "|" in lines[end])):
        end += 1
    return end - at


def _is_row(line: str) -> bool:
    line = line.strip()
    return len(line) > 1 and line[0] == "|" and line[-1] == "|"


def _list_lines(lines: list[str], at: int) -> int:
    """Entries, what is indented below them, and blank lines between them."""
    if not is_item(lines[at]):
        return 0
    end = at + 1
    while end < len(lines):
        line = lines[end]
        if not line.strip():
            following = _next_line(lines, end)
            if following is None or not (_belongs(lines[following])):
                break
            end = following
        elif _belongs(line):
            end += _code_lines(lines, end) or 1
        elif _starts_block(lines, end):
            break
        else:
            end += 1
    return end - at


def _belongs(line: str) -> bool:
    return line.startswith(("  ", "\t")) or is_item(line)


def _next_line(lines: list[str], at: int) -> int | None:
    return next((i for i in range(at, len(lines)) if lines[i].strip()), None)


def _paragraph_lines(lines: list[str], at: int) -> int:
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _starts_block(lines, end):
        end += 1
    return end - at


def _starts_block(lines: list[str], at: int) -> bool:
    line = lines[at]
    return bool(
        _code_lines(lines, at)
        or (line.lstrip().startswith("#") and _heading_lines(lines, at))
        or _table_lines(lines, at)
        or is_item(line)
    )


_READERS: tuple[tuple[BlockKind, Callable[[list[str], int], int]], ...] = (
    ("code", _code_lines),
    ("heading", _heading_lines),
    ("table", _table_lines),
    ("list", _list_lines),
    ("paragraph", _paragraph_lines),
)
