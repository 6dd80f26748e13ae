"""How the knowledge base does: use, success, freshness and faults of each article."""

from datetime import date, datetime
from math import sqrt

from pydantic import Field

from assist.domain.base import Model
from assist.domain.gaps import Gap, GapKind

FEW = 10
"""Fewer are no rate: of 3 in 4 the interval is .30 to .95."""
_Z = 1.96
"""Of a 95 % interval."""


class Share(Model):
    """So many of so many. Under `FEW` it is told as a count, never as a rate."""

    count: int = Field(ge=0)
    of: int = Field(ge=0)

    @property
    def rate(self) -> float | None:
        """0 to 1; none where there are too few."""
        return self.count / self.of if self.of >= FEW else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the rate; 0 to 1 where nothing was counted."""
        if not self.of:
            return 0.0, 1.0
        n, seen = self.of, self.count / self.of
        middle = (seen + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(seen * (1 - seen) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def says(self) -> str:
        """In a few words."""
        if not self.of:
            return "none yet"
        if self.rate is None:
            return f"{self.count} of {self.of}: too few for a rate"
        low, high = self.interval
        return f"{self.rate:.0%} of {self.of} ({low:.0%} to {high:.0%})"


class UsedPassages(Model):
    """What a suggestion drew on: the passages found, and the documents that its reply cites."""

    suggestion_id: str
    ticket_id: str
    at: datetime
    category: str | None = None
    found: dict[str, str] = Field(default_factory=dict)
    """The document of each passage found, by the passage's id."""
    cited: tuple[str, ...] = ()
    """Ids of documents that the draft or the chosen candidate cites, each once, in order of id."""


class OwnWords(Model):
    """How an article is found by its own title, headings and rare words."""

    queries: int = Field(ge=0)
    found: int = Field(ge=0)
    """How many of them bring it among the first five documents."""
    rank: float | None = None
    """Median place, from 1; a query that does not bring it at all counts as one past the last."""


class Fault(Model):
    """Something that `assist lint-kb` finds wrong with an article."""

    kind: GapKind
    message: str


class ArticleHealth(Model):
    """One article. `shown`, `cited` and `opened` count tickets of the time."""

    document_id: str
    title: str
    owner: str = ""
    shown: int = 0
    cited: int = 0
    opened: int = 0
    taken: Share
    """Suggestions that cite it, of those that an agent decided about: sent as they were, or nearly
    so."""
    solved: Share
    """Cases whose suggestion cites it, of those with an outcome: solved, and not come back."""
    reviewed: date | None = None
    review_due: date | None = None
    overdue_days: int | None = None
    """None where the review is not overdue, or no day is set for it."""
    own_words: OwnWords | None = None
    """None where nobody has looked yet."""
    faults: tuple[Fault, ...] = ()
    gaps: tuple[str, ...] = ()
    """Ids of the open gaps that name it."""
    reasons: tuple[str, ...] = ()
    """Why an editor should look at it, the weightiest first."""
    attention: float = 0.0
    """How much it wants review; 0: nothing speaks for it."""


class KbHealth(Model):
    """All articles, those that most want review first. `tickets` had a suggestion in the time."""

    since: datetime
    until: datetime
    generation: str
    tickets: int
    checked: bool
    """Whether faults and own words are told; where not, a note says why."""
    articles: tuple[ArticleHealth, ...]
    notes: tuple[str, ...] = ()

    @property
    def never_used(self) -> tuple[ArticleHealth, ...]:
        """Those that no ticket of the time was shown."""
        return tuple(one for one in self.articles if not one.shown)


class TrainingNeeds(Model):
    """Topics in which agents set suggestions aside that were right.

    `overridden` suggestions were rejected or rewritten in the time; `right` of them were supported,
    within policy, and proved right afterwards. `few` of these are of topics with too few agents to
    be told without telling on somebody.
    """

    since: datetime
    until: datetime
    overridden: int
    right: int
    few: int
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()
