"""What a knowledge base finds of itself: each query's rank, who is lost, who takes whose place."""

from datetime import date, datetime
from typing import Literal

from assist.domain.base import Model
from assist.domain.knowledge import Audience, Kind
from evals.retrieval.results import Estimate

QueryKind = Literal["title", "heading", "question", "synonyms", "keywords", "untitled"]
QUERY_KINDS: dict[QueryKind, str] = {
    "title": "its title",
    "heading": "each heading; one that says little by itself is asked under the title",
    "question": "each heading, and the title, as a customer's question",
    "synonyms": "title and headings in other words",
    "keywords": "the rarest words of its first sentence",
    "untitled": "the rarest words of its text that the title does not hold",
}
State = Literal["in force", "ended", "to come"]
Group = Literal["customer", "macro", "internal", "policy", "other time"]
FOUND = 10
"""Among so many documents somebody looks before they give up."""


class Query(Model):
    """One query for an article: at which rank it came, and what came first; no rank: not found."""

    kind: QueryKind
    text: str
    rank: int | None
    first: str | None

    @property
    def found(self) -> bool:
        """Whether it is among those that somebody looks at."""
        return self.rank is not None and self.rank <= FOUND


class Article(Model):
    """One document, asked for on a day on which it was in force, in its own region and language.

    `reason` says why the first query that missed it did, in the words of `search --why-not`.
    """

    id: str
    title: str
    kind: Kind
    audience: Audience
    group: Group
    state: State
    on: date
    region: str | None
    queries: tuple[Query, ...]
    reason: str = ""

    @property
    def found(self) -> float:
        """The share of its queries that find it."""
        return sum(query.found for query in self.queries) / len(self.queries)

    @property
    def missed(self) -> tuple[Query, ...]:
        """The queries that do not find it."""
        return tuple(query for query in self.queries if not query.found)


class Pair(Model):
    """Two articles that come first for each other's queries: how often each takes the other's."""

    a: str
    b: str
    a_taken: int
    """Queries for `a` for which `b` came first."""
    b_taken: int
    examples: tuple[str, ...]


class Found(Model):
    """One kind of query over one group of articles: means over articles, with 95 % intervals."""

    group: Group
    kind: QueryKind | Literal["all"]
    articles: int
    queries: int
    metrics: dict[str, Estimate]


class SelfRetrieval(Model):
    """One run. `stale` are editions that have ended and are found on the day itself: none may."""

    source: str
    started_at: datetime
    seconds: float
    on: date
    generation: str
    embedder: str
    articles: tuple[Article, ...]
    measures: tuple[Found, ...]
    pairs: tuple[Pair, ...]
    stale: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def lost(self) -> tuple[Article, ...]:
        """What no query finds, in any group."""
        return tuple(one for one in self.articles if not any(q.found for q in one.queries))

    @property
    def hard(self) -> tuple[Article, ...]:
        """What some of its own words miss, hardest first; not those that are lost."""
        some = (one for one in self.articles if 0 < one.found < 1)
        return tuple(sorted(some, key=lambda one: (one.found, one.id)))


METRICS = ("recall@1", "recall@5", "recall@10", "MRR@10")
