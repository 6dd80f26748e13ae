"""A draft handed in to be checked, and what was found, for whoever typed it."""

from typing import Self

from pydantic import Field, model_validator

from assist.domain.base import Model, Unit
from assist.domain.draft import Citation, Flag, Promise, SentenceKind, Support
from assist.domain.ticket import Ticket

MAX_DRAFT = 20_000
"""Characters of a draft: a reply five times as long as anybody reads."""
MAX_PASSAGES = 50
MAX_SENTENCES = 300
MAX_PASSAGE_TEXT = 100_000
"""Characters of all passages together: some forty pages."""


class DraftToCheck(Model):
    """A draft, and what it may rest on: texts, or a ticket whose passages are searched for."""

    id: str = ""
    text: str = Field(min_length=1, max_length=MAX_DRAFT)
    passages: tuple[str, ...] | None = Field(default=None, max_length=MAX_PASSAGES)
    ticket: Ticket | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.passages is None) == (self.ticket is None):
            raise ValueError("give either passages, a list of texts, or a ticket")
        if sum(map(len, self.passages or ())) > MAX_PASSAGE_TEXT:
            raise ValueError(f"passages: more than {MAX_PASSAGE_TEXT} characters in all")
        return self


class SentenceFound(Model):
    """One sentence: what it is, whether it stands, what it rests on, and why not, in words."""

    text: str
    kind: SentenceKind
    support: Support
    flags: tuple[Flag, ...] = ()
    citations: tuple[Citation, ...] = ()
    probability: Unit
    why: tuple[str, ...] = ()


class CheckedDraft(Model):
    """`support` is the probability that every factual sentence is supported."""

    id: str
    support: Unit
    sentences: tuple[SentenceFound, ...]
    promises: tuple[Promise, ...] = ()
    notes: tuple[str, ...] = ()
