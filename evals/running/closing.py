"""Finished trials -> the whole run: summed up, sliced, gated."""

from collections.abc import Sequence

from assist.domain.evaluation import EvalResult, EvalRun
from evals.running.asked import Asked
from evals.running.folder import Begun
from evals.running.gate import harmful, missed, worse
from evals.running.summing import passed_k, sliced, summarized
from evals.suites import SCORERS_OF, Suite

UNGATED = "a part of the suite was run: its thresholds are those of the whole and were left out"


def closed(
    begun: Begun,
    results: Sequence[EvalResult],
    asked: Asked,
    *,
    seconds: float,
    notes: tuple[str, ...] = (),
) -> EvalRun:
    """The run of these results, judged by its suite's thresholds and its baseline."""
    run = EvalRun(
        id=begun.id,
        suite=begun.suite,
        kind=begun.kind,
        started_at=begun.started_at,
        seconds=round(seconds, 2),
        trials=asked.trials,
        workers=asked.workers or 1,
        versions=begun.versions,
        summaries=(),
        notes=(*notes, UNGATED) if asked.part else notes,
        results=tuple(results),
    )
    return gated(summed(run, asked.suite, part=asked.part), asked)


def summed(run: EvalRun, suite: Suite, *, part: bool = False) -> EvalRun:
    """The run with its summaries, slices and pass^k, beside the thresholds of the whole suite."""
    names = SCORERS_OF[suite.kind]
    found = {
        "summaries": summarized(run.results, names, {} if part else suite.thresholds),
        "slices": sliced(run.results, names, {} if part else suite.slices),
        "pass_k": passed_k(run.results, suite.passing),
    }
    return run.model_copy(update=found)


def gated(run: EvalRun, asked: Asked) -> EvalRun:
    """The run with the reasons for which the gate stays shut."""
    refusals = [*missed(run), *(harmful(run) if asked.part else ())]
    if asked.baseline is not None:
        refusals += worse(run, asked.baseline, asked.suite)
    return run.model_copy(update={"refusals": tuple(refusals)})
