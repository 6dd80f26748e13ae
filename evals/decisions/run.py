"""A suite of decision cases -> a run: each judged by the company's policies alone, and scored."""

import time
from collections.abc import Sequence

from assist.adapters.clock import SystemClock
from assist.domain.evaluation import EvalResult, EvalRun
from assist.errors import BadInput
from evals.decisions.cases import DecisionCase
from evals.decisions.checking import faults
from evals.decisions.company import Company, read_company
from evals.decisions.files import Filed, load_decisions
from evals.decisions.judging import Judged, judged
from evals.decisions.scoring import DECISION_SCORERS
from evals.running.asked import Asked
from evals.running.choosing import chosen
from evals.running.closing import closed
from evals.running.fingerprints import of_case, of_texts
from evals.running.gate import require_baseline
from evals.running.keeping import kept
from evals.running.versions import versions_of
from evals.suites import Suite, find

JUDGED = "judged"
"""Where a result's `detail` holds what was said to its case."""


def run_decisions(asked: Asked) -> EvalRun:
    """Read the suite's corpus, judge its cases, score them: no home, no database, no model.

    Raises `BadInput` where corpus or cases are missing or wrong, or do not fit each other.
    """
    if asked.trials > 1:
        problem = "the policies decide a case the same each time"
        raise BadInput(problem, where="--trials", cure="leave it out for a suite of decisions")
    started, began = SystemClock().now(), time.perf_counter()
    filed = _filed(asked)
    company = read_company(find(asked.suite.corpus))
    _refuse_misfits(filed, company)
    marks = {one.case.id: of_case(one.case) for one in filed}
    versions = versions_of("decisions", cases=of_texts(marks.values()), seed=asked.seed).model_copy(
        update={"policy_version": company.policy_set.version}
    )
    notes = require_baseline(asked, versions.grader, marks)
    with kept(asked, versions, [one.case for one in filed], started) as keeping:
        for one in filed:
            if (one.case.id, 1) not in keeping.done:
                keeping.keep(_result(one, company))
        results = [keeping.done[one.case.id, 1] for one in filed]
        seconds = keeping.begun.seconds + time.perf_counter() - began
        run = closed(keeping.begun, results, asked, seconds=seconds, notes=notes)
        keeping.finish(run)
    return run


def judged_of(result: EvalResult) -> Judged:
    """What was said to a decision case."""
    return Judged.model_validate(result.detail[JUDGED])


def decisions_of(suite: Suite) -> tuple[Filed, ...]:
    """The cases of all folders of a suite. Raises `BadInput` where an id stands twice."""
    found: dict[str, Filed] = {}
    for folder in map(find, suite.cases):
        for filed in load_decisions(folder):
            first = found.setdefault(filed.case.id, filed)
            if first is not filed:
                cure = f"rename one; the first is in {first.page.name}"
                raise filed.fault("id", "stands twice", cure=cure)
    return tuple(found.values())


def _filed(asked: Asked) -> tuple[Filed, ...]:
    every = decisions_of(asked.suite)
    wanted = {case.id for case in chosen([one.case for one in every], asked.tags, asked.ids)}
    return tuple(one for one in every if one.case.id in wanted)


def _refuse_misfits(cases: Sequence[Filed], company: Company) -> None:
    found = list(faults(cases, company))
    if found:
        first, more = found[0], len(found) - 1
        problem = f"{first.problem} (and {more} more like it)" if more else first.problem
        raise BadInput(problem, where=first.where, cure=first.cure)


def _result(filed: Filed, company: Company) -> EvalResult:
    case = filed.case
    began = time.perf_counter()
    said = judged(case, company.policy_set)
    ms = round((time.perf_counter() - began) * 1000, 1)
    return scored(case, said, company).model_copy(
        update={
            "ms": ms,
            "detail": {
                "title": case.title,
                "file": filed.file,
                "why": case.why,
                JUDGED: said.model_dump(mode="json"),
            },
        }
    )


def scored(case: DecisionCase, said: Judged, company: Company) -> EvalResult:
    """What was said to a case, by each scorer."""
    return EvalResult(
        case_id=case.id,
        case=of_case(case),
        tags=case.tags,
        ms=0.0,
        scores={n: s.score(case, said, company) for n, s in DECISION_SCORERS.items()},
        suggestion=None,
    )
