"""The steps joined into a graph. The only file that imports langgraph."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from functools import lru_cache
from typing import Any, cast

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from assist.domain.case import Case
from assist.domain.suggestion import Trace
from assist.graph.llm.model import ModelUse, SentenceWritten
from assist.graph.state import Update
from assist.graph.steps.communicate import communicate
from assist.graph.steps.constrain import constrain
from assist.graph.steps.decide import decide
from assist.graph.steps.escalate import escalate
from assist.graph.steps.evaluate import evaluate
from assist.graph.steps.follow_up import follow_up
from assist.graph.steps.gather import gather
from assist.graph.steps.identify import identify
from assist.graph.steps.implement import implement
from assist.graph.steps.prioritize import prioritize
from assist.graph.steps.propose import propose
from assist.graph.tools import Tools

Step = Callable[[Case, Tools], Awaitable[Update]]
SuggestGraph = CompiledStateGraph[Case, Tools, Case, Case]

SUGGEST_STEPS: tuple[Step, ...] = (
    identify,
    gather,
    prioritize,
    constrain,
    propose,
    evaluate,
    decide,
    escalate,
    communicate,
    implement,
    follow_up,
)
"""The order in which a suggestion comes about. `gather` runs before `prioritize` because tier,
region and earlier tickets, which priority depends on, are on record."""


@lru_cache(maxsize=1)
def build_suggest_graph() -> SuggestGraph:
    """The graph of one suggestion: from a ticket to a draft, without a human. Built once."""
    graph = StateGraph(Case, context_schema=Tools)
    previous = START
    for step in SUGGEST_STEPS:
        name = getattr(step, "__name__", "")
        graph.add_node(name, _traced(name, step))
        graph.add_edge(previous, name)
        previous = name
    graph.add_edge(previous, END)
    return graph.compile(checkpointer=False)  # within a case's graph too it keeps nothing


async def run_suggest(
    graph: SuggestGraph, case: Case, tools: Tools
) -> AsyncGenerator[Case | SentenceWritten, None]:
    """The case after each suggest step, as it finishes; the last one has all there is to know.

    In between, each sentence that a model has written, once it is checked.
    """
    updates = graph.astream(case, context=tools, stream_mode=["updates", "custom"])
    # langgraph declares an iterator; it is a generator, and one that is left must be closed.
    async with aclosing(cast("AsyncGenerator[tuple[str, Any], None]", updates)) as steps:
        async for kind, found in steps:
            if kind == "custom":
                yield found
                continue
            for update in found.values():
                case = case.model_copy(update=update)
                yield case


def _traced(name: str, step: Step) -> Callable[..., Awaitable[dict[str, Any]]]:
    """The step as a node: what it found out, and a trace of it."""

    async def node(state: Case, runtime: Runtime[Tools]) -> dict[str, Any]:
        started = time.perf_counter()
        model = runtime.context.model
        if model is not None:
            model.tell = runtime.stream_writer
        found: dict[str, Any] = dict(await step(state, runtime.context))
        note = str(found.pop("said", ""))
        ms = round((time.perf_counter() - started) * 1000, 2)
        trace = Trace(step=name, ms=ms, note=note, **(_used(model.taken()) if model else {}))
        return {**found, "trace": (*state.trace, trace)}

    node.__name__ = name
    return node


def _used(uses: Sequence[ModelUse]) -> dict[str, Any]:
    """What a step asked of the model, for its trace."""
    if not uses:
        return {}
    costs = [use.usage.cost for use in uses if use.usage.cost is not None]
    return {
        "model": uses[-1].model,
        "prompt": uses[-1].prompt,
        "tokens": sum(use.usage.prompt_tokens + use.usage.reply_tokens for use in uses),
        "cost": sum(costs) if costs else None,
    }
