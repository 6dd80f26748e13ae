"""A run of decisions that was kept -> what was judged, scored by today's scorers and cases."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from assist.domain.evaluation import EvalResult, EvalRun
from evals.decisions.cases import DecisionCase
from evals.decisions.company import Company, read_company
from evals.decisions.grading import grader
from evals.decisions.run import decisions_of, judged_of, scored
from evals.running.regrading import Raw, Regrade, asked_still, regraded, require_same_corpus
from evals.suites import Suite, find


@contextmanager
def regrading_decisions(suite: Suite) -> Iterator[Regrade]:
    """A regrader of this suite's runs. Raises `BadInput`."""
    cases = {filed.case.id: filed.case for filed in decisions_of(suite)}
    yield _Regrader(suite, cases, read_company(find(suite.corpus)))


@dataclass(frozen=True, slots=True)
class _Regrader:
    suite: Suite
    cases: Mapping[str, DecisionCase]
    company: Company = field(repr=False)

    def __call__(self, run: EvalRun, before: Mapping[str, Raw]) -> EvalRun:
        version = self.company.policy_set.version
        now = run.versions.model_copy(update={"policy_version": version})
        require_same_corpus(run.versions, now)
        left, left_out = asked_still(run, self.cases, before)
        results = [self._scored(self.cases[one.case_id], one) for one in left]
        return regraded(run, results, left_out, suite=self.suite, grader=grader())

    def _scored(self, case: DecisionCase, result: EvalResult) -> EvalResult:
        fresh = scored(case, judged_of(result), self.company)
        return result.model_copy(
            update={"scores": fresh.scores, "case": fresh.case, "tags": fresh.tags}
        )
