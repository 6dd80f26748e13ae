"""What customers asked in a time, grouped: the most frequent issues with what answers them."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from assist.domain.base import Model, Unit


class Asked(Model):
    """One real ticket as it counts here: what was asked, when, and what answered it."""

    ticket_id: str
    at: datetime
    statement: str
    text: str = ""
    """The customer's own words about it, where a suggestion was made."""
    category: str | None = None
    documents: tuple[str, ...] = ()
    """The documents that the chosen solution cites."""
    answered: bool = False
    """Whether there was an answer: a solution was chosen, or the ticket was solved."""


class CommonArticle(Model):
    """The article that answers an inquiry, and why it is thought to."""

    document_id: str
    title: str
    regions: tuple[str, ...] = ()
    """Where it holds; empty: everywhere."""
    why: str


class CommonReply(Model):
    """A reply to start from: a macro, or sentences of the article, word for word."""

    source: Literal["macro", "article"]
    document_id: str
    title: str
    text: str


class CommonInquiry(Model):
    """Tickets that ask the same. `statement` is the ticket's nearest to all the others."""

    statement: str
    category: str | None
    count: int = Field(ge=1)
    before: int = Field(ge=0)
    """How many asked it in the time of the same length before."""
    share: Unit
    """Of all tickets of the time."""
    answered: Unit
    """Share of these tickets that had an answer."""
    ticket_ids: tuple[str, ...]
    """The newest of them."""
    article: CommonArticle | None
    reply: CommonReply | None


class Inquiries(Model):
    """The most frequent inquiries between `since` and `until`, most frequent first."""

    since: datetime
    until: datetime
    tickets: int
    single: int
    """Tickets that nobody else's is like."""
    unread: int = 0
    """Tickets of the time that were left out, because there were too many to compare."""
    inquiries: tuple[CommonInquiry, ...]
