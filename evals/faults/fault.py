"""What a planted fault is: what goes wrong, on which cases it can show, who must see it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from assist.domain.evaluation import EvalResult
from assist.domain.suggestion import Suggestion
from evals.cases import EvalCase
from evals.running.summing import FULL

Plant = Callable[[], AbstractContextManager[None]]
"""Within the block the product has the fault."""
Shows = Callable[[EvalCase, EvalResult], bool]
"""Whether it may show on a case, by what is expected and what the sound product makes of it."""
Hurts = Callable[[EvalCase, Suggestion, Suggestion], bool]
"""Whether it has shown: the sound suggestion and the faulty one."""


def differs(sound: Suggestion, faulty: Suggestion) -> bool:
    """Whether anything but the time it took is another."""
    return _told(sound) != _told(faulty)


def _told(made: Suggestion) -> Suggestion:
    trace = tuple(step.model_copy(update={"ms": 0.0}) for step in made.trace)
    return made.model_copy(update={"trace": trace})


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. One of the scorers `meant` has to catch it; `where` names what is hurt."""

    name: str
    about: str
    where: str
    meant: tuple[str, ...]
    plant: Plant
    shows: Shows
    hurts: Hurts = lambda _, sound, faulty: differs(sound, faulty)

    def on(self, case: EvalCase, sound: EvalResult) -> bool:
        """Whether it may show: a scorer that is meant to see it must have something to lose."""
        if sound.suggestion is None:
            return False
        can_fall = any(_standing(sound, name) for name in self.meant)
        return can_fall and self.shows(case, sound)


COUNTS_FROM_NOTHING = frozenset({"cost", "citations", "grounding", "promises", "needless"})
"""Scorers that a case may become eligible for by the fault itself: a cost where there was none."""


def _standing(sound: EvalResult, name: str) -> bool:
    score = sound.scores.get(name)
    if score is None or score.value is None:
        return name in COUNTS_FROM_NOTHING
    return score.value >= FULL


def anywhere(_: EvalCase, __: EvalResult) -> bool:
    """It may show on every case."""
    return True


def answered(_: EvalCase, sound: EvalResult) -> bool:
    """Where the reply states facts."""
    made = sound.suggestion
    return made is not None and any(s.kind == "fact" for s in made.draft.sentences)


def promised(_: EvalCase, sound: EvalResult) -> bool:
    """Where the reply promises something."""
    return sound.suggestion is not None and bool(sound.suggestion.promises)
