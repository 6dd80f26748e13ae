"""What a clear, detailed ticket holds, and how much of it this one does."""

from typing import Self

from pydantic import Field, model_validator

from assist.domain.base import Model, Unit


class TemplateItem(Model):
    """One thing a clear ticket says; exactly one of the five ways tells whether it does.

    `words`: so many words about the problem; `facts`: one of these is known; `tried`: what was
    tried is told; `when_started`: since when; `wanted`: what the customer wants from us.
    """

    id: str
    label: str
    question: str
    words: int | None = Field(default=None, ge=1)
    facts: tuple[str, ...] = ()
    tried: bool = False
    when_started: bool = False
    wanted: bool = False
    categories: tuple[str, ...] = ()
    """Where it matters; empty: in every category."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (self.words, self.facts, self.tried, self.when_started, self.wanted)
        if sum(map(bool, ways)) != 1:
            raise ValueError("needs exactly one of words, facts, tried, when_started, wanted")
        return self


class TicketTemplate(Model):
    """The company's template: a text to paste, and what is looked for."""

    template: str = ""
    items: tuple[TemplateItem, ...] = ()


class CheckedItem(Model):
    """An item looked for in a ticket: there or not, and the ticket's words for it."""

    id: str
    label: str
    known: bool
    evidence: str = ""
    question: str = ""
    """What to ask where it is missing."""


class Completeness(Model):
    """How much of what a clear ticket holds this one does: `share` of the items, 0..1."""

    share: Unit
    items: tuple[CheckedItem, ...]
