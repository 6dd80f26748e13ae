"""What was done in a solved case, shown beside the next one like it: precedent, not policy."""

from assist.domain.base import Model
from assist.domain.knowledge import LABELS, Document

LABEL = LABELS["precedent"]
SOURCE = "cases:precedents"
"""Where precedents made of our own cases come from, before the case's id."""
CASE = "case_id"
"""In a precedent's metadata: the case it was made of."""


class Bar(Model):
    """What a solved case must have shown: a rating of so much, or that a later look found it held.

    4 of 5: who gives it would do the same again. A case whose customer came back is never one.
    """

    rating: int = 4


class Weighed(Model):
    """A solved case: the precedent that it makes, or why it makes none."""

    case_id: str
    why: str
    document: Document | None = None


class PrecedentReport(Model):
    """What was made of the solved cases, and which of them were left out and why."""

    precedents: tuple[Weighed, ...]
    left_out: tuple[Weighed, ...]


def source_of(case_id: str) -> str:
    """Where the precedent of a case comes from."""
    return f"{SOURCE}/{case_id}"


def case_of(document: Document) -> str | None:
    """The case that a document was made of; none for any other."""
    made_here = document.source.startswith(f"{SOURCE}/")
    return document.source.removeprefix(f"{SOURCE}/") if made_here else None
