"""The product with something around its steps: what comes in or goes out can be changed there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assist.graph import build
from assist.graph.build import Step

Around = Callable[[str, Step], Step]
"""A step's name and the step -> what runs in its place, under the same name."""


@contextmanager
def stepping(around: Around) -> Iterator[None]:
    """Suggestions that begin within the block go through these steps.

    The graph is the product's own, built anew: each step still leaves its trace.
    """
    before = build.SUGGEST_STEPS
    steps = []
    for step in before:
        name = getattr(step, "__name__", "")
        wrapped = around(name, step)
        wrapped.__name__ = name
        steps.append(wrapped)
    build.SUGGEST_STEPS = tuple(steps)
    build.build_suggest_graph.cache_clear()
    try:
        yield
    finally:
        build.SUGGEST_STEPS = before
        build.build_suggest_graph.cache_clear()
