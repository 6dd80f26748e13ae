"""What a scorer is: which expectations it reads, and how it judges a suggestion by them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assist.domain.eval_case import EvalCase, Expect, either
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds

UNSCORED = CaseScore(value=None, explanation="not stated")
"""Neither 0 nor a pass: it counts nowhere."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """One way to score. `states` says whether the case states what `judge` compares."""

    name: str
    states: Callable[[Expect], bool]
    judge: Callable[[EvalCase, Suggestion, Grounds], CaseScore]

    def score(self, case: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
        """The score, or `UNSCORED`."""
        if not self.states(case.expect):
            return UNSCORED
        return self.judge(case, suggestion, grounds)

    def failed(self, case: EvalCase, why: str) -> CaseScore:
        """The score where there is no suggestion: zero, if the case states anything."""
        if not self.states(case.expect):
            return UNSCORED
        return CaseScore(value=0.0, explanation=f"no suggestion: {why}")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things a scorer looks for; `otherwise` explains its absence."""

    met: bool
    otherwise: str


def share_met(parts: Sequence[Part]) -> CaseScore:
    """The share of parts that are met, and what is missing. At least one part is needed."""
    missing = [part.otherwise for part in parts if not part.met]
    return CaseScore(value=1 - len(missing) / len(parts), explanation="; ".join(missing))


def none_of(faults: Sequence[str]) -> CaseScore:
    """1 where there is no fault, else 0 with all of them: no matter of degree."""
    return CaseScore(value=0.0 if faults else 1.0, explanation="; ".join(faults))


def falling(amount: float, *, full: float, none: float) -> float:
    """1 up to `full`, 0 from `none` on, and in between what is left of the way."""
    return min(1.0, max(0.0, (none - amount) / (none - full)))


def not_eligible(why: str) -> CaseScore:
    """The score where there is nothing to look at."""
    return CaseScore(value=None, explanation=why)


def always(_: Expect) -> bool:
    """For what needs no expectation."""
    return True


def fold(text: str) -> str:
    """White space folded to single spaces."""
    return " ".join(text.split())


def holds(text: str, words: str) -> bool:
    """Whether the text holds the words, or one of `a|b`; case and spacing do not matter."""
    folded = fold(text).casefold()
    return any(form.casefold() in folded for form in either(words))
