"""Results -> the mean of each scorer over cases with its interval, whole and by tag, and pass^k."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from assist.domain.evaluation import CaseScore, EvalResult, EvalSlice, EvalSummary
from evals.retrieval.metrics import Values
from evals.retrieval.results import Estimate
from evals.statistics.intervals import samples_intervals
from evals.statistics.pass_k import pass_k

ENOUGH = 5
"""Cases of a tag that an interval is drawn from: fewer tell of themselves, not of the tag."""
FULL = 1.0 - 1e-9
"""Full marks: a share of thirds may miss 1 by rounding."""


def by_case(results: Iterable[EvalResult]) -> dict[str, list[EvalResult]]:
    """The trials of each case, by its id, in order of its first."""
    found: dict[str, list[EvalResult]] = {}
    for result in results:
        found.setdefault(result.case_id, []).append(result)
    return found


def case_mean(trials: Sequence[EvalResult], scorer: str) -> float | None:
    """The mean of one scorer over the trials of a case; none where it is not eligible."""
    scored = (trial.scores.get(scorer) for trial in trials)
    values = [one.value for one in scored if one is not None and one.value is not None]
    return sum(values) / len(values) if values else None


def case_means(results: Iterable[EvalResult], scorer: str) -> Values:
    """The means of the cases that are eligible, in their order."""
    found = (case_mean(trials, scorer) for trials in by_case(results).values())
    return np.array([mean for mean in found if mean is not None], dtype=float)


def summarized(
    results: Sequence[EvalResult], names: Sequence[str], thresholds: Mapping[str, float]
) -> tuple[EvalSummary, ...]:
    """Each named scorer over the cases that are eligible, beside its threshold."""
    samples = [case_means(results, name) for name in names]
    return _summaries(results, names, samples, samples_intervals(samples), thresholds)


def sliced(
    results: Sequence[EvalResult],
    names: Sequence[str],
    thresholds: Mapping[str, Mapping[str, float]],
) -> tuple[EvalSlice, ...]:
    """The same for the cases that bear each tag, and for each tag that has thresholds."""
    tags = sorted({tag for result in results for tag in result.tags} | set(thresholds))
    bearing = {tag: [r for r in results if tag in r.tags] for tag in tags}
    samples = [case_means(bearing[tag], name) for tag in tags for name in names]
    told = [sample if len(sample) >= ENOUGH else sample[:0] for sample in samples]
    estimates = samples_intervals(told)  # all at once: a suite has hundreds of tags
    width = len(names)
    return tuple(
        EvalSlice(
            tag=tag,
            cases=len(by_case(bearing[tag])),
            summaries=_summaries(
                bearing[tag],
                names,
                samples[start : start + width],
                estimates[start : start + width],
                thresholds.get(tag, {}),
            ),
        )
        for start, tag in zip(range(0, len(samples), width), tags, strict=True)
    )


def _summaries(
    results: Sequence[EvalResult],
    names: Sequence[str],
    samples: Sequence[Values],
    estimates: Sequence[Estimate | None],
    thresholds: Mapping[str, float],
) -> tuple[EvalSummary, ...]:
    failed = failures(results)
    return tuple(
        EvalSummary(
            scorer=name,
            n=len(values),
            mean=float(values.mean()) if len(values) else None,
            low=found.low if found else None,
            high=found.high if found else None,
            failures=failed.get(name, 0),
            threshold=thresholds.get(name),
        )
        for name, values, found in zip(names, samples, estimates, strict=True)
    )


def failures(results: Iterable[EvalResult]) -> dict[str, int]:
    """How often each scorer itself could not judge."""
    found: dict[str, int] = {}
    for result in results:
        for name, score in result.scores.items():
            found[name] = found.get(name, 0) + score.failed
    return found


def full(score: CaseScore | None) -> bool:
    """Whether nothing is missing: full marks, or not eligible."""
    return score is None or score.value is None or score.value >= FULL


def passes(result: EvalResult, scorers: Sequence[str]) -> bool:
    """Whether a trial has full marks in all of these that it is eligible for, and no error."""
    return result.error is None and all(full(result.scores.get(name)) for name in scorers)


def passed_k(results: Sequence[EvalResult], scorers: Sequence[str]) -> dict[int, float]:
    """K -> the share of cases of which k trials drawn at random all pass."""
    trials = by_case(results).values()
    return pass_k([(sum(passes(r, scorers) for r in each), len(each)) for each in trials])
