"""The drawing in the architecture page is the graph that runs."""

import re
from itertools import pairwise
from pathlib import Path

from assist.graph.build import SUGGEST_STEPS, build_suggest_graph

PAGE = Path(__file__).parent.parent.parent / "docs/architecture.md"


def drawn_steps() -> list[str]:
    """The steps along the arrows: to the right in the first line, back to the left in the last."""
    page = PAGE.read_text(encoding="utf-8")
    drawing = next(d for d in re.findall(r"```\n(.*?)```", page, re.DOTALL) if "suggestion" in d)
    there = [line for line in drawing.splitlines() if "─▶" in line]
    back = [line for line in drawing.splitlines() if "◀─" in line]
    names = [name for line in there for name in line.split("─▶")]
    names += [name for line in back for name in reversed(line.split("◀─"))]
    return re.findall(r"\w+", " ".join(names))


def test_the_page_draws_the_steps_in_the_order_in_which_they_run() -> None:
    steps = [step.__name__ for step in SUGGEST_STEPS]

    assert drawn_steps() == ["ticket", *steps, "suggestion"]


def test_the_graph_is_the_line_that_is_drawn() -> None:
    graph = build_suggest_graph().get_graph()
    line = ["__start__", *(step.__name__ for step in SUGGEST_STEPS), "__end__"]

    assert {(edge.source, edge.target) for edge in graph.edges} == set(pairwise(line))
    assert not any(edge.conditional for edge in graph.edges)
