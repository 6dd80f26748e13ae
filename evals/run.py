"""A suite -> a run: the corpus ingested into a home of its own, each case suggested and scored."""

import time
from collections.abc import Sequence
from dataclasses import replace

from assist.adapters.clock import SystemClock
from assist.domain.evaluation import EvalRun
from assist.service.desk import Desk
from assist.settings import Settings
from evals.cases import EvalCase
from evals.homes import own_settings, temporary_home
from evals.running.asked import Asked
from evals.running.checkout import git_sha
from evals.running.choosing import cases_of, chosen
from evals.running.closing import closed
from evals.running.fingerprints import of_case, of_texts
from evals.running.gate import require_baseline
from evals.running.ingesting import bound, ingest_whole
from evals.running.keeping import Keeping, kept
from evals.running.progress import Watching
from evals.running.trying import Work, in_order, results_of, todo_of
from evals.running.versions import versions_of
from evals.scorers.names import check_names
from evals.suites import find

__all__ = ["git_sha", "ingest_whole", "run_suite"]


def run_suite(asked: Asked, watching: Watching) -> EvalRun:
    """Ingest the suite's corpus into a temporary home, run the cases that are not done, score them.

    Raises `BadInput` where corpus or cases are missing or wrong, where the folder holds another
    run, or where the baseline cannot be compared with.
    """
    cases = chosen(cases_of(asked.suite), asked.tags, asked.ids)
    asked = replace(asked, workers=asked.workers_for(len(cases) * asked.trials))
    now, began = SystemClock().now(), time.perf_counter()
    with temporary_home() as home:
        settings = own_settings(home)
        marks = {case.id: of_case(case) for case in cases}
        mark = of_texts(marks.values())
        versions = versions_of("suggestions", cases=mark, seed=asked.seed, settings=settings)
        notes = require_baseline(asked, versions.grader, marks)
        with kept(asked, versions, cases, now) as keeping:
            notes += _gone_on(keeping)
            _try_all(keeping, asked, cases, settings, watching)
            results = in_order(cases, asked.trials, keeping.done)
            seconds = keeping.begun.seconds + time.perf_counter() - began
            run = closed(keeping.begun, results, asked, seconds=seconds, notes=notes)
            keeping.finish(run)
    return run


def _gone_on(keeping: Keeping) -> tuple[str, ...]:
    before = len(keeping.done)
    return (f"taken up again: {before} trials had been run before",) if before else ()


def _try_all(
    keeping: Keeping,
    asked: Asked,
    cases: Sequence[EvalCase],
    settings: Settings,
    watching: Watching,
) -> None:
    """Run every trial that is not kept yet, and keep it as it finishes."""

    def ready(desk: Desk) -> None:
        opened = desk.opened()
        check_names(cases, opened.policy_set, opened.library.passages())
        keeping.bind(bound(keeping.begun.versions, desk))
        total = len(cases) * asked.trials
        watching.begin(total, total - len(todo))

    todo = todo_of(cases, asked.trials, keeping.done)
    if not todo:
        watching.stage("every trial has been run before")
        return
    work = Work(settings, find(asked.suite.corpus), asked.workers or 1, asked.seed)
    for result in results_of(work, todo, watching, ready):
        keeping.keep(result)
        watching.finished(result.case_id)
