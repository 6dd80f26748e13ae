"""An in-memory stand-in for published runs."""

from collections.abc import Sequence
from datetime import datetime

from assist.adapters.postgres.eval_runs import check_same_run, headed, no_such_case, no_such_run
from assist.adapters.postgres.rows import json_text, plain_text
from assist.domain.eval_runs import EvalOutline, EvalRunKept, EvalTrial, KeptResult
from assist.domain.evaluation import EvalRun


class InMemoryEvalRuns:
    """`EvalRunStore` in dicts."""

    def __init__(self) -> None:
        self._runs: dict[str, EvalRunKept] = {}
        self._results: dict[str, dict[tuple[str, int], EvalTrial]] = {}

    def add(
        self, run: EvalRun, results: Sequence[KeptResult], total: int, by: str, at: datetime
    ) -> EvalRunKept:
        for value in (run, *results):
            json_text(value, f"run {run.id!r}")
        new = EvalRunKept(run=headed(run), total=total, kept=0, at=at, by=plain_text(by, "by"))
        kept = self._runs.setdefault(run.id, new)
        check_same_run(headed(kept.run), kept.total, headed(run), total)
        theirs = self._results.setdefault(run.id, {})
        for one in results:
            trial = EvalTrial(outline=one.outline, asked=one.asked, result=one.result)
            theirs.setdefault((one.outline.case_id, one.outline.trial), trial)
        slices = {one.tag: one for one in (*run.slices, *kept.run.slices)}
        whole = kept.run.model_copy(update={"slices": tuple(slices[t] for t in sorted(slices))})
        self._runs[run.id] = kept.model_copy(update={"run": whole, "kept": len(theirs)})
        return self._runs[run.id]

    def listed(
        self, suite: str | None, limit: int, before: str | None = None
    ) -> tuple[EvalRunKept, ...]:
        ordered = self._newest(suite)
        if before is not None:
            start = self.get(before).run
            last = (start.started_at, start.id)
            ordered = [one for one in ordered if (one.run.started_at, one.run.id) < last]
        return tuple(one.model_copy(update={"run": headed(one.run)}) for one in ordered[:limit])

    def suites(self) -> tuple[str, ...]:
        return tuple(sorted({one.run.suite for one in self._runs.values()}))

    def get(self, run_id: str) -> EvalRunKept:
        if run_id not in self._runs:
            raise no_such_run(run_id)
        return self._runs[run_id]

    def outlines(self, run_id: str) -> tuple[EvalOutline, ...]:
        self.get(run_id)
        return tuple(one.outline for one in self._results[run_id].values())

    def trials(self, run_id: str, case_id: str) -> tuple[EvalTrial, ...]:
        self.get(run_id)
        theirs = self._results[run_id].values()
        found = [one for one in theirs if one.outline.case_id == case_id]
        if not found:
            raise no_such_case(run_id, case_id)
        return tuple(sorted(found, key=lambda one: one.outline.trial))

    def thin(self, suite: str, keep: int) -> int:
        cut = 0
        for kept in self._newest(suite)[keep:]:
            theirs = self._results[kept.run.id]
            for key, one in theirs.items():
                cut += one.result is not None
                theirs[key] = one.model_copy(update={"asked": None, "result": None})
        return cut

    def _newest(self, suite: str | None) -> list[EvalRunKept]:
        of_suite = [one for one in self._runs.values() if suite in (None, one.run.suite)]
        return sorted(of_suite, key=lambda one: (one.run.started_at, one.run.id), reverse=True)
