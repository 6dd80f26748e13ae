"""A run and its outlines -> what a page or a report shows of it: figures, plots, tables.

The service's pages and the harness's HTML file are made of the same view and the same templates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from assist.domain.eval_runs import EvalOutline
from assist.domain.evaluation import EvalRun, EvalSlice, EvalSummary
from assist.insights.eval_figures.calibrating import Calibration, by_confidence, by_support
from assist.insights.eval_figures.escalating import Escalating, Harm, escalating, harms_of
from assist.insights.eval_figures.names import OUTCOME
from assist.insights.eval_figures.pairing import Compared
from assist.insights.eval_figures.scoring import by_case, full, lost
from assist.insights.eval_figures.steps import StepScore, by_step
from assist.insights.eval_figures.timing import Timing, timing
from assist.insights.eval_figures.trending import Trend, in_order, trends
from assist.web.plots.calibration import calibration_plot
from assist.web.plots.latency import latency_plot
from assist.web.plots.steps import steps_plot
from assist.web.plots.trend import trend_plot

SLOWEST = 5
FEW = 3
"""A tag of fewer cases that were scored tells those cases, not the tag."""


class TrendRow(NamedTuple):
    """One run of a trend: its mean by each scorer that is shown."""

    run_id: str
    at: datetime
    another_grader: bool
    means: tuple[float | None, ...]


@dataclass(frozen=True)
class TrendView:
    """Runs of one suite over time; they have neither slices nor results."""

    runs: Sequence[EvalRun]

    @cached_property
    def scorers(self) -> tuple[Trend, ...]:
        """Those that matter most, each over the runs; none where there is but one run."""
        return trends(self.runs)

    @cached_property
    def rows(self) -> list[TrendRow]:
        """The runs, the latest first."""
        before = ""
        found = []
        for run in in_order(self.runs):
            grader = run.versions.grader
            means = {one.scorer: one.mean for one in run.summaries}
            shown = tuple(means.get(trend.scorer) for trend in self.scorers)
            found.append(TrendRow(run.id, run.started_at, before not in ("", grader), shown))
            before = grader
        return found[::-1]

    @property
    def plot(self) -> str:
        """The SVG."""
        return trend_plot(self.scorers)


@dataclass(frozen=True)
class RunView:
    """One run. `earlier` are runs of its suite before it; `against` what it is compared with."""

    run: EvalRun
    outlines: Sequence[EvalOutline]
    total: int | None = None
    earlier: Sequence[EvalRun] = ()
    against: EvalRun | None = None
    compared: Compared | None = field(default=None, repr=False)

    @cached_property
    def cases(self) -> int:
        """How many cases there are, however often each was tried."""
        return len(by_case(self.outlines))

    @cached_property
    def missing(self) -> int:
        """Results that have not come yet."""
        return 0 if self.total is None else max(0, self.total - len(self.outlines))

    @property
    def gated(self) -> bool:
        """Whether anything was set that could keep a gate shut."""
        sliced = (one for part in self.run.slices for one in part.summaries)
        every = (*self.run.summaries, *sliced)
        return bool(self.run.refusals) or any(s.threshold is not None for s in every)

    @cached_property
    def steps(self) -> tuple[StepScore, ...]:
        """The steps of the process that anything was scored for."""
        return by_step(self.outlines, self.run.summaries)

    @cached_property
    def escalating(self) -> Escalating:
        """Who had to be escalated, and who was."""
        return escalating(self.outlines)

    @cached_property
    def harms(self) -> tuple[Harm, ...]:
        """Each harm that was looked for."""
        return harms_of(self.outlines)

    @cached_property
    def confidence(self) -> Calibration | None:
        """How often the product is right where it is so sure."""
        return by_confidence(self.outlines)

    @cached_property
    def support(self) -> Calibration | None:
        """The same by the share of supported sentences."""
        return by_support(self.outlines)

    @cached_property
    def timing(self) -> Timing | None:
        """How long suggestions took."""
        return timing(self.outlines)

    @cached_property
    def trend(self) -> TrendView:
        """How scores went over the runs of this suite."""
        return TrendView((*self.earlier, self.run))

    @property
    def outcome(self) -> EvalSummary | None:
        """How often the answer as a whole was right."""
        known = {one.scorer: one for one in self.run.summaries if one.mean is not None}
        return next((known[name] for name in OUTCOME if name in known), None)

    def outcome_of(self, part: EvalSlice) -> EvalSummary | None:
        """The same for the cases of one tag; its `n` are those of them that state an outcome."""
        name = self.outcome.scorer if self.outcome else ""
        return next((one for one in part.summaries if one.scorer == name), None)

    @cached_property
    def slices(self) -> tuple[EvalSlice, ...]:
        """Those that miss a threshold, those that have one, then those that score lowest."""

        def rank(one: EvalSlice) -> tuple[bool, bool, float, str]:
            limits = [s for s in one.summaries if s.threshold is not None]
            main = self.outcome_of(one)
            lowest = 2.0 if main is None or main.mean is None or main.n < FEW else main.mean
            return all(s.passed for s in limits), not limits, lowest, one.tag

        return tuple(sorted(self.run.slices, key=rank))

    @cached_property
    def worst(self) -> tuple[EvalOutline, ...]:
        """The trials that miss something: those that do harm first, then by how much."""
        missing = (one for one in self.outlines if lost(one) > (0.0, 0.0) or one.error)
        return tuple(sorted(missing, key=lost, reverse=True))

    @cached_property
    def missed_by(self) -> dict[str, tuple[EvalOutline, ...]]:
        """The trials that a scorer has something against, its lowest first; scorers by step."""
        names = (one.scorer for step in self.steps for one in step.summaries)
        found = {name: self._missed(name) for name in names}
        return {name: missed for name, missed in found.items() if missed}

    def _missed(self, scorer: str) -> tuple[EvalOutline, ...]:
        told = ((one.scores.get(scorer), one) for one in self.outlines)
        short = [
            (score.value, one)
            for score, one in told
            if score is not None and score.value is not None and not full(score)
        ]
        return tuple(one for _, one in sorted(short, key=lambda pair: pair[0]))

    @cached_property
    def slowest(self) -> tuple[EvalOutline, ...]:
        """The trials that took longest."""
        return tuple(sorted(self.outlines, key=lambda one: -one.ms)[:SLOWEST])

    def plot(self, name: str) -> str:
        """The SVG of this name; empty where there is nothing to draw."""
        if name == "steps":
            return steps_plot(self.steps)
        if name == "confidence" and self.confidence:
            return calibration_plot(self.confidence, "confidence of the choice", name)
        if name == "support" and self.support:
            return calibration_plot(self.support, "share of facts that are supported", name)
        return latency_plot(self.timing) if name == "latency" and self.timing else ""
