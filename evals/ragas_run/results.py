"""What ragas found in a run, as it is kept and printed."""

from assist.domain.base import Model
from assist.domain.evaluation import EvalResult, EvalSummary


class Confusion(Model):
    """How often a metric said yes or no where a person said yes or no."""

    both_yes: int
    metric_only: int
    person_only: int
    both_no: int

    @property
    def n(self) -> int:
        """Labels that were compared."""
        return self.both_yes + self.metric_only + self.person_only + self.both_no


class Agreement(Model):
    """One metric beside people's labels.

    `share` is of all labels the share that the metric agrees with, and `kappa` (Cohen's, not
    weighted) what of it is more than chance, none where either says but one thing. Each has a
    95 % bootstrap interval over labels. `failures` are labels whose score failed: they count as
    disagreeing in `share`, and `kappa` knows nothing of them. `not_eligible` labels count nowhere.
    """

    metric: str
    cut: float
    labels: int
    failures: int
    not_eligible: int
    confusion: Confusion
    share: float | None
    share_low: float | None = None
    share_high: float | None = None
    kappa: float | None
    kappa_low: float | None = None
    kappa_high: float | None = None


class RagasScores(Model):
    """A run by ragas. `judge` is the model that judged, none where none was asked.

    `passed_over` are metrics that could not be scored, and what each needs.
    """

    run: str
    suite: str
    ragas: str
    embedder: str
    judge: str | None
    drafter: str | None
    summaries: tuple[EvalSummary, ...]
    agreement: tuple[Agreement, ...] = ()
    passed_over: dict[str, str] = {}
    notes: tuple[str, ...] = ()
    results: tuple[EvalResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every threshold of the suite is met."""
        return all(summary.passed for summary in self.summaries)
