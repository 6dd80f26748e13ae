"""A case's trials in two runs -> the scorers by which it passes in one of them alone.

The one definition of a flip: the harness, its reports and the pages count by it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from assist.domain.evaluation import CaseScore
from assist.insights.eval_figures.scoring import full


class Scored(Protocol):
    """One trial of a case, as its scores."""

    @property
    def scores(self) -> Mapping[str, CaseScore]:
        """By scorer."""
        ...


T = TypeVar("T", bound=Scored)


def flipped(ours: Sequence[T], theirs: Sequence[T]) -> Iterator[tuple[str, T, T]]:
    """Each scorer that flips, with a trial of each run that shows it.

    Of several trials the most decide. Measured amounts, such as a latency, do not flip: they
    differ in every run.
    """
    for name in ours[0].scores:
        a, b = mostly(ours, name), mostly(theirs, name)
        if a is not None and b is not None and a != b:
            yield name, _showing(ours, name, passing=a), _showing(theirs, name, passing=b)


def mostly(trials: Sequence[Scored], name: str) -> bool | None:
    """Whether more than half of the trials have full marks; none where it is no matter of that."""
    scores = [score for trial in trials if (score := trial.scores.get(name)) is not None]
    eligible = [s for s in scores if s.value is not None and s.amount is None]
    if not eligible:
        return None
    return sum(full(score) for score in eligible) * 2 > len(eligible)


def _showing(trials: Sequence[T], name: str, *, passing: bool) -> T:
    """The first trial that ended as most did."""
    alike = (t for t in trials if name in t.scores and full(t.scores[name]) == passing)
    return next(alike, trials[0])
