"""Two runs -> the cases that can be compared, and those that cannot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assist.domain.evaluation import EvalResult, EvalRun
from assist.errors import BadInput
from evals.running.summing import by_case


@dataclass(frozen=True, slots=True)
class Pairing:
    """Cases of two runs by id: in both and the same, in one alone, in both and not the same."""

    a: Mapping[str, Sequence[EvalResult]]
    b: Mapping[str, Sequence[EvalResult]]
    same: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    changed: tuple[str, ...]


def require_comparable(a: EvalRun, b: EvalRun) -> None:
    """Raises `BadInput` for runs of two suites, or scored by two graders."""
    where = f"{a.id} and {b.id}"
    if (a.suite, a.kind) != (b.suite, b.kind):
        problem = f"a run of the suite {a.suite!r} and one of {b.suite!r} have no case in common"
        raise BadInput(problem, where=where, cure="give two runs of one suite")
    if a.versions.grader != b.versions.grader:
        raise BadInput(
            f"scored by two graders, {a.versions.grader} and {b.versions.grader}: "
            "a difference would be the graders' as well",
            where=where,
            cure="score both by today's grader: --regrade, or `assist-evals regrade RUN`",
        )


def pair(a: EvalRun, b: EvalRun) -> Pairing:
    """The runs' cases, told apart. Raises `BadInput` as `require_comparable` does."""
    require_comparable(a, b)
    ours, theirs = by_case(a.results), by_case(b.results)
    both = [case for case in ours if case in theirs]
    changed = tuple(case for case in both if ours[case][0].case != theirs[case][0].case)
    return Pairing(
        a=ours,
        b=theirs,
        same=tuple(case for case in both if case not in changed),
        only_a=tuple(case for case in ours if case not in theirs),
        only_b=tuple(case for case in theirs if case not in ours),
        changed=changed,
    )
