"""What a rubric over recorded conversations finds out."""

from decimal import Decimal

from assist.domain.base import Model
from evals.retrieval.results import Estimate
from evals.rubrics.grading import Answer, Scorecard


class ItemSummary(Model):
    """One question or auto-fail item over all conversations.

    `shares` is the share of each answer among those answered; `points` what was earned of its
    weight, in percent, none for an auto-fail and where nothing was answered.
    """

    item: str
    ask: str
    section: str
    kind: str
    answered: int
    not_applicable: int
    needs_person: int
    failed: int
    by_judge: int
    shares: dict[str, float]
    points: float | None = None
    tripped: int = 0
    """Of an auto-fail: how many conversations it made 0."""


class Disagreement(Model):
    """One conversation to which two rubrics answer one question otherwise."""

    conversation: str
    item: str
    before: Answer
    now: Answer


class ItemAgreement(Model):
    """A question that both rubrics ask: how often both were answered, and how often alike."""

    item: str
    both: int
    alike: int
    disagreements: tuple[Disagreement, ...] = ()


class ScoreChange(Model):
    """One conversation whose score is another."""

    conversation: str
    before: Decimal | None
    now: Decimal | None
    passed_before: bool | None
    passed_now: bool | None


class Comparison(Model):
    """Two rubrics over the same conversations: the older one, and what the newer one changes."""

    rubric: str
    version: str
    items: tuple[ItemAgreement, ...]
    only_before: tuple[str, ...]
    only_now: tuple[str, ...]
    scores: tuple[ScoreChange, ...]
    mean_change: float | None
    """Of the scores of conversations that both could score, in percent points."""


class Simulation(Model):
    """A rubric over recorded conversations; `score` is the mean, in percent, of those `scored`."""

    rubric: str
    version: str
    title: str
    conversations: int
    scored: int
    score: Estimate | None
    passed: int
    """Conversations that reach the mark, of those that were told to pass or not."""
    judged: int
    items: tuple[ItemSummary, ...]
    cards: tuple[Scorecard, ...]
    comparison: Comparison | None = None
    notes: tuple[str, ...] = ()
