"""People's labels beside a metric -> how far the two agree, and how much of it is chance.

Kappa is Cohen's (1960), not weighted: (observed - expected) / (1 - expected), where expected is
the agreement of two who say yes as often as these and know nothing of each other. The intervals
are percentile bootstraps over labels: drawing labels again is drawing cells of the confusion.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assist.domain.evaluation import EvalResult
from assist.errors import BadInput
from assist.policies.located import suggestion
from evals.ragas_run.labels import Label
from evals.ragas_run.results import Agreement, Confusion
from evals.retrieval.intervals import COVERED, LEAST, RESAMPLES, SEED
from evals.running.summing import by_case, case_mean

CUT = 0.5
"""From here on a score says yes."""
MOSTLY = 0.95
"""Resamples that must have a kappa for its interval to be told."""
Cells = NDArray[np.int64]
"""Shape (…, 5): both yes, the metric alone, the person alone, both no, the metric failed."""
Interval = tuple[float | None, float | None]


def agreements(
    results: Sequence[EvalResult], labels: Sequence[Label], cut: float = CUT
) -> tuple[Agreement, ...]:
    """Each labeled metric beside its labels; of several trials of a case the mean is compared.

    Raises `BadInput` for a label of a case that is not in the run, or not scored by its metric.
    """
    trials = by_case(results)
    _require_scored(trials, labels)
    metrics = dict.fromkeys(label.metric for label in labels)
    return tuple(
        _agreement(metric, trials, [one for one in labels if one.metric == metric], cut)
        for metric in metrics
    )


def _require_scored(trials: Mapping[str, list[EvalResult]], labels: Sequence[Label]) -> None:
    for label in labels:
        if label.case not in trials:
            cure = suggestion(label.case, tuple(trials))
            raise BadInput(f"the run has no case {label.case!r}", where="--labels", cure=cure)
        if all(label.metric not in one.scores for one in trials[label.case]):
            cure = "give --judge, or leave these labels out"
            problem = f"{label.metric} was not scored, and there are labels for it"
            raise BadInput(problem, where="--labels", cure=cure)


def _agreement(
    metric: str, trials: Mapping[str, list[EvalResult]], labels: Sequence[Label], cut: float
) -> Agreement:
    places = [_place(trials[label.case], label, cut) for label in labels]
    told = [place for place in places if place is not None]
    cells = np.bincount(told, minlength=5)[:5]
    drawn = _drawn(cells)
    share_low, share_high = _interval(_share(drawn))
    kappa_low, kappa_high = _interval(_kappa(drawn))
    names = ("both_yes", "metric_only", "person_only", "both_no")
    return Agreement(
        metric=metric,
        cut=cut,
        labels=len(labels),
        failures=int(cells[4]),
        not_eligible=len(places) - len(told),
        confusion=Confusion(**{n: int(c) for n, c in zip(names, cells[:4], strict=True)}),
        share=_told(_share(cells)),
        share_low=share_low,
        share_high=share_high,
        kappa=_told(_kappa(cells)),
        kappa_low=kappa_low,
        kappa_high=kappa_high,
    )


def _place(trials: Sequence[EvalResult], label: Label, cut: float) -> int | None:
    """The label's cell; none where the case is not eligible."""
    if any(one.scores[label.metric].failed for one in trials if label.metric in one.scores):
        return 4
    mean = case_mean(trials, label.metric)
    if mean is None:
        return None
    return 2 * (mean < cut) + (not label.good)


def _drawn(cells: Cells) -> Cells:
    """As many labels drawn again, RESAMPLES times."""
    n = int(cells.sum())
    if n < LEAST:
        return np.empty((0, 5), dtype=np.int64)
    return np.random.default_rng(SEED).multinomial(n, cells / n, size=RESAMPLES)


def _share(cells: Cells) -> NDArray[np.float64]:
    """The share that agrees; a score that failed agrees with nobody. NaN of none."""
    n = cells.sum(axis=-1)
    with np.errstate(invalid="ignore"):
        return np.asarray((cells[..., 0] + cells[..., 3]) / n)


def _kappa(cells: Cells) -> NDArray[np.float64]:
    """NaN where chance alone would agree always: both say but one thing."""
    both_yes, metric, person, both_no = (cells[..., place] for place in range(4))
    n = cells[..., :4].sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        seen = (both_yes + both_no) / n
        yes = (both_yes + metric) * (both_yes + person)
        no = (person + both_no) * (metric + both_no)
        chance = (yes + no) / (n * n)
        return np.asarray(np.where(yes + no == n * n, np.nan, (seen - chance) / (1 - chance)))


def _interval(drawn: NDArray[np.float64]) -> Interval:
    """What 95 % of the resamples lie in; none where too many of them have no value."""
    known = drawn[~np.isnan(drawn)]
    if not len(drawn) or len(known) < MOSTLY * len(drawn):
        return None, None
    low, high = np.quantile(known, COVERED)
    return round(float(low), 6), round(float(high), 6)


def _told(value: NDArray[np.float64]) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)
