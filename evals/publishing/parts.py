"""A run -> parts that a request can hold: each with the run's head, and some slices and results."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from assist.domain.base import Model
from assist.domain.eval_runs import AskedCase, EvalPart
from assist.domain.evaluation import EvalRun, EvalSlice

CHARACTERS = 600_000
ITEMS = 14_000
"""Of JSON in one part. A request may hold a million bytes and 20 000 items; the head has its share,
and letters beyond ASCII are several bytes."""
_M = TypeVar("_M", bound=Model)
_ITEM = re.compile(r"[\[{,]")
"""Commas within texts are counted too: a part is then a little smaller than it could be."""


def parts_of(run: EvalRun, asked: Mapping[str, AskedCase]) -> Iterator[EvalPart]:
    """The parts, in an order in which any of them can be sent again."""
    head = run.model_copy(update={"results": (), "slices": ()})
    slices = [lean for one in run.slices if (lean := _lean(one)).summaries]
    total = len(run.results)
    for some in _filled(slices):
        yield EvalPart(run=head.model_copy(update={"slices": tuple(some)}), total=total)
    if not slices and not run.results:
        yield EvalPart(run=head, total=total)
    for results in _filled(run.results):
        told = {one.case_id: asked[one.case_id] for one in results if one.case_id in asked}
        part = head.model_copy(update={"results": tuple(results)})
        yield EvalPart(run=part, asked=tuple(told.values()), total=total)


def _lean(one: EvalSlice) -> EvalSlice:
    """The slice without scorers that none of its cases is eligible for."""
    told = tuple(s for s in one.summaries if s.n or s.threshold is not None)
    return one.model_copy(update={"summaries": told})


def _filled(values: Sequence[_M]) -> Iterator[list[_M]]:
    some: list[_M] = []
    characters = items = 0
    for one in values:
        text = one.model_dump_json(exclude_defaults=True)
        more = len(_ITEM.findall(text))
        if some and (characters + len(text) > CHARACTERS or items + more > ITEMS):
            yield some
            some, characters, items = [], 0, 0
        some.append(one)
        characters, items = characters + len(text), items + more
    if some:
        yield some
