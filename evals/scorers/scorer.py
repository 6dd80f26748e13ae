"""What a scorer is: which expectations it reads, and how it judges a suggestion by them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assist.domain.base import Model, Unit
from assist.domain.knowledge import Passage
from assist.domain.suggestion import Suggestion
from evals.cases import EvalCase, Expect


class Score(Model):
    """How far one expectation is met: 0..1, or none where the case does not state it.

    `explanation` says what is missing; empty when everything is there.
    """

    value: Unit | None
    explanation: str = ""


UNSCORED = Score(value=None, explanation="not stated")
"""Neither 0 nor a pass: it counts nowhere."""

Passages = Callable[[str], Passage]
"""Passage id -> passage; raises `NotFound`."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """One way to score. `states` says whether the case states what `judge` compares."""

    name: str
    states: Callable[[Expect], bool]
    judge: Callable[[EvalCase, Suggestion, Passages], Score]

    def score(self, case: EvalCase, suggestion: Suggestion, passages: Passages) -> Score:
        """The score, or `UNSCORED`."""
        if not self.states(case.expect):
            return UNSCORED
        return self.judge(case, suggestion, passages)

    def failed(self, case: EvalCase, why: str) -> Score:
        """The score where there is no suggestion: zero, if the case states anything."""
        if not self.states(case.expect):
            return UNSCORED
        return Score(value=0.0, explanation=f"no suggestion: {why}")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things a scorer looks for; `otherwise` explains its absence."""

    met: bool
    otherwise: str


def share_met(parts: Sequence[Part]) -> Score:
    """The share of parts that are met, and what is missing. At least one part is needed."""
    missing = [part.otherwise for part in parts if not part.met]
    return Score(value=1 - len(missing) / len(parts), explanation="; ".join(missing))


def fold(text: str) -> str:
    """White space folded to single spaces."""
    return " ".join(text.split())
