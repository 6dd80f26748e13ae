"""A suite of decision cases -> a run: each judged by the company's policies alone, and scored."""

import time
from collections.abc import Iterator, Sequence

from assist import __version__
from assist.adapters.clock import SystemClock
from assist.domain.base import Model
from assist.errors import BadInput
from evals.decisions.checking import faults
from evals.decisions.company import Company, read_company
from evals.decisions.files import Filed, load_decisions
from evals.decisions.judging import Judged, judged
from evals.decisions.scoring import DECISION_SCORERS
from evals.run import Measured, git_sha, means
from evals.scorers.scorer import Score
from evals.suites import Suite, find


class DecisionResult(Model):
    """One case: what was said to it, and its scores by scorer."""

    case_id: str
    title: str
    file: str
    tags: tuple[str, ...]
    why: str
    scores: dict[str, Score]
    judged: Judged


class Group(Model):
    """The cases of one file or with one tag: how many there are, and the mean of each scorer."""

    name: str
    n: int
    means: dict[str, float | None]


class DecisionRun(Measured):
    """Everything about one run, enough to compare it with another."""

    files: tuple[Group, ...]
    tags: tuple[Group, ...]
    results: tuple[DecisionResult, ...]


def run_decisions(name: str, suite: Suite) -> DecisionRun:
    """Read the suite's corpus, judge its cases, score them: no home, no database, no model.

    Raises `BadInput` where corpus or cases are missing or wrong, or do not fit each other.
    """
    cases = load_decisions(find(suite.cases))
    started, began = SystemClock().now(), time.perf_counter()
    company = read_company(find(suite.corpus))
    _refuse_misfits(cases, company)
    results = tuple(_result(filed, company) for filed in cases)
    scores = [result.scores for result in results]
    return DecisionRun(
        suite=name,
        started_at=started,
        seconds=round(time.perf_counter() - began, 2),
        assist_version=__version__,
        git_sha=git_sha(),
        policy_version=company.policy_set.version,
        summaries=means(scores, tuple(DECISION_SCORERS), suite.thresholds),
        files=tuple(_groups(results, [(r.file,) for r in results])),
        tags=tuple(_groups(results, [r.tags for r in results])),
        results=results,
    )


def _refuse_misfits(cases: Sequence[Filed], company: Company) -> None:
    found = list(faults(cases, company))
    if found:
        first, more = found[0], len(found) - 1
        problem = f"{first.problem} (and {more} more like it)" if more else first.problem
        raise BadInput(problem, where=first.where, cure=first.cure)


def _result(filed: Filed, company: Company) -> DecisionResult:
    case = filed.case
    said = judged(case, company.policy_set)
    return DecisionResult(
        case_id=case.id,
        title=case.title,
        file=filed.file,
        tags=case.tags,
        why=case.why,
        scores={n: s.score(case, said, company) for n, s in DECISION_SCORERS.items()},
        judged=said,
    )


def _groups(results: Sequence[DecisionResult], names: Sequence[tuple[str, ...]]) -> Iterator[Group]:
    """For each name in order of its first case, the results that bear it."""
    for name in dict.fromkeys(one for each in names for one in each):
        scores = [r.scores for r, own in zip(results, names, strict=True) if name in own]
        found = means(scores, tuple(DECISION_SCORERS), {})
        yield Group(name=name, n=len(scores), means={s.scorer: s.mean for s in found})
