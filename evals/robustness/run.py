"""A suite -> how often its decisions move when nothing that matters has changed."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assist.adapters.clock import SystemClock
from assist.adapters.processor import usable_cores
from assist.domain.evaluation import EvalVersions
from assist.errors import BadInput
from assist.policies.located import suggestion
from assist.service.desk import Desk
from assist.settings import Settings
from evals.cases import EvalCase
from evals.homes import own_settings, temporary_home
from evals.robustness.perturbations import PERTURBATIONS
from evals.robustness.results import CaseTried, Robustness
from evals.robustness.summing import fairness, flips
from evals.robustness.trying import case_tried
from evals.running.choosing import cases_of
from evals.running.fingerprints import of_case, of_texts
from evals.running.ingesting import bound, ingested
from evals.running.progress import Watching
from evals.running.versions import versions_of
from evals.running.workers import done_by
from evals.suites import Suite, find


@dataclass(frozen=True, slots=True)
class Robust:
    """One call of `assist-evals robustness`: `sample` cases, or all where there is none."""

    name: str
    suite: Suite
    kinds: tuple[str, ...]
    sample: int | None = None
    seed: int = 0
    workers: int | None = None
    """Processes; none: one for each core, where there are as many cases."""


def run_robustness(asked: Robust, watching: Watching) -> Robustness:
    """Every case and its variants, over the suite's corpus in a home of its own.

    Raises `BadInput` where the suite's cases are decisions, or corpus or cases are wrong.
    """
    if asked.suite.kind != "suggestions":
        raise BadInput(
            f"the cases of {asked.name!r} are decisions, which nobody worded",
            where="SUITE",
            cure="give a suite of tickets, e.g. core",
        )
    cases = sampled(cases_of(asked.suite), asked.sample, asked.seed)
    now, began = SystemClock().now(), time.perf_counter()
    with temporary_home() as home:
        settings = own_settings(home)
        mark = of_texts(of_case(case) for case in cases)
        versions = versions_of("suggestions", cases=mark, seed=asked.seed, settings=settings)
        workers = asked.workers or min(usable_cores(), len(cases))
        watching.stage(f"ingest {asked.suite.corpus}")
        with ingested(settings, find(asked.suite.corpus), workers) as desk:
            versions = bound(versions, desk)
            watching.begin(len(cases), 0)
            jobs = [(case, asked.kinds, asked.seed) for case in cases]
            tried = _in_order(_done(desk, workers, settings, jobs, watching), cases)
    return Robustness(
        suite=asked.name,
        started_at=now,
        seconds=round(time.perf_counter() - began, 2),
        seed=asked.seed,
        versions=versions,
        cases=tuple(tried),
        flips=flips(tried, asked.kinds),
        fairness=fairness(tried, asked.kinds),
        notes=tuple(_notes(asked, tried, versions)),
    )


def kinds_of(given: Sequence[str]) -> tuple[str, ...]:
    """The perturbations named, by name or family, commas allowed; all where none is.

    Raises `BadInput` naming the nearest.
    """
    families = {one.family for one in PERTURBATIONS.values()}
    names = [name.strip() for part in given for name in part.split(",") if name.strip()]
    for name in names:
        if name not in PERTURBATIONS and name not in families:
            known = (*PERTURBATIONS, *sorted(families))
            cure = suggestion(name, known)
            raise BadInput(f"there is no perturbation {name!r}", where="--kinds", cure=cure)
    return tuple(
        name
        for name, one in PERTURBATIONS.items()
        if not names or name in names or one.family in names
    )


def sampled(cases: Sequence[EvalCase], sample: int | None, seed: int) -> tuple[EvalCase, ...]:
    """So many cases drawn by the seed, in their order; all where there are no more."""
    if sample is None or sample >= len(cases):
        return tuple(cases)
    drawn = np.random.default_rng([seed]).choice(len(cases), size=sample, replace=False)
    return tuple(cases[number] for number in sorted(int(one) for one in drawn))


Job = tuple[EvalCase, tuple[str, ...], int]


def _done(
    desk: Desk, workers: int, settings: Settings, jobs: Sequence[Job], watching: Watching
) -> Iterator[CaseTried]:
    """Cases as they finish, by this process or by several."""
    if workers > 1:
        found: Iterator[CaseTried] = done_by(workers, settings, case_tried, jobs)
    else:
        desk.warm()
        found = (case_tried(desk, *job) for job in jobs)
    for one in found:
        watching.finished(one.case_id)
        yield one


def _in_order(found: Iterator[CaseTried], cases: Sequence[EvalCase]) -> list[CaseTried]:
    tried = {one.case_id: one for one in found}
    return [tried[case.id] for case in cases]


def _notes(asked: Robust, tried: Sequence[CaseTried], versions: EvalVersions) -> Iterator[str]:
    if failed := [one.case_id for one in tried if one.error]:
        yield f"{len(failed)} cases cannot be suggested for as they were written: {failed[0]}"
    if "reworded" in asked.kinds and not versions.models:
        yield "no model is set, so nothing was reworded by one (ASSIST_LLM__BASE_URL)"
    if "repeat" in asked.kinds and any(
        one.flipped for case in tried for one in case.tried if one.perturbation == "repeat"
    ):
        yield "some cases flip by themselves: subtract that from the others"
