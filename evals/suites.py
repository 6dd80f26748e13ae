"""Suites: which cases run over which corpus, and how good is good enough. Read from YAML."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from assist.domain.base import Model, Unit
from assist.errors import BadInput, BadKnowledgeBase
from assist.policies.located import load_page, suggestion
from evals.decisions.scoring import DECISION_SCORERS
from evals.ragas_run.names import JUDGED, METRICS
from evals.scorers import SCORERS

ROOT = Path(__file__).resolve().parent.parent
"""The repository; where the package is installed, the folder it is installed in."""
SUITES = Path(__file__).with_name("suites.yaml")


SuiteKind = Literal["suggestions", "decisions"]
"""What is measured: whole suggestions for tickets, or decisions of the policies alone."""

SCORERS_OF: dict[SuiteKind, tuple[str, ...]] = {
    "suggestions": tuple(SCORERS),
    "decisions": tuple(DECISION_SCORERS),
}
"""The names of what scores a suite of each kind."""
PASSES: dict[SuiteKind, tuple[str, ...]] = {
    "suggestions": ("outcome", "unsafe", "authority", "integrity"),
    "decisions": ("verdict",),
}
"""What a trial must have full marks in to pass, where the suite does not say."""
NEVER_GATES = ("latency", "cost")
"""What tells the machine and the price list rather than the change: a fall there shuts no gate."""


def _listed(value: object) -> object:
    """One folder stands for a list of one."""
    return [value] if isinstance(value, str) else value


class Suite(Model):
    """One suite: `corpus` is a path, `cases` one folder or several.

    `thresholds` are the least mean score by scorer, `slices` the same for the cases that bear a
    tag. A trial passes where every scorer of `passes` that the case is eligible for gives full
    marks; `never_gates` names scorers whose fall against a baseline is told and shuts no gate.
    `ragas` are the least means by metric of ragas, which `assist-evals ragas` holds a run to; a
    metric that a judge decides is among them only where `judge_may_gate` says so.
    """

    kind: SuiteKind = "suggestions"
    corpus: str
    cases: Annotated[tuple[str, ...], BeforeValidator(_listed)]
    thresholds: dict[str, Unit] = Field(default_factory=dict)
    slices: dict[str, dict[str, Unit]] = Field(default_factory=dict)
    passes: tuple[str, ...] | None = None
    never_gates: tuple[str, ...] = NEVER_GATES
    ragas: dict[str, Unit] = Field(default_factory=dict)
    judge_may_gate: bool = False

    @field_validator("cases")
    @classmethod
    def _some_cases(cls, cases: tuple[str, ...]) -> tuple[str, ...]:
        if not cases:
            raise ValueError("name at least one folder")
        return cases

    @model_validator(mode="after")
    def _scorers_exist(self) -> Self:
        known = SCORERS_OF[self.kind]
        sliced = (name for least in self.slices.values() for name in least)
        for name in (*self.thresholds, *sliced, *(self.passes or ())):
            if name in METRICS:
                raise ValueError(f"the threshold of {name!r} stands under ragas")
            if name not in known:
                raise ValueError(f"there is no scorer {name!r}; known are {', '.join(known)}")
        return self

    @model_validator(mode="after")
    def _ragas_gates_where_it_may(self) -> Self:
        for name in self.ragas:
            if name not in METRICS:
                raise ValueError(f"ragas has no metric {name!r}; known are {', '.join(METRICS)}")
            if name in JUDGED and not self.judge_may_gate:
                raise ValueError(f"a judge decides {name!r}, and judge_may_gate does not say true")
        return self

    @property
    def passing(self) -> tuple[str, ...]:
        """The scorers that a trial must have full marks in to pass."""
        return self.passes or tuple(n for n in PASSES[self.kind] if n in SCORERS_OF[self.kind])


class _Suites(Model):
    suites: dict[str, Suite]


def load_suite(name: str, file: Path = SUITES) -> Suite:
    """The suite of this name. Raises `BadInput` where the file is wrong or has no such suite."""
    try:
        text = file.read_text(encoding="utf-8")
        suites = load_page(str(file), text).read(_Suites).suites
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"cannot be read: {error}", where=str(file), cure="check --suites"
        ) from error
    except BadKnowledgeBase as error:
        raise BadInput(error.problem, where=error.where, cure=error.cure) from error
    if name not in suites:
        cure = suggestion(name, tuple(suites))
        raise BadInput(f"there is no suite {name!r}", where=str(file), cure=cure)
    return suites[name]


def find(path: str) -> Path:
    """A suite's path, from the current folder, else from the repository. Raises `BadInput`."""
    for root in (Path.cwd(), ROOT):
        if (root / path).exists():
            return root / path
    raise BadInput(
        "not found from the current folder, nor from the repository",
        where=path,
        cure="run in a checkout, or give a suite with other paths by --suites",
    )
