"""Outlines and summaries -> how each step of the process scores, with its scorers."""

from collections.abc import Sequence
from typing import NamedTuple

from assist.domain.eval_runs import EvalOutline
from assist.domain.evaluation import EvalSummary
from assist.insights.eval_figures.names import OTHER, STEPS, WHOLE, step_of
from assist.insights.eval_figures.resampling import Mean, mean_of
from assist.insights.eval_figures.scoring import by_case, case_mean


class StepScore(NamedTuple):
    """One step: the mean over its cases of what their scorers of it give, and each scorer."""

    step: str
    score: Mean | None
    summaries: tuple[EvalSummary, ...]

    @property
    def lowest(self) -> EvalSummary | None:
        """Its scorer of the lowest mean: a mean over scorers hides one that fails beside others."""
        return lowest(self.summaries)


def lowest(summaries: Sequence[EvalSummary]) -> EvalSummary | None:
    """The scorer of the lowest mean, the first of equal ones; none where none scored anything."""
    scored = [one for one in summaries if one.mean is not None]
    return min(scored, key=lambda one: one.mean or 0.0, default=None)


def by_step(
    outlines: Sequence[EvalOutline], summaries: Sequence[EvalSummary]
) -> tuple[StepScore, ...]:
    """The steps in their order that anything was scored for; then the whole, then others."""
    cases = by_case(outlines).values()
    found = []
    for step in (*STEPS, WHOLE, OTHER):
        own = tuple(s for s in summaries if step_of(s.scorer) == step and (s.n or s.threshold))
        if own:
            names = [one.scorer for one in own]
            means = [m for trials in cases if (m := case_mean(trials, names)) is not None]
            found.append(StepScore(step, mean_of(means), own))
    return tuple(found)
