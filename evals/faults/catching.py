"""Scores without the fault and with it -> the scorers that saw it."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from assist.domain.evaluation import CaseScore
from evals.faults.results import Caught
from evals.running.summing import FULL
from evals.statistics.weighing import SIGNIFICANT, weighed

Scores = Mapping[str, CaseScore]
"""By scorer."""
EPSILON = 1e-9


def caught(
    meant: Sequence[str], sound: Mapping[str, Scores], faulty: Mapping[str, Scores]
) -> Iterator[Caught]:
    """Scorers that fell from full marks in a case, or in the mean beyond chance; meant first.

    Both by case; `faulty` holds those on which the fault has shown. What a case was not eligible
    for without the fault counts as full marks: a cost where there was none before.
    """
    names = dict.fromkeys(name for scores in faulty.values() for name in scores)
    for name in sorted(names, key=lambda one: one not in meant):
        found = _caught(name, sound, faulty)
        if found is not None:
            yield found


def _caught(name: str, sound: Mapping[str, Scores], faulty: Mapping[str, Scores]) -> Caught | None:
    pairs = {
        case: (value(sound[case], name), after)
        for case, scores in faulty.items()
        if (after := value(scores, name)) is not None
    }
    if not pairs:
        return None
    table = np.array([[1.0 if b is None else b, a] for b, a in pairs.values()], dtype=np.float64)
    (one,) = weighed({name: (table[:, 1], table[:, 0])})
    flips = [case for case, (before, after) in pairs.items() if _fell(before, after)]
    if not flips and (one.adjusted >= SIGNIFICANT or one.difference.mean > -EPSILON):
        return None
    return Caught(
        scorer=name,
        n=len(pairs),
        flipped=len(flips),
        difference=one.difference.mean,
        p=one.adjusted,
        example=faulty[flips[0]][name].explanation if flips else "",
    )


def value(scores: Scores, name: str) -> float | None:
    """The score; none where the case is not eligible."""
    score = scores.get(name)
    return score.value if score is not None else None


def _fell(before: float | None, after: float) -> bool:
    return after < FULL and (before is None or before >= FULL)
