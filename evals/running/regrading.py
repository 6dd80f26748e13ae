"""A run that was kept -> the same suggestions, scored by today's grader and expectations.

Nothing is suggested anew. A case whose ticket, time or level is another now was another question,
and is left out. Scorers look into the corpus, so it must be the one that the run was made with.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from pydantic import JsonValue

from assist.domain.base import Model
from assist.domain.evaluation import EvalResult, EvalRun, EvalVersions
from assist.errors import BadInput
from assist.service.desk import Desk
from evals.cases import EvalCase
from evals.homes import own_settings, temporary_home
from evals.running.asked import Asked
from evals.running.checkout import git_sha
from evals.running.choosing import cases_of
from evals.running.closing import gated, summed
from evals.running.fingerprints import ASIDE, of_case, of_texts
from evals.running.ingesting import bound, ingested
from evals.running.trial import scored
from evals.scorers.fingerprint import grader
from evals.scorers.names import check_names
from evals.suites import Suite, find

Raw = Mapping[str, JsonValue]
"""A case as it is kept beside a run."""
NAMED = 5
_C = TypeVar("_C", bound=Model)


class Regrade(Protocol):
    """Scores the kept trials of a run anew."""

    def __call__(self, run: EvalRun, before: Mapping[str, Raw]) -> EvalRun:
        """`before`: the cases as the run read them, by id, as far as they are known."""


@contextmanager
def regrading(suite: Suite) -> Iterator[Regrade]:
    """A regrader of this suite's runs, with its corpus ingested once. Raises `BadInput`."""
    cases = {case.id: case for case in cases_of(suite)}
    with temporary_home() as home, ingested(own_settings(home), find(suite.corpus)) as desk:
        yield _Regrader(suite, cases, desk)


@dataclass(frozen=True, slots=True)
class _Regrader:
    suite: Suite
    cases: Mapping[str, EvalCase]
    desk: Desk = field(repr=False)

    def __call__(self, run: EvalRun, before: Mapping[str, Raw]) -> EvalRun:
        opened = self.desk.opened()
        check_names(tuple(self.cases.values()), opened.policy_set, opened.library.passages())
        now = bound(run.versions, self.desk)
        require_same_corpus(run.versions, now)
        left, left_out = asked_still(run, self.cases, before)
        results = [self._scored(self.cases[one.case_id], one) for one in left]
        return regraded(run, results, left_out, suite=self.suite, grader=grader())

    def _scored(self, case: EvalCase, result: EvalResult) -> EvalResult:
        found = scored(self.desk, case, result.suggestion, result.error or "")
        fresh = {"scores": found, "case": of_case(case), "tags": case.tags}
        return result.model_copy(update=fresh)


def asked_still(
    run: EvalRun, cases: Mapping[str, _C], before: Mapping[str, Raw]
) -> tuple[list[EvalResult], dict[str, str]]:
    """The results whose case asks today what it asked then, and why the others are left out."""
    left: list[EvalResult] = []
    left_out: dict[str, str] = {}
    for result in run.results:
        case = cases.get(result.case_id)
        if case is None:
            left_out[result.case_id] = "gone"
        elif of_case(case) == result.case or _same(case, before.get(result.case_id)):
            left.append(result)
        else:
            left_out[result.case_id] = "another question now"
    return left, left_out


def _same(case: Model, before: Raw | None) -> bool:
    """Whether it asks the same: what it expects, and says about itself, may be other."""
    now = case.model_dump(mode="json", exclude_defaults=True)
    return before is not None and _question(now) == _question(before)


def _question(case: Raw) -> dict[str, JsonValue]:
    return {key: told for key, told in case.items() if key not in {*ASIDE, "expect"}}


def require_same_corpus(then: EvalVersions, now: EvalVersions) -> None:
    """Raises `BadInput` where the corpus is not the run's, saying what differs."""
    names = ("corpus", "embedder") if then.corpus else ("policy_version",)
    told = [
        f"{name} {getattr(then, name)}, now {getattr(now, name)}"
        for name in names
        if getattr(then, name) != getattr(now, name)
    ]
    if told:
        # Of this very commit another checkout would change nothing: the folder is another.
        elsewhere = then.git_sha not in (None, git_sha())
        at = f" (check out {then.git_sha[:12]})" if then.git_sha and elsewhere else ""
        raise BadInput(
            f"the corpus is not the one it was run over: {'; '.join(told)}",
            where="regrade",
            cure=f"bring the corpus back as it was{at}, or run the suite again",
        )


def regraded(
    run: EvalRun,
    results: Sequence[EvalResult],
    left_out: Mapping[str, str],
    *,
    suite: Suite,
    grader: str,
) -> EvalRun:
    """The run with these scores, summed up and gated anew. Raises `BadInput` where none is left."""
    if not results:
        raise BadInput(
            "none of its cases can be scored anew",
            where=run.id,
            cure="run the suite again: its cases are other questions now",
        )
    marks = of_texts({result.case_id: result.case for result in results}.values())
    versions = run.versions.model_copy(update={"grader": grader, "cases": marks})
    notes = [*run.notes, f"scored anew by grader {grader}, before by {run.versions.grader}"]
    if left_out:
        named = ", ".join(f"{case} ({why})" for case, why in list(left_out.items())[:NAMED])
        more = f" and {len(left_out) - NAMED} more" if len(left_out) > NAMED else ""
        notes.append(f"left out: {named}{more}")
    found = {
        "id": f"{run.id}-by-{grader[:6]}",
        "versions": versions,
        "results": tuple(results),
        "notes": tuple(notes),
    }
    fresh = summed(run.model_copy(update=found), suite)
    return gated(fresh, Asked(name=run.suite, suite=suite))
