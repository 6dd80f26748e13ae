"""What keeps coming, what it costs, and what was asked to be mended where it begins."""

import hashlib
from datetime import date, datetime
from typing import Literal, Self

from pydantic import Field

from assist.domain.base import Model, Money
from assist.domain.kb_health import Share
from assist.domain.seen_case import SeenCase
from assist.domain.trends import NONE, Change

UpstreamState = Literal["open", "done", "dropped"]
UpstreamAct = Literal["assign", "note", "done", "drop", "reopen"]
UpstreamHappening = Literal["opened", "assigned", "noted", "done", "dropped", "reopened"]


class IssueKey(Model):
    """What makes cases one issue: category, product, and the clause that decided them.

    Empty where they have none.
    """

    category: str = Field(max_length=200)
    product: str = Field(default="", max_length=200)
    clause: str = Field(default="", max_length=200)

    @classmethod
    def of(cls, case: SeenCase) -> Self:
        """That of a case."""
        return cls(
            category=case.category or NONE, product=case.product or "", clause=case.main_clause
        )

    @property
    def id(self) -> str:
        """The same for the same three, whenever they are looked at."""
        told = f"{self.category}\x00{self.product}\x00{self.clause}"
        return f"issue-{hashlib.sha256(told.encode()).hexdigest()[:12]}"

    @property
    def says(self) -> str:
        """In a few words."""
        return " · ".join(filter(None, (self.category, self.product, self.clause)))


class Cost(Model):
    """What cases took: contacts, replies, what was granted, and, where a rate is set, money.

    `came_back` were not solved at first; `repeats` came from a customer who had written about the
    same within 30 days. `conceded` is in sum by currency. `hours` and `handling` are estimates by
    replies, none where no setting says how long one takes, and what an hour costs.
    """

    cases: int
    came_back: int
    repeats: int
    replies: int
    grants: int
    conceded: tuple[Money, ...] = ()
    hours: float | None = None
    handling: Money | None = None

    @property
    def contacts(self) -> int:
        """Times that somebody had to write or be written to because of it."""
        return self.cases + self.came_back + self.repeats


class IssueExample(Model):
    """One of its tickets, in the customer's words, redacted."""

    ticket_id: str
    statement: str


class Effect(Model):
    """How many came each week before something was mended, and since; in `ratio` since : before.

    `low` and `high` are its 95 % interval, by Poisson counts; none where there are too few of them.
    `others` is the same ratio of all other cases in these times: what would have come anyway.
    """

    days_before: int
    days_since: int
    before: float
    since: float
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    others: float | None = None
    says: str


class UpstreamItem(Model):
    """Something to be mended where it begins, so that its issue does not come any more.

    `done_on` is the day from which on it is thought to be mended.
    """

    id: str
    issue: IssueKey
    title: str
    owner: str = ""
    state: UpstreamState = "open"
    opened_by: str
    opened_at: datetime
    changed_at: datetime
    done_on: date | None = None


class UpstreamEvent(Model):
    """Something that happened to an item. The same `key` again is the same thing."""

    key: str
    at: datetime
    by: str
    what: UpstreamHappening
    note: str = ""
    digest: str = ""
    """Of what was asked for with this key."""


class SystemicIssue(Model):
    """Cases that are alike, and what they cost. `share` is theirs of all cases of the time."""

    id: str
    issue: IssueKey
    share: Share
    cost: Cost
    keywords: tuple[str, ...] = ()
    examples: tuple[IssueExample, ...] = ()
    changes: tuple[Change, ...] = ()
    item: UpstreamItem | None = None
    """What was asked to be mended because of it; none where nobody has asked."""
    effect: Effect | None = None
    """Since that was said to be done."""
