"""Possible solutions: candidates, their actions, scores and outcomes, and the choice among them."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from assist.domain.base import Model, Money, Unit
from assist.domain.draft import Citation
from assist.domain.proof import ProofLine
from assist.domain.verdict import Verdict

Parameter = Money | Decimal | bool | str


class Action(Model):
    """A typed thing done for the customer, with parameters, the verdict on it and its proof."""

    kind: str
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    verdict: Verdict | None = None
    proof: tuple[ProofLine, ...] = ()


class Alternative(Model):
    """The best the asking level may do instead, with its own verdict, and why it is the best."""

    action: Action
    verdict: Verdict
    reason: str


class Score(Model):
    """One judgement: `value` 0..1 (1 is best), or none where nothing can be said; its reason."""

    name: str
    side: Literal["customer", "company", "both"]
    value: Unit | None
    reason: str


class Outcome(Model):
    """What may come of a candidate."""

    text: str
    good: bool


class Candidate(Model):
    """One possible solution of one issue. `alternative_id`: the best one within authority."""

    id: str
    issue_id: str
    title: str
    steps: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    verdict: Verdict | None = None
    scores: tuple[Score, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    citations: tuple[Citation, ...] = ()
    second_opinion: Score | None = None
    """A language model's view, shown beside the scores; it counts for nothing."""
    alternative_id: str | None = None
    instead_of: str | None = None
    """The candidate for which this one is the best within authority: offered, never chosen."""


class Choice(Model):
    """The candidate chosen, why it beats the runner-up, and what would flip the choice."""

    candidate_id: str
    reason: str
    runner_up: str | None = None
    flips_if: str | None = None
