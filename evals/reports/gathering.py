"""What a report is made of: a run, its cases as they were asked, an older run, the runs before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import JsonValue, ValidationError

from assist.domain.eval_runs import AskedCase, EvalOutline, EvalTrial
from assist.domain.evaluation import EvalRun
from assist.errors import BadInput
from assist.insights.eval_figures.pairing import Compared, compared, require_comparable
from assist.service.eval_outlines import outline_of
from assist.web.pages.evals_view import RunView
from evals.running.files import text_of
from evals.running.folder import CASES
from evals.running.reading import RUN

CURE = "give a folder of runs, as `assist-evals run --out` writes them"
TOLD = ("id", "ticket", "expect")
"""What a report tells of a case as the run read it, beside its note or title."""


@dataclass(frozen=True)
class Gathered:
    """One run and what is beside it."""

    run: EvalRun
    asked: Mapping[str, AskedCase] = field(default_factory=dict)
    against: EvalRun | None = None
    earlier: tuple[EvalRun, ...] = ()

    @cached_property
    def trials(self) -> tuple[EvalTrial, ...]:
        """Every result with its case."""
        return tuple(
            EvalTrial(outline=outline_of(one, case), asked=case, result=one)
            for one in self.run.results
            for case in (self.asked.get(one.case_id),)
        )

    @cached_property
    def view(self) -> RunView:
        """What a page shows of it. Raises `BadInput` where the two runs cannot be compared."""
        outlines = tuple(trial.outline for trial in self.trials)
        return RunView(
            self.run,
            outlines,
            earlier=self.earlier,
            against=self.against,
            compared=self._compared(outlines),
        )

    def _compared(self, outlines: tuple[EvalOutline, ...]) -> Compared | None:
        if self.against is None:
            return None
        require_comparable(self.run, self.against)
        return compared(outlines, [outline_of(one) for one in self.against.results])


def asked_beside(folder: Path) -> dict[str, AskedCase]:
    """The cases that a run's folder holds, by id; none where they are not kept."""
    file = folder / CASES
    if not file.exists():
        return {}
    return asked_of(file, json.loads(text_of(file, CURE)))


def asked_of(file: Path, listed: list[dict[str, JsonValue]]) -> dict[str, AskedCase]:
    """The cases by id. Raises `BadInput` where one cannot be read."""
    found = {}
    for case in listed:
        told = {name: case[name] for name in TOLD if name in case}
        told["note"] = case.get("note") or case.get("title") or ""
        try:
            one = AskedCase.model_validate(told)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            problem = f"{case.get('id')}: {'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise BadInput(problem, where=str(file), cure=CURE) from error
        found[one.id] = one
    return found


def earlier_in(folder: Path, run: EvalRun) -> tuple[EvalRun, ...]:
    """The runs of this suite that a folder holds, in files or in folders of their own, before it.

    Their results are not kept: of many runs they would fill the memory. Raises `BadInput`.
    """
    if not folder.is_dir():
        raise BadInput("is no folder", where=str(folder), cure=CURE)
    files = sorted({*folder.glob("*.json"), *folder.glob(f"*/{RUN}")})
    found = {one.id: one for file in files if (one := _head(file)) is not None}
    same = (one for one in found.values() if (one.suite, one.kind) == (run.suite, run.kind))
    return tuple(one for one in same if one.started_at < run.started_at and one.id != run.id)


def _head(file: Path) -> EvalRun | None:
    """A run without its results; none where the file holds something else."""
    try:
        told = json.loads(text_of(file, CURE))
    except ValueError as error:
        raise BadInput(f"is no JSON: {error}", where=str(file), cure=CURE) from error
    if not isinstance(told, dict) or not {"suite", "versions", "summaries"} <= told.keys():
        return None
    try:
        return EvalRun.model_validate_json(json.dumps(told | {"results": [], "slices": []}))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise BadInput(problem, where=str(file), cure=CURE) from error
