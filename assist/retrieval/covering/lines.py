"""Passages -> their lines: each title, heading, question and statement by itself.

An article may be a page of prose or a list of customers' questions, one a line and without full
stops. Both are read as lines, each of which is compared with what a customer asks.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from assist.domain.base import Model
from assist.domain.knowledge import Passage
from assist.language.statements import fold, statements

WRAPPED_FROM = 60
"""Characters: no editor wraps prose at less, and a list of questions often has shorter lines."""
MOST_CHARACTERS = 1_000
"""Of a line: the embedder reads some 1,100."""


class Line(Model):
    """One line of the knowledge base and the passage that holds it."""

    text: str
    document_id: str
    passage_id: str


def lines(passages: Iterable[Passage]) -> tuple[Line, ...]:
    """The lines of these passages in their order; the same words in a document count once."""
    found: dict[tuple[str, str], Line] = {}
    for passage in passages:
        for text in _texts(passage):
            line = Line(text=text, document_id=passage.document_id, passage_id=passage.id)
            found.setdefault((passage.document_id, text), line)
    return tuple(found.values())


def _texts(passage: Passage) -> Iterator[str]:
    for heading in (passage.title, *passage.headings[-1:]):
        if text := fold(heading)[:MOST_CHARACTERS]:
            yield text
    for statement in statements(unlisted(passage.text)):
        if text := statement.text[:MOST_CHARACTERS]:
            yield text


def unlisted(text: str) -> str:
    """The text with a blank line after each line that its writer ended, not the margin."""
    return "\n\n".join(_paragraph(block) for block in text.split("\n\n"))


def _paragraph(block: str) -> str:
    rows = block.splitlines()
    if _is_wrapped(rows) or any(row.lstrip().startswith("|") for row in rows):
        return block
    return "\n\n".join(rows)


def _is_wrapped(rows: list[str]) -> bool:
    """Whether each line ends where the first word of the next no longer fitted in."""
    width = max((len(row) for row in rows), default=0)
    return width >= WRAPPED_FROM and all(
        len(row) + 1 + len(after.split(maxsplit=1)[0] if after.split() else "") > width
        for row, after in pairwise(rows)
    )
