"""Candidates judged in another order: which of them comes first must not make it the best.

The answers among them keep their own order: it is the ranking of search, and says something.
"""

from collections.abc import Sequence
from functools import wraps

from assist.domain.case import Case
from assist.domain.solution import Candidate
from assist.graph.build import Step
from assist.graph.called_for import informs
from assist.graph.state import Update
from assist.graph.tools import Tools
from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Inputs, Perturbation, Setting, Variant

STEP = "propose"


def _turned(case: EvalCase, _: Setting) -> Found:
    touched: list[str] = []

    def around(name: str, step: Step) -> Step:
        @wraps(step)
        async def turned(state: Case, tools: Tools) -> Update:
            found = await step(state, tools)
            if name == STEP and len(before := found.get("candidates", ())) > 1:
                touched.append(name)
                found["candidates"] = _otherwise(before)
            return found

        return turned

    yield Variant("turned", case, Inputs(touched, around=around))


def _otherwise(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """What is to be done, last first, and then the answers."""
    answers = [candidate for candidate in candidates if informs(candidate)]
    others = [candidate for candidate in candidates if not informs(candidate)]
    return (*reversed(others), *answers)


PERTURBATION = Perturbation("candidates", "order", "candidates judged in another order", _turned)
