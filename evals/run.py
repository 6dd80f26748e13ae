"""A suite -> a run: the corpus ingested into a home of its own, each case suggested and scored."""

import asyncio
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from assist import __version__
from assist.adapters.clock import SystemClock
from assist.domain.base import Model, Unit
from assist.domain.suggestion import Suggestion
from assist.errors import AssistError, BadInput
from assist.service.desk import Desk
from assist.wiring import opened
from evals.cases import EvalCase, load_cases
from evals.homes import own_settings, temporary_home
from evals.scorers import SCORERS
from evals.scorers.scorer import Score
from evals.suites import ROOT, Suite, find

Progress = Callable[[str], None]
"""Called with what is being done now."""


class CaseResult(Model):
    """One case: its scores by scorer, and the suggestion, or why there is none."""

    case_id: str
    tags: tuple[str, ...]
    ms: float
    scores: dict[str, Score]
    suggestion: Suggestion | None
    error: str | None = None


class Summary(Model):
    """One scorer over a run: `n` cases state what it compares, `mean` is none where none does."""

    scorer: str
    n: int
    mean: float | None
    threshold: Unit | None

    @property
    def passed(self) -> bool:
        """A threshold that nothing was scored for is missed: a gate must not open by itself."""
        return self.threshold is None or (self.mean is not None and self.mean >= self.threshold)


class Measured(Model):
    """What every run says of itself: of what, when, by which version, and how well it went."""

    suite: str
    started_at: datetime
    seconds: float
    assist_version: str
    git_sha: str | None
    policy_version: str | None
    summaries: tuple[Summary, ...]

    @property
    def passed(self) -> bool:
        """Whether every threshold is met."""
        return all(summary.passed for summary in self.summaries)


class Run(Measured):
    """Everything about one run of a suite, enough to compare it with another."""

    generation: str
    settings: dict[str, str]
    results: tuple[CaseResult, ...]


def run_suite(name: str, suite: Suite, progress: Progress) -> Run:
    """Ingest the suite's corpus into a temporary home, run its cases, score them.

    Raises `BadInput` where corpus or cases are missing or wrong.
    """
    cases, corpus = load_cases(find(suite.cases)), find(suite.corpus)
    clock, began = SystemClock().now(), time.perf_counter()
    with temporary_home() as home:
        settings = own_settings(home)
        with opened(settings) as desk:
            progress(f"ingest {suite.corpus}")
            generation = ingest_whole(desk, corpus)
            results = run_cases(desk, cases, progress)
    versions = {r.suggestion.policy_version for r in results if r.suggestion}
    return Run(
        suite=name,
        started_at=clock,
        seconds=round(time.perf_counter() - began, 2),
        assist_version=__version__,
        git_sha=git_sha(),
        generation=generation,
        policy_version=versions.pop() if versions else None,
        settings={"mode": settings.mode, "embedder": str(settings.embedder or "packaged MiniLM")},
        summaries=summarize(results, suite),
        results=results,
    )


def ingest_whole(desk: Desk, corpus: Path) -> str:
    """Ingest the corpus and return its generation. Raises `BadInput` where part of it is broken."""
    report = desk.ingest(corpus, progress=lambda _stage, _done, _total: None)
    for problem in report.problems:
        if problem.severity == "error":
            raise BadInput(problem.problem, where=problem.where, cure=problem.cure)
    return report.generation


def run_cases(desk: Desk, cases: Sequence[EvalCase], progress: Progress) -> tuple[CaseResult, ...]:
    """Each case on its own, in order; one that fails scores zero in all it states."""
    results = []
    for number, case in enumerate(cases, start=1):
        progress(f"case {number} of {len(cases)}: {case.id}")
        results.append(_run_case(desk, case))
    return tuple(results)


def _run_case(desk: Desk, case: EvalCase) -> CaseResult:
    suggestion, error = None, None
    began = time.perf_counter()
    try:
        suggestion = asyncio.run(desk.suggest(case.ticket, at=case.at, level=case.level))
    except AssistError as failure:
        error = str(failure)
    ms = round((time.perf_counter() - began) * 1000, 1)
    if suggestion is None:
        scores = {n: s.failed(case, error or "") for n, s in SCORERS.items()}
    else:
        scores = {n: s.score(case, suggestion, desk.passage) for n, s in SCORERS.items()}
    return CaseResult(
        case_id=case.id, tags=case.tags, ms=ms, scores=scores, suggestion=suggestion, error=error
    )


def summarize(results: Sequence[CaseResult], suite: Suite) -> tuple[Summary, ...]:
    """The mean of each scorer over the cases it scored."""
    return means([result.scores for result in results], tuple(SCORERS), suite.thresholds)


def means(
    scored: Sequence[Mapping[str, Score]], names: Sequence[str], thresholds: Mapping[str, float]
) -> tuple[Summary, ...]:
    """The mean of each named scorer over the cases it scored, beside its threshold."""
    summaries = []
    for name in names:
        values = [v for scores in scored if (v := scores[name].value) is not None]
        mean = sum(values) / len(values) if values else None
        threshold = thresholds.get(name)
        summaries.append(Summary(scorer=name, n=len(values), mean=mean, threshold=threshold))
    return tuple(summaries)


def git_sha(root: Path = ROOT) -> str | None:
    """The commit of the checkout we run from; none where it is no checkout or has no commit."""
    if not (root / ".git").exists():
        return None
    command = ["git", "-C", str(root), "rev-parse", "--verify", "--quiet", "HEAD"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return said.stdout.strip() or None
