"""Outlines -> each case's mean by scorer, and what is short of full marks."""

from collections.abc import Iterable, Sequence

from assist.domain.eval_runs import EvalOutline
from assist.domain.evaluation import CaseScore
from assist.insights.eval_figures.names import FULL, HARM


def by_case(outlines: Iterable[EvalOutline]) -> dict[str, list[EvalOutline]]:
    """The trials of each case, by its id, in the order they came."""
    found: dict[str, list[EvalOutline]] = {}
    for one in outlines:
        found.setdefault(one.case_id, []).append(one)
    return found


def case_mean(trials: Sequence[EvalOutline], scorers: Sequence[str]) -> float | None:
    """The mean over trials and these scorers; none where the case is eligible for none."""
    scores = (trial.scores.get(name) for trial in trials for name in scorers)
    values = [one.value for one in scores if one is not None and one.value is not None]
    return sum(values) / len(values) if values else None


def full(score: CaseScore | None) -> bool:
    """Whether nothing is missing: full marks, or not eligible."""
    return score is None or score.value is None or score.value >= FULL


def harms(outline: EvalOutline) -> tuple[str, ...]:
    """The scorers of harm that a trial is short of full marks in."""
    return tuple(name for name in HARM if not full(outline.scores.get(name)))


def lost(outline: EvalOutline) -> tuple[float, float]:
    """How much a trial misses: of harm, and of everything. The worst is the greatest."""
    missed = {n: 1 - s.value for n, s in outline.scores.items() if s.value is not None}
    return sum(missed.get(name, 0.0) for name in HARM), sum(missed.values())
