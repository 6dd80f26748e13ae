"""Blocks -> sections: the blocks that stand under one heading path."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from assist.retrieval.blocks import Block


class Section(NamedTuple):
    """Blocks under one heading path.

    `start` is where its heading line starts, for the first section under a heading; else where
    its first block does.
    """

    path: tuple[str, ...]
    start: int
    end: int
    blocks: tuple[Block, ...]


def sections(found: Iterable[Block], is_heading: Callable[[Block], bool]) -> list[Section]:
    """Blocks grouped by heading path; a heading with nothing below it is its section's text."""
    made: list[Section] = []
    above: list[Block] = []
    held: list[Block] = []

    def close(follower: Block | None) -> None:
        empty_leaf = not held and above and (follower is None or follower.level <= above[-1].level)
        if empty_leaf:
            held.append(above.pop())
        if held:
            done = made[-1].end if made else 0
            own = above and above[-1].start >= done  # no section below this heading came before
            start = above[-1].start if own else held[0].start
            path = tuple(block.heading for block in above)
            made.append(Section(path, start, held[-1].end, tuple(held)))
        held.clear()

    for block in found:
        if is_heading(block):
            close(block)
            while above and above[-1].level >= block.level:
                above.pop()
            above.append(block)
        else:
            held.append(block._replace(kind="paragraph") if block.kind == "heading" else block)
    close(None)
    return made


def join(first: Section, second: Section) -> Section | None:
    """Both as one section below the path they share, or none where they have different parents.

    Headings that are no longer above all of it are text of it.
    """
    shared = 0
    for a, b in zip(first.path, second.path, strict=False):
        if a != b:
            break
        shared += 1
    if shared < len(first.path) - 1:
        return None
    start = first.blocks[0].start if shared == len(first.path) else first.start
    whole = Block("paragraph", start, second.end)
    return Section(first.path[:shared], start, second.end, (whole,))
