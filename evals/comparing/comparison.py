"""Two runs of one suite -> what the first has more than the second, how surely, and where."""

from datetime import datetime

from assist.domain.base import Model
from assist.domain.evaluation import EvalRun
from assist.insights.eval_figures.moved import differing, moved
from evals.comparing.flips import Flip, flips
from evals.comparing.measuring import measured
from evals.comparing.pairing import pair
from evals.statistics.weighing import Weighed


class Compared(Model):
    """Which run it is."""

    id: str
    started_at: datetime
    git_sha: str | None
    trials: int


class Comparison(Model):
    """Run `a` against run `b`: differences are a minus b.

    `cases` are in both and the same; `only_a`, `only_b` and `changed` are not compared. `versions`
    names what the runs were made with and differs; `moved` says each with b's value and a's.
    """

    suite: str
    grader: str
    a: Compared
    b: Compared
    versions: tuple[str, ...]
    moved: tuple[str, ...]
    cases: int
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    changed: tuple[str, ...]
    metrics: tuple[Weighed, ...]
    flips: tuple[Flip, ...]


def compare(a: EvalRun, b: EvalRun) -> Comparison:
    """The comparison. Raises `BadInput` for two suites, and for two graders."""
    pairing = pair(a, b)
    return Comparison(
        suite=a.suite,
        grader=a.versions.grader,
        a=_compared(a),
        b=_compared(b),
        versions=differing(a.versions, b.versions),
        moved=moved(a.versions, b.versions),
        cases=len(pairing.same),
        only_a=pairing.only_a,
        only_b=pairing.only_b,
        changed=pairing.changed,
        metrics=measured(pairing),
        flips=flips(pairing),
    )


def _compared(run: EvalRun) -> Compared:
    return Compared(
        id=run.id, started_at=run.started_at, git_sha=run.versions.git_sha, trials=run.trials
    )
