"""Paired cases -> those that one run passes by a scorer and the other does not."""

from collections.abc import Iterator, Sequence

from assist.domain.base import Model
from assist.domain.evaluation import CaseScore, EvalResult
from evals.comparing.outputs import Output, output_of
from evals.comparing.pairing import Pairing
from evals.running.summing import full


class FlippedScore(Model):
    """One scorer that a case flipped by: its scores in both runs, with what each explains."""

    scorer: str
    a: CaseScore
    b: CaseScore

    @property
    def better(self) -> bool:
        """Whether a is the one that passes."""
        return full(self.a)


class Flip(Model):
    """One case that flipped, with both outputs."""

    case_id: str
    tags: tuple[str, ...]
    scores: tuple[FlippedScore, ...]
    a: Output
    b: Output


def flips(pairing: Pairing) -> tuple[Flip, ...]:
    """Every case that is the same in both runs and passes by a scorer in one of them alone.

    Of several trials the most decide. Measured amounts, such as a latency, do not flip: they
    differ in every run.
    """
    found = (_flip(pairing.a[case], pairing.b[case]) for case in pairing.same)
    return tuple(flip for flip in found if flip is not None)


def _flip(ours: Sequence[EvalResult], theirs: Sequence[EvalResult]) -> Flip | None:
    scores = tuple(_flipped(ours, theirs))
    if not scores:
        return None
    first = scores[0]
    return Flip(
        case_id=ours[0].case_id,
        tags=ours[0].tags,
        scores=scores,
        a=output_of(_showing(ours, first.scorer, passing=full(first.a))),
        b=output_of(_showing(theirs, first.scorer, passing=full(first.b))),
    )


def _flipped(ours: Sequence[EvalResult], theirs: Sequence[EvalResult]) -> Iterator[FlippedScore]:
    for name in ours[0].scores:
        passing = _mostly(ours, name), _mostly(theirs, name)
        if None in passing or passing[0] == passing[1]:
            continue
        a = _showing(ours, name, passing=bool(passing[0])).scores[name]
        b = _showing(theirs, name, passing=bool(passing[1])).scores[name]
        yield FlippedScore(scorer=name, a=a, b=b)


def _mostly(trials: Sequence[EvalResult], name: str) -> bool | None:
    """Whether more than half of the trials have full marks; none where it is no matter of that."""
    scores = [score for trial in trials if (score := trial.scores.get(name)) is not None]
    eligible = [s for s in scores if s.value is not None and s.amount is None]
    if not eligible:
        return None
    return sum(full(score) for score in eligible) * 2 > len(eligible)


def _showing(trials: Sequence[EvalResult], name: str, *, passing: bool) -> EvalResult:
    """The first trial that ended as most did."""
    alike = (t for t in trials if name in t.scores and full(t.scores[name]) == passing)
    return next(alike, trials[0])
