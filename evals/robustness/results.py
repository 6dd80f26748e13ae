"""What a robustness run finds: each variant tried, flips by perturbation, who gets more or less."""

from datetime import datetime

from pydantic import Field

from assist.domain.base import Model
from assist.domain.evaluation import EvalVersions
from evals.comparing.outputs import Output
from evals.robustness.decision import Decision
from evals.statistics.weighing import Weighed

AS_WRITTEN = "as written"
CITED = "documents"
"""The one field of a decision that may move while everything the customer is told stays right."""


class Tried(Model):
    """One variant of one case: what was decided, and in which fields that differs.

    `skipped` says why nothing was tried; `error` why there is no decision: then it has flipped.
    `before` and `after` are both outputs, where it has.
    """

    case_id: str
    tags: tuple[str, ...] = ()
    perturbation: str
    variant: str
    skipped: str = ""
    error: str = ""
    decision: Decision | None = None
    moved: tuple[str, ...] = ()
    before: Output = Field(default_factory=dict)
    after: Output = Field(default_factory=dict)

    @property
    def flipped(self) -> bool:
        """Whether anything moved."""
        return bool(self.moved or self.error)

    @property
    def decided(self) -> bool:
        """Whether more than what is cited moved."""
        return bool(self.error or set(self.moved) - {CITED})


class CaseTried(Model):
    """One case: what is decided of it as it was written, and of its variants."""

    case_id: str
    decision: Decision | None
    error: str = ""
    tried: tuple[Tried, ...] = ()


class Flips(Model):
    """How often a perturbation moves the decision; with an empty `variant`, over all of its own.

    `cases` are those it could be tried on, `tried` their variants; `share` is the mean over cases
    of the share of variants that flipped, with its 95 % interval. Of `flipped`, in `decided` more
    moved than what is cited. `fields` counts each field that moved, `skipped` each reason for
    which nothing was tried.
    """

    perturbation: str
    variant: str = ""
    family: str
    about: str
    cases: int
    tried: int
    flipped: int
    decided: int
    share: float | None
    low: float | None
    high: float | None
    fields: dict[str, int]
    skipped: dict[str, int]


class Fairness(Model):
    """What one group is given more than its reference, over the same cases: paired, Holm's p.

    `outcome` is answered, escalated, granted (each 0 or 1) or urgency (0 for P4 to 1 for P1).
    """

    perturbation: str
    variant: str
    reference: str
    outcome: str
    weighed: Weighed


class Robustness(Model):
    """One run. `failed` are cases that cannot be suggested for even as they were written."""

    suite: str
    started_at: datetime
    seconds: float
    seed: int
    versions: EvalVersions
    cases: tuple[CaseTried, ...]
    flips: tuple[Flips, ...]
    fairness: tuple[Fairness, ...]
    notes: tuple[str, ...] = ()

    @property
    def flipped(self) -> tuple[Tried, ...]:
        """Every variant that flipped, by case."""
        return tuple(one for case in self.cases for one in case.tried if one.flipped)
