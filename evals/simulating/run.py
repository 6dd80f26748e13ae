"""Conversations and a rubric -> the simulation, and what changed since an older rubric."""

import asyncio
from collections.abc import Sequence

from assist.errors import BadInput
from evals.rubrics.grading import Judge, Scorecard, grade
from evals.rubrics.rubric import Rubric
from evals.simulating.comparing import compared
from evals.simulating.conversation import Conversation
from evals.simulating.results import Simulation
from evals.simulating.summary import summed


def simulate(
    rubric: Rubric,
    conversations: Sequence[Conversation],
    *,
    against: Rubric | None = None,
    judge: Judge | None = None,
    notes: Sequence[str] = (),
) -> Simulation:
    """The rubric over the conversations. Raises `BadInput` where there are none."""
    if not conversations:
        raise BadInput(
            "no suggestion is recorded",
            where="--last",
            cure="give the home or the service that agents work with",
        )
    found = summed(rubric, asyncio.run(_cards(rubric, conversations, judge)))
    found = found.model_copy(update={"notes": tuple(notes)})
    if against is None:
        return found
    before = asyncio.run(_cards(against, conversations, judge))
    return found.model_copy(update={"comparison": compared(against, before, found)})


async def _cards(
    rubric: Rubric, conversations: Sequence[Conversation], judge: Judge | None
) -> list[Scorecard]:
    """All at once where a model is asked: it says itself how many calls it takes."""
    return list(await asyncio.gather(*(grade(rubric, one, judge) for one in conversations)))
