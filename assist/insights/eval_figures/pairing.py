"""Two runs of a suite, case by case -> what differs, how surely, and which cases flipped."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assist.domain.eval_runs import EvalOutline
from assist.domain.evaluation import CaseScore, EvalRun
from assist.errors import BadInput
from assist.insights.eval_figures.flipping import flipped
from assist.insights.eval_figures.names import HARM
from assist.insights.eval_figures.resampling import Change, cannot_tell, changes
from assist.insights.eval_figures.scoring import by_case, case_mean, full


class Flip(NamedTuple):
    """A case that passes by a scorer in one run and not in the other: both scores, a's first."""

    case_id: str
    title: str
    scorer: str
    a: CaseScore
    b: CaseScore

    @property
    def better(self) -> bool:
        """Whether a is the one that passes."""
        return full(self.a)

    @property
    def harm(self) -> bool:
        """Whether it is one of harm."""
        return self.scorer in HARM


class Compared(NamedTuple):
    """Run a against run b, a minus b, over the cases that both have and that ask the same.

    `other` ask or expect something else in a than in b.
    """

    cases: int
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    other: tuple[str, ...]
    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]

    @property
    def flipped(self) -> int:
        """Cases that flipped: one may by several scorers."""
        return len({flip.case_id for flip in self.flips})

    @property
    def cannot_tell(self) -> str:
        """That so few cases show no difference whatever it is; empty where they could."""
        return cannot_tell(self.cases, len(self.changes))


def require_comparable(a: EvalRun, b: EvalRun) -> None:
    """Raises `BadInput` for runs of two suites, or scored by two graders."""
    where = f"{a.id} and {b.id}"
    if (a.suite, a.kind) != (b.suite, b.kind):
        problem = f"a run of the suite {a.suite!r} and one of {b.suite!r} have no case in common"
        raise BadInput(problem, where=where, cure="choose two runs of one suite")
    if a.versions.grader != b.versions.grader:
        raise BadInput(
            f"scored by two graders, {a.versions.grader} and {b.versions.grader}: "
            "a difference would be the graders' as well",
            where=where,
            cure="score the older one by today's grader, `assist-evals regrade RUN`, and give that",
        )


def compared(a: Sequence[EvalOutline], b: Sequence[EvalOutline]) -> Compared:
    """What differs. Of several trials a case's mean counts, and for a flip what most did."""
    ours, theirs = by_case(a), by_case(b)
    shared = [case for case in ours if case in theirs]
    both = [case for case in shared if ours[case][0].case == theirs[case][0].case]
    scorers = dict.fromkeys(name for case in both for name in ours[case][0].scores)
    paired = {}
    for name in scorers:
        pairs = [(case_mean(ours[c], [name]), case_mean(theirs[c], [name])) for c in both]
        known = [(x, y) for x, y in pairs if x is not None and y is not None]
        paired[name] = ([x for x, _ in known], [y for _, y in known])
    flips = (flip for case in both for flip in _flips(ours[case], theirs[case]))
    return Compared(
        cases=len(both),
        only_a=tuple(case for case in ours if case not in theirs),
        only_b=tuple(case for case in theirs if case not in ours),
        other=tuple(case for case in shared if case not in both),
        changes=changes(paired),
        flips=tuple(sorted(flips, key=lambda one: (one.better, not one.harm))),
    )


def _flips(ours: Sequence[EvalOutline], theirs: Sequence[EvalOutline]) -> Iterator[Flip]:
    for name, a, b in flipped(ours, theirs):
        yield Flip(a.case_id, a.title, name, a.scores[name], b.scores[name])
