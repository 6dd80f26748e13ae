"""Documents and passages -> what the detectors read: statements with vectors, and who is in force.

Solved tickets are no part of it: nobody edits them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from assist.domain.gaps import Span
from assist.domain.knowledge import Document, Passage
from assist.language.statements import Form, statements
from assist.ports import Vectors

Embed = Callable[[Sequence[str]], Vectors]
"""Texts to unit rows."""


class Stated(NamedTuple):
    """One statement of a passage: as it stands there, and its plain words.

    `group` numbers its list, table or paragraph within the passage; `row` its row in
    `Shelf.vectors`.
    """

    passage: Passage
    quote: str
    text: str
    form: Form
    group: int
    row: int

    @property
    def span(self) -> Span:
        """Where it stands in its passage."""
        start = max(0, self.passage.text.find(self.quote))
        source, end = f"passage:{self.passage.id}", start + len(self.quote)
        return Span(source=source, text=self.quote, start=start, end=end)

    @property
    def heading(self) -> str:
        """The title and headings above it."""
        return " > ".join(dict.fromkeys((self.passage.title, *self.passage.headings)))


@dataclass(frozen=True, eq=False)
class Shelf:
    """A knowledge base as it lies open on one day. `vectors` has a unit row for each statement."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    stated: tuple[Stated, ...]
    vectors: Vectors
    on: date

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """Each document by its id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def current(self) -> tuple[Stated, ...]:
        """The statements of what is in force."""
        return tuple(one for one in self.stated if in_force(one.passage, self.on))

    def of_passages(self) -> Iterator[tuple[Passage, tuple[Stated, ...]]]:
        """Each passage in force with its statements; those that state nothing are left out."""
        found: dict[str, list[Stated]] = {}
        for one in self.current:
            found.setdefault(one.passage.id, []).append(one)
        for members in found.values():
            yield members[0].passage, tuple(members)

    def rows(self, stated: Sequence[Stated]) -> Vectors:
        """The vectors of these statements, in their order."""
        return self.vectors[[one.row for one in stated]]


def lay_open(
    documents: Sequence[Document], passages: Sequence[Passage], embed: Embed, on: date
) -> Shelf:
    """The shelf of these documents, cut into these passages, on this day."""
    read = tuple(p for p in passages if p.kind != "precedent")
    found = [(p, one) for p in read for one in statements(p.text)]
    stated = tuple(
        Stated(passage, one.quote, one.text, one.form, one.group, row)
        for row, (passage, one) in enumerate(found)
    )
    vectors = embed([one.text for one in stated]) if stated else np.zeros((0, 1), np.float32)
    kept = tuple(d for d in documents if d.kind != "precedent")
    return Shelf(kept, read, stated, vectors, on)


def in_force(one: Document | Passage, on: date) -> bool:
    """Whether it holds on this day."""
    begun = one.effective is None or one.effective <= on
    return begun and (one.expires is None or on < one.expires)
