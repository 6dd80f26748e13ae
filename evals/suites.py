"""Suites: which cases run over which corpus, and how good is good enough. Read from YAML."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from assist.domain.base import Model, Unit
from assist.errors import BadInput, BadKnowledgeBase
from assist.policies.located import load_page, suggestion
from evals.decisions.scoring import DECISION_SCORERS
from evals.scorers import SCORERS

ROOT = Path(__file__).resolve().parent.parent
"""The repository; where the package is installed, the folder it is installed in."""
SUITES = Path(__file__).with_name("suites.yaml")


SuiteKind = Literal["suggestions", "decisions"]
"""What is measured: whole suggestions for tickets, or decisions of the policies alone."""

_SCORERS: dict[SuiteKind, tuple[str, ...]] = {
    "suggestions": tuple(SCORERS),
    "decisions": tuple(DECISION_SCORERS),
}


class Suite(Model):
    """One suite: `corpus` and `cases` are paths, `thresholds` the least mean score by scorer."""

    kind: SuiteKind = "suggestions"
    corpus: str
    cases: str
    thresholds: dict[str, Unit] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _scorers_exist(self) -> "Suite":
        known = _SCORERS[self.kind]
        for name in self.thresholds:
            if name not in known:
                raise ValueError(f"there is no scorer {name!r}; known are {', '.join(known)}")
        return self


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
