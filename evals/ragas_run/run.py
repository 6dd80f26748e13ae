"""A run that was kept -> its suggestions by ragas' metrics.

Nothing is suggested anew. Gold and reference are looked up in the corpus, so it must be the one
that the run was made with.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore, EvalResult, EvalRun
from assist.errors import BadInput
from assist.ports.chat import Chat
from assist.service.desk import Desk
from evals import ragas_scores
from evals.homes import own_settings, temporary_home
from evals.ragas_run.judge import Judge
from evals.ragas_run.names import JUDGED, METRICS, NEED_GOLD
from evals.ragas_run.results import RagasScores
from evals.ragas_run.sample import sample_of, veiled
from evals.ragas_run.versions import require_ragas
from evals.running.ingesting import bound, ingested
from evals.running.regrading import Raw, require_same_corpus
from evals.running.summing import summarized
from evals.suites import Suite, find

AT_ONCE = 4
"""Suggestions judged at a time."""
CURE = "give the folder of a run of today: `assist-evals run SUITE --out DIR`"


@dataclass(frozen=True, slots=True)
class Judging:
    """Who judges, where its replies are kept, and what it must not judge: its own drafts."""

    chat: Chat
    cache: Path
    own_drafts: bool = False


def run_ragas(
    run: EvalRun,
    cases: Mapping[str, Raw],
    suite: Suite,
    judging: Judging | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> RagasScores:
    """Score every trial; `cases` are those beside the run, by id.

    Raises `NotReady` where ragas cannot be used, `BadInput` where the run, its cases or the judge
    cannot be.
    """
    version = require_ragas()
    if suite.kind != "suggestions":
        raise BadInput(f"a run of {suite.kind} holds no replies", where=run.id, cure=CURE)
    read = {result.case_id: _case(result, cases) for result in run.results}
    drafter = _drafter(run)
    judge = Judge(judging.chat, judging.cache, version) if judging else None
    notes = _own_drafts(judge, drafter, judging) if judge and judging else []
    with temporary_home() as home, ingested(own_settings(home), find(suite.corpus)) as desk:
        require_same_corpus(run.versions, bound(run.versions, desk))
        progress(f"score {len(run.results)} trials of {run.suite} by ragas {version}")
        results = asyncio.run(_Scoring(desk, judge).of_run(run, read))
        embedder = desk.parts.embedder.name
    names = tuple(name for name in METRICS if any(name in one.scores for one in results))
    gated = tuple(dict.fromkeys((*names, *suite.ragas)))
    return RagasScores(
        run=run.id,
        suite=run.suite,
        ragas=version,
        embedder=embedder,
        judge=judge.model if judge else None,
        drafter=drafter,
        summaries=summarized(results, gated, suite.ragas),
        passed_over={name: f"needs {one}" for name, one in ragas_scores.missing().items()},
        notes=tuple(notes),
        results=tuple(results),
    )


class _Scoring:
    """Scores trials, some at a time."""

    def __init__(self, desk: Desk, judge: Judge | None) -> None:
        embedder = desk.parts.embedder
        self._passages = {one.id: one for one in desk.opened().library.passages()}
        self._redactor = desk.parts.redactor
        self._free = ragas_scores.model_free(embedder)
        self._judged = ragas_scores.judged(judge, embedder) if judge else {}
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def of_run(self, run: EvalRun, cases: Mapping[str, EvalCase]) -> list[EvalResult]:
        """Each trial with its scores by ragas, in the run's order."""
        asked = (self._of(result, cases[result.case_id]) for result in run.results)
        scores = await asyncio.gather(*asked)
        return [
            result.model_copy(update={"scores": found, "suggestion": None, "detail": {}})
            for result, found in zip(run.results, scores, strict=True)
        ]

    async def _of(self, result: EvalResult, case: EvalCase) -> dict[str, CaseScore]:
        if result.suggestion is None:
            return self._nothing(case, result.error or "")
        async with self._turns:
            sample = sample_of(case, result.suggestion, self._passages)
            found = await ragas_scores.scored(sample, self._free)
            if self._judged:
                shown = veiled(sample, case, self._redactor)
                found |= await ragas_scores.scored(shown, self._judged)
            return found

    def _nothing(self, case: EvalCase, error: str) -> dict[str, CaseScore]:
        """A trial that failed scores zero in all that its case is eligible for."""
        eligible = (
            name
            for name in (*self._free, *self._judged)
            if case.expect.gold or name not in NEED_GOLD
        )
        told = f"nothing was suggested: {error}"
        return {name: CaseScore(value=0.0, explanation=told) for name in eligible}


def _case(result: EvalResult, cases: Mapping[str, Raw]) -> EvalCase:
    """The case as the run read it."""
    try:
        return EvalCase.model_validate(cases[result.case_id])
    except KeyError as error:
        problem = f"the case {result.case_id} is not kept beside the run"
        raise BadInput(problem, where="cases.json", cure=CURE) from error
    except ValidationError as error:
        told = error.errors(include_url=False)[0]["msg"]
        problem = f"the case {result.case_id} is none that we can read: {told}"
        raise BadInput(problem, where="cases.json", cure=CURE) from error


def _drafter(run: EvalRun) -> str | None:
    """The model that drafted; none where every reply was made without one."""
    drafted = any(one.suggestion and one.suggestion.mode == "llm" for one in run.results)
    return run.versions.models.get("draft") if drafted else None


def _own_drafts(judge: Judge, drafter: str | None, judging: Judging) -> list[str]:
    """What is said of a judge that drafted what it judges. Raises `BadInput` where it may not."""
    if drafter is None or drafter != judge.model:
        return []
    if not judging.own_drafts:
        raise BadInput(
            f"{judge.model} drafted what it is to judge",
            where="--judge",
            cure='name another by ASSIST_LLM__MODELS={"judge": …}, or say --judge-own-drafts',
        )
    return [f"{judge.model} judged its own drafts ({', '.join(JUDGED)})"]
