"""A durable case as a graph: suggest, wait for the agent, wait for the outcome, and again.

A node that waits runs from its start when its event comes, and does nothing before it; what it
comes to is told by the event alone, so that an event told twice changes nothing. Between two
events the state lies in a checkpoint, as plain JSON with a version.
"""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Literal, cast

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command, interrupt

from assist.domain.case import Case
from assist.domain.case_event import CaseEvent, CaseStatus
from assist.domain.casework import Casework
from assist.graph.build import SuggestGraph, run_suggest
from assist.graph.casework.applied import applied
from assist.graph.casework.state import Kept, packed, unpacked
from assist.graph.llm.model import SentenceWritten
from assist.graph.tools import Tools

Hear = Callable[[Case | SentenceWritten], None]


def _nobody(_: Case | SentenceWritten) -> None:
    """Hears nothing."""


@dataclass(frozen=True, slots=True)
class CaseTools:
    """What one event is worked on with: a suggestion's graph and tools, and notes on them.

    `hear` is told the case after each step of a suggestion, and what a model has written.
    """

    suggest: SuggestGraph
    tools: Tools
    generation: str
    notes: tuple[str, ...] = ()
    hear: Hear = _nobody


Node = Literal["suggest", "decision", "outcome", "__end__"]
CaseGraph = CompiledStateGraph[Kept, CaseTools, Kept, Kept]
NEXT: dict[CaseStatus, Node] = {
    "suggesting": "suggest",
    "deciding": "decision",
    "waiting": "outcome",
    "solved": "__end__",
    "unanswered": "__end__",
    "cancelled": "__end__",
}
"""Where a case goes on, by its status."""


def build_case_graph(saver: BaseCheckpointSaver[Any] | None) -> CaseGraph:
    """The graph of cases, whose states are kept by `saver`."""
    graph = StateGraph(Kept, context_schema=CaseTools)
    graph.add_node("suggest", _suggest)
    graph.add_node("decision", _waiting_for("decision"))
    graph.add_node("outcome", _waiting_for("outcome"))
    for name in (START, "suggest", "decision", "outcome"):
        graph.add_conditional_edges(name, _next, {one: one for one in set(NEXT.values())})
    return graph.compile(checkpointer=saver)


async def current(graph: CaseGraph, thread: str) -> Case | None:
    """The case as it was kept last; none where nothing was. `StoreUnavailable` by a newer one."""
    kept = await graph.aget_state(_config(thread))
    return unpacked(kept.values) if kept.values else None


async def advance(
    graph: CaseGraph, thread: str, case: Case, event: CaseEvent, tools: CaseTools
) -> Case:
    """The case after one more event, kept.

    `case` is as it was kept last. A case that does not wait starts from it anew, at the node its
    status names: one that has ended or never began, one whose suggestion broke off, and one whose
    process died when its state was kept and not yet that it waits.
    """
    waits = (await graph.aget_state(_config(thread))).interrupts
    told: Any
    if waits:
        told = Command(resume=event.model_dump(mode="json"))
    else:
        told = packed(applied(case, event, tools.tools.policy_set))
    result = await graph.ainvoke(
        told, _config(thread), context=tools, durability="exit", stream_mode="values"
    )
    return unpacked(result)


async def _suggest(state: Kept, runtime: Runtime[CaseTools]) -> Kept:
    """The suggestion for the ticket as it is, by the graph of suggestions."""
    context = runtime.context
    case = unpacked(state)
    start = Case(
        ticket=case.ticket, now=case.now, level=case.level, notes=context.notes, work=case.work
    )
    found = start
    async with aclosing(run_suggest(context.suggest, start, context.tools)) as told:
        async for one in told:
            context.hear(one)
            found = one if isinstance(one, Case) else found
    judged = {"generation": context.generation, "policy_version": context.tools.policy_set.version}
    work = cast("Casework", found.work).model_copy(update={"status": "deciding", **judged})
    return packed(found.model_copy(update={"work": work}))


def _waiting_for(name: str) -> Callable[..., Any]:
    async def node(state: Kept, runtime: Runtime[CaseTools]) -> Kept:
        event = CaseEvent.model_validate(interrupt({"waits_for": name}))
        return packed(applied(unpacked(state), event, runtime.context.tools.policy_set))

    node.__name__ = name
    return node


def _next(state: Kept) -> Node:
    case = unpacked(state)
    return NEXT[case.work.status] if case.work else "__end__"


def _config(thread: str) -> Any:
    return {"configurable": {"thread_id": thread}}
