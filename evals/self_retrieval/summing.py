"""Ranks -> recall and reciprocal rank with intervals, and articles that take each other's place."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from evals.self_retrieval.results import (
    FOUND,
    METRICS,
    QUERY_KINDS,
    Article,
    Found,
    Group,
    Pair,
    Query,
)
from evals.statistics.intervals import intervals

EXAMPLES = 2


def measures(articles: Sequence[Article]) -> tuple[Found, ...]:
    """Every group by every kind of query, first over all kinds."""
    return tuple(row for group in get_args(Group) for row in _of_group(group, articles))


def _of_group(group: Group, articles: Sequence[Article]) -> Iterator[Found]:
    own = [one for one in articles if one.group == group]
    for kind in ("all", *QUERY_KINDS):
        asked = [
            found for one in own if (found := [q for q in one.queries if kind in ("all", q.kind)])
        ]
        if not asked:
            continue
        table = np.array([np.mean([_values(q) for q in found], axis=0) for found in asked])
        told = {
            "group": group,
            "kind": kind,
            "articles": len(asked),
            "queries": sum(map(len, asked)),
            "metrics": dict(zip(METRICS, intervals(table), strict=True)),
        }
        yield Found.model_validate(told)


def _values(query: Query) -> NDArray[np.float64]:
    """One article answers one query: recall is whether it is there, in the order of `METRICS`."""
    rank = query.rank or np.inf
    within = [float(rank <= depth) for depth in (1, 5, FOUND)]
    return np.array([*within, 1 / rank if rank <= FOUND else 0.0])


def pairs(articles: Sequence[Article]) -> tuple[Pair, ...]:
    """Two articles each of which comes first for a query of the other's, most taken first."""
    taken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in articles:
        for query in one.queries:
            if query.first is not None and query.first != one.id:
                taken[one.id, query.first].append(query.text)
    found = [
        Pair(
            a=a,
            b=b,
            a_taken=len(texts),
            b_taken=len(taken[b, a]),
            examples=(*texts[:EXAMPLES], *taken[b, a][:EXAMPLES]),
        )
        for (a, b), texts in list(taken.items())
        if a < b and (b, a) in taken
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.a_taken - pair.b_taken, pair.a)))
