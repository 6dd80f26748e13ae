"""Gaps: what the knowledge base lacks or has wrong, with the tickets that prove it."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from assist.domain.base import Model, Unit
from assist.domain.coverage import NotJudged

GapKind = Literal[
    "missing_article",
    "unfindable",
    "unclear",
    "contradictory",
    "duplicate",
    "stale",
    "wrong_audience",
    "wrong_region_or_product",
    "policy_silent",
    "product_defect",
    "training_need",
]
"""Who fixes it: an editor, the policies' owner, the product's, or whoever trains agents."""
GapState = Literal["open", "accepted", "rejected", "verified", "reopened"]


class Span(Model):
    """Words of a ticket or a passage that show something: half-open offsets in characters."""

    source: str
    """`ticket:ID` or `passage:ID`."""
    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class GapTicket(Model):
    """A ticket that proves a gap: its words, how well it was covered, what was found instead."""

    ticket_id: str
    text: str
    coverage: Unit
    at: datetime | None = None
    found: tuple[str, ...] = ()
    """Ids of the passages found instead, the best first."""
    reply: str = ""
    """What an agent answered, redacted; empty where nothing is known."""


class ImpactFactor(Model):
    """One factor of a gap's impact: what was counted, its weight, and in words."""

    name: str
    value: float
    weight: float
    says: str = ""


class Gap(Model):
    """One gap. Its id stays the same while tickets arrive; `impact` is the product of factors.

    `label` says in the customers' words what it is about, `keywords` the words that set it apart.
    """

    id: str
    kind: GapKind
    label: str
    keywords: tuple[str, ...] = ()
    reason: str
    """Why it is of this kind, in one sentence."""
    documents: tuple[str, ...] = ()
    """Articles that are concerned: the unfindable one, those that contradict each other."""
    evidence: tuple[Span, ...] = ()
    tickets: tuple[GapTicket, ...] = ()
    coverage: Unit = 0.0
    """Mean of its tickets."""
    factors: tuple[ImpactFactor, ...] = ()
    impact: float = Field(default=0.0, ge=0)
    first_seen: date | None = None
    last_seen: date | None = None


class LintFinding(Model):
    """Something wrong with the knowledge base that shows without any ticket."""

    kind: GapKind
    documents: tuple[str, ...] = Field(min_length=1)
    message: str
    evidence: tuple[Span, ...] = ()
    confidence: Unit = 1.0


class GapProof(Model):
    """What a draft would change, by judging the same tickets again with it and without.

    `before` and `after` are the mean coverage of the gap's tickets. `worse` are other tickets that
    lose coverage by the draft, `won` those answered by another article that it now comes before.
    """

    gap_id: str
    tickets: int = Field(ge=1)
    before: Unit
    after: Unit
    others: int = Field(ge=0)
    worse: tuple[str, ...] = ()
    won: tuple[str, ...] = ()
    restored: Unit
    """Share of the gap's issues that are covered with the draft, and as near as others."""

    @property
    def says(self) -> str:
        """In one sentence."""
        return (
            f"coverage of these {self.tickets} tickets goes {self.before:.2f} → {self.after:.2f}; "
            f"{len(self.worse)} of {self.others} others get worse; "
            f"it wrongly wins {len(self.won)}"
        )


class GapReport(Model):
    """What was found in some tickets: gaps, the greatest impact first, and all that is in none.

    `outliers` are not covered and like no other; `notes` say what could not be done, and why.
    """

    tickets: int = Field(ge=0)
    covered: int = Field(ge=0)
    gaps: tuple[Gap, ...] = ()
    outliers: tuple[GapTicket, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    notes: tuple[str, ...] = ()
