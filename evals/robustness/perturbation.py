"""What a perturbation is: a case -> the same case told otherwise, or why it cannot be."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

from assist.domain.policy import PolicySet
from assist.graph.tools import Tools
from evals.cases import EvalCase
from evals.stepping import Around

Family = Literal["control", "wording", "form", "order", "noise", "fairness"]
ENGLISH = "en"


class Skip(NamedTuple):
    """Nothing is tried, because the meaning would change or there is nothing to change."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the graph is handed in another order. `touched` tells afterwards whether it was."""

    touched: list[str]
    tools: Callable[[Tools], Tools] | None = None
    around: Around | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """The case told otherwise; `inputs` where it is not the ticket that is changed."""

    name: str
    case: EvalCase
    inputs: Inputs | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a perturbation may look at beside the case.

    `language` is the ticket's; `known(word)` tells whether knowledge base or tickets hold the
    word; `rules` are the company's; `reword(text)` is a model's paraphrase, where one is set.
    """

    seed: int
    language: str
    rules: PolicySet
    known: Callable[[str], bool]
    reword: Callable[[str], str] | None = None

    @property
    def english(self) -> bool:
        """Whether rules about English words may be used."""
        return self.language == ENGLISH

    def drawing(self, *names: str) -> np.random.Generator:
        """Chance that is the same for the same names, whatever else is drawn and by whom."""
        told = "/".join((str(self.seed), *names))
        return np.random.default_rng(list(hashlib.sha256(told.encode()).digest()[:16]))


Found = Iterator[Variant | Skip]


@dataclass(frozen=True, slots=True)
class Perturbation:
    """One way to tell a case otherwise. `about` says how, in words for the report.

    Of fairness, `references` names the variant that another is compared with; what it does not
    name is compared with the case as it was written.
    """

    name: str
    family: Family
    about: str
    apply: Callable[[EvalCase, Setting], Found]
    references: Mapping[str, str] = field(default_factory=dict)
