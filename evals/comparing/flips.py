"""Paired cases -> those that one run passes by a scorer and the other does not."""

from collections.abc import Sequence

from assist.domain.base import Model
from assist.domain.evaluation import CaseScore, EvalResult
from assist.insights.eval_figures.flipping import flipped
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
    """Every case that is the same in both runs and passes by a scorer in one of them alone."""
    found = (_flip(pairing.a[case], pairing.b[case]) for case in pairing.same)
    return tuple(flip for flip in found if flip is not None)


def _flip(ours: Sequence[EvalResult], theirs: Sequence[EvalResult]) -> Flip | None:
    found = list(flipped(ours, theirs))
    if not found:
        return None
    _, a, b = found[0]
    return Flip(
        case_id=ours[0].case_id,
        tags=ours[0].tags,
        scores=tuple(
            FlippedScore(scorer=name, a=a.scores[name], b=b.scores[name]) for name, a, b in found
        ),
        a=output_of(a),
        b=output_of(b),
    )
