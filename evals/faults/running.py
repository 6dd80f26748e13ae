"""Faults in running: too slow, too dear."""

import asyncio
from functools import wraps

from assist.domain.case import Case
from assist.domain.suggestion import Suggestion, Trace
from assist.graph.build import Step
from assist.graph.state import Update
from assist.graph.tools import Tools
from evals.cases import EvalCase
from evals.faults.fault import Fault, anywhere
from evals.faults.planting import returns
from evals.stepping import stepping

SECONDS = 3.5
"""Longer than any reply may take."""


def _slow(name: str, sound: Step) -> Step:
    @wraps(sound)
    async def faulty(case: Case, tools: Tools) -> Update:
        if name == "evaluate":
            await asyncio.sleep(SECONDS)
        return await sound(case, tools)

    return faulty


def _took_so_long(_: EvalCase, __: Suggestion, made: Suggestion) -> bool:
    return sum(step.ms for step in made.trace) > SECONDS * 1000


def _dear(found: Trace, *_: object) -> Trace:
    return found.model_copy(update={"model": "dear", "tokens": 100_000, "cost": 1.0})


FAULTS = (
    Fault(
        "slow-step", "a step takes longer than the whole may", "graph.steps.evaluate",
        ("latency",), lambda: stepping(_slow), anywhere, _took_so_long,
    ),
    Fault(
        "dear-model", "a model is paid for at every step", "graph.build", ("cost",),
        returns("assist.graph.build:Trace", _dear), anywhere,
    ),
)  # fmt: skip
