"""Blocks of a PDF -> Markdown."""

from collections.abc import Collection, Iterator, Sequence

from assist.adapters.documents.pdf_blocks import INDENT, Block
from assist.adapters.documents.pdf_styles import HEADING_LETTERS
from assist.adapters.documents.pdf_text import markdown, tokens
from assist.adapters.documents.pdf_words import Table
from assist.adapters.documents.tables import pipe_table


def as_markdown(found: Sequence[Block | Table], known: Collection[str]) -> str:
    """The blocks as Markdown; `known` are the words of the document."""
    parts: list[str] = []
    entries: list[Block] = []
    for block in found:
        if isinstance(block, Block) and block.kind == "entry":
            entries.append(block)
            continue
        parts += _list(entries, known)
        entries = []
        parts.append(_table(block) if isinstance(block, Table) else _text(block, known))
    return "\n\n".join([*parts, *_list(entries, known)])


def first_heading(found: Sequence[Block | Table], known: Collection[str]) -> str:
    """The words of the highest heading, the first of them; empty without one."""
    heads = [block for block in found if isinstance(block, Block) and block.kind == "heading"]
    if not heads:
        return ""
    return markdown(tokens(min(heads, key=lambda head: head.level).lines, known))


def _text(block: Block, known: Collection[str]) -> str:
    words = markdown(tokens(block.lines, known))
    heads = block.kind == "heading" and len(words) <= 2 * HEADING_LETTERS
    return f"{'#' * block.level} {words}" if heads else words


def _table(table: Table) -> str:
    if table.header:
        return pipe_table(table.rows[0], table.rows[1:])
    return pipe_table((), table.rows)


def _list(entries: Sequence[Block], known: Collection[str]) -> Iterator[str]:
    """The list, entries that are further in below those they belong to."""
    if not entries:
        return
    made: list[str] = []
    above: list[tuple[float, int]] = []  # left edge of a level, and how far its text is in
    for entry in entries:
        while above and entry.x0 < above[-1][0] - INDENT:
            above.pop()
        if above and entry.x0 <= above[-1][0] + INDENT:
            above.pop()
        inset = above[-1][1] if above else 0
        above.append((entry.x0, inset + len(entry.marker) + 1))
        words = markdown(tokens(entry.lines, known))
        made.append(f"{' ' * inset}{entry.marker} {words}")
    yield "\n".join(made)
