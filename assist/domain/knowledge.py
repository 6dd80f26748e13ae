"""Knowledge as it is published: documents, citable passages, generations, and what search finds."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from pydantic import Field, JsonValue

from assist.domain.base import Model

Kind = Literal["kb", "policy", "precedent"]
Audience = Literal["customer", "internal"]
LABELS: Mapping[Kind, str] = {"precedent": "precedent, not policy"}
"""What must be said of a passage wherever it is shown."""


class Document(Model):
    """One article, policy or precedent as it was read. `id` is the input's id.

    `text` is the body without front matter; `front_matter` is kept whole, so that policies can
    be compiled from it later. An empty `regions`, `products` or `tiers` means everywhere, every
    product, everyone.
    """

    id: str
    kind: Kind = "kb"
    title: str = ""
    text: str
    audience: Audience = "customer"
    language: str = "en"
    regions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    effective: date | None = None
    expires: date | None = None
    version: str | None = None
    source: str = ""
    front_matter: dict[str, JsonValue] = Field(default_factory=dict)
    front_matter_lines: dict[str, int] = Field(default_factory=dict, exclude=True)
    """Where each part of the front matter stands in the source: `clauses.2.when` -> line from 1.
    Only for messages about it; not stored."""
    metadata: dict[str, JsonValue] = Field(default_factory=dict)
    content_hash: str = ""

    @property
    def macro(self) -> bool:
        """Whether it is a canned reply: what an agent sends as it stands."""
        return self.front_matter.get("macro") is True


class Scope(Model):
    """Where and for whom passages hold: those of one scope pass or fail a filter together."""

    kind: Kind
    audience: Audience
    language: str
    regions: tuple[str, ...]
    products: tuple[str, ...]
    tiers: tuple[str, ...]
    effective: date | None
    expires: date | None


class Passage(Model):
    """A citable piece of a document, immutable.

    `text` is `document.text[start:end]`, verbatim; `headings` is the path of headings above it;
    `position` counts the passages of its document from 0.
    """

    id: str
    document_id: str
    kind: Kind
    title: str
    headings: tuple[str, ...] = ()
    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    position: int = Field(ge=0)
    audience: Audience = "customer"
    language: str = "en"
    regions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    effective: date | None = None
    expires: date | None = None
    macro: bool = False
    """Of a canned reply: it says what was done in one case, and proves nothing about another."""

    @property
    def reading(self) -> str:
        """The passage with its title and headings in front: what is embedded and indexed."""
        path = [self.title, *(h for h in self.headings if h != self.title)]
        return " > ".join(filter(None, path)) + "\n" + self.text if any(path) else self.text

    @property
    def scope(self) -> Scope:
        """What filters ask of it."""
        return Scope(
            kind=self.kind,
            audience=self.audience,
            language=self.language,
            regions=self.regions,
            products=self.products,
            tiers=self.tiers,
            effective=self.effective,
            expires=self.expires,
        )


class Why(Model):
    """Why a passage was found: its part from each retriever, in numbers and in words.

    `lexical` is its BM25; `dense` is the passage's cosine to the query, `part` that of its nearest
    part. `terms` are the query's that it holds.
    """

    lexical: float | None = None
    lexical_rank: int | None = None
    dense: float | None = None
    dense_rank: int | None = None
    part: float | None = None
    terms: tuple[str, ...] = ()
    note: str = ""


class WhyNot(Model):
    """Why a passage is not among the hits of a search: the first reason that holds, and numbers.

    `rank` and `score` are those it would have, `rank` at best, where neither its meaning nor its
    words brought it among those that were weighed; none where a filter keeps it out.
    """

    passage_id: str
    reason: str
    rank: int | None = None
    score: float | None = None
    why: Why | None = None


class Hit(Model):
    """A passage found, how, and how strongly. `score`: 0..1, comparable within one search."""

    passage_id: str
    document_id: str
    kind: Kind
    score: float
    why: Why
    passage: Passage
    label: str = ""
    """What must be said of it: that a precedent is no policy."""

    @classmethod
    def found(cls, passage: Passage, score: float, why: Why) -> "Hit":
        """The hit for this passage."""
        return cls(
            passage_id=passage.id,
            document_id=passage.document_id,
            kind=passage.kind,
            score=score,
            why=why,
            passage=passage,
            label=LABELS.get(passage.kind, ""),
        )


class Generation(Model):
    """One immutable published state of the knowledge base.

    `fingerprint` is the hash of everything in it and of the embedder and chunking that index it:
    equal fingerprints mean nothing changed.
    """

    id: str
    number: int
    fingerprint: str
    embedder: str
    chunking: str
    created_at: datetime
    documents: int
    passages: int


class ReadProblem(Model):
    """A file or row that could not be read (`severity` error) or holds nothing (`warning`)."""

    where: str
    problem: str
    cure: str = ""
    severity: Literal["error", "warning"] = "error"


class Refusal(Model):
    """A knowledge base that was handed in and not taken: what serves is older than it.

    `where` is `file:line`; `problem` and `cure` are those of the first fault.
    """

    at: datetime
    where: str = ""
    problem: str
    cure: str = ""

    def told(self, serving: Generation) -> str:
        """One line for whoever is served by what was there before."""
        fault = f"{self.where}: {self.problem}" if self.where else self.problem
        return (
            f"a newer knowledge base was refused on {self.at:%Y-%m-%d at %H:%M} UTC ({fault}); "
            f"generation {serving.number} of {serving.created_at:%Y-%m-%d} keeps serving"
        )
