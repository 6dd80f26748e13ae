"""Solved tickets and a desk -> what would be suggested for each, compared with what agents did.

Nothing is kept: no suggestion, no case. What was granted or answered after a ticket's time is not
seen. The knowledge base is the one that serves now, by the editions in force at the ticket's time.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from assist.domain.suggestion import Suggestion
from assist.errors import AssistError, BadInput, NotReady, Unavailable
from assist.service.desk import Desk
from assist.service.replay_inputs import as_of
from evals.history.results import Group, History, Replayed, StepSummary
from evals.history.solved import BadLine, Solved
from evals.history.steps import STEPS, Step, steps
from evals.retrieval.intervals import estimates, resampled_means
from evals.retrieval.results import Estimate

SATISFIED = 4.0
"""A CSAT from which on a customer is satisfied, of 5."""
Progress = Callable[[str], None]
GROUPS: dict[str, Callable[[Replayed], bool]] = {
    "all": lambda _: True,
    "solved": lambda one: one.solved is True,
    f"csat {SATISFIED:.0f} and more": lambda one: one.csat is not None and one.csat >= SATISFIED,
}
"""Agreement matters most with what proved good."""


def replay_history(
    desk: Desk, rows: Iterable[Solved | BadLine], source: str, progress: Progress
) -> History:
    """Every ticket suggested for and compared. Raises `BadInput` where no row can be."""
    began = time.perf_counter()
    read = list(rows)
    todo = [row for row in read if isinstance(row, Solved)]
    bad = [row for row in read if isinstance(row, BadLine)]
    replayed: list[Replayed] = []
    for number, row in enumerate(todo, start=1):
        progress(f"ticket {number} of {len(todo)}: {row.ticket.id}")
        found = _replayed(desk, row)
        (replayed if isinstance(found, Replayed) else bad).append(found)  # type: ignore[arg-type]
    if not replayed:
        first = f"; the first: {bad[0].told(source)}" if bad else ""
        raise BadInput(
            f"no line can be replayed, of {len(read)}{first}",
            where=source,
            cure='{"ticket": {…}, "category": …, "actions": […], "reply": …, "escalated": …}',
        )
    opened = desk.opened()
    return History(
        source=source,
        generation=opened.library.generation.id,
        policy_version=opened.policy_set.version,
        seconds=round(time.perf_counter() - began, 2),
        groups=tuple(_groups(replayed)),
        replayed=tuple(replayed),
        bad=tuple(sorted(bad, key=lambda one: one.line)),
    )


def _replayed(desk: Desk, row: Solved) -> Replayed | BadLine:
    try:
        suggestion = suggested(desk, row)
    except (Unavailable, NotReady):  # it is not the ticket's fault
        raise
    except AssistError as error:
        where = error.where or ""
        cure = error.cure or ""
        return BadLine(
            line=row.line, field=where, problem=error.problem, cure=cure, where="suggesting"
        )
    return Replayed(
        line=row.line,
        ticket_id=row.ticket.id,
        at=row.at.isoformat(),
        solved=row.did.solved,
        csat=row.did.csat,
        suggestion_id=suggestion.id,
        steps=steps(row.did, suggestion, desk.parts.embedder.embed),
    )


def suggested(desk: Desk, row: Solved) -> Suggestion:
    """What would be suggested for the ticket at its time; it is not kept."""
    run = desk.begin(row.ticket, at=row.at, level=row.level)
    run = replace(run, tools=as_of(run.tools, row.at))
    return run.suggestion(asyncio.run(run.last()))


def _groups(replayed: Sequence[Replayed]) -> Iterator[Group]:
    for name, belongs in GROUPS.items():
        own = [one for one in replayed if belongs(one)]
        if own:
            summaries = tuple(_summary(step, own) for step in STEPS)
            yield Group(name=name, tickets=len(own), steps=summaries)


def _summary(step: str, rows: Sequence[Replayed]) -> StepSummary:
    found = [s for row in rows for s in row.steps if s.step == step]
    return StepSummary(
        step=step,
        n=len(found),
        agreement=_mean(found, lambda one: float(one.agrees)),
        value=_mean(found, lambda one: one.value),
    )


def _mean(found: Sequence[Step], value: Callable[[Step], float]) -> Estimate | None:
    """The mean with its 95 % interval, by resampling the tickets."""
    if not found:
        return None
    column = np.array([value(one) for one in found], dtype=np.float64)[:, None]
    return estimates(column.mean(axis=0), resampled_means(column), len(found))[0]
