"""Ranked documents, and which are relevant -> each query's metrics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG
from numpy.typing import NDArray

from assist.errors import BadInput

METRICS = {
    "recall@1": R @ 1,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "nDCG@10": nDCG @ 10,
    "MRR@10": RR @ 10,
}
"""Our names for what `ir_measures` computes, in the order of every table."""

DEEPEST = 10
"""A ranking of fewer documents than the deepest metric looks at is measured too low."""

Judgments = Mapping[str, Mapping[str, int]]
"""Query id -> document id -> grade; above 0 is relevant."""
Ranking = Mapping[str, Sequence[str]]
"""Query id -> document ids, best first."""
Values = NDArray[np.float64]
"""Of shape (queries, metrics), in the order of `METRICS`."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The metrics of each query that has a relevant document: row i is of `queries[i]`."""

    queries: tuple[str, ...]
    values: Values

    def by_query(self) -> dict[str, dict[str, float]]:
        """The same by query id and metric."""
        return {
            query: {name: round(float(value), 6) for name, value in zip(METRICS, row, strict=True)}
            for query, row in zip(self.queries, self.values, strict=True)
        }


def score(ranking: Ranking, judgments: Judgments) -> Scores:
    """Score every query with a relevant document; one that the ranking lacks scores 0.

    Raises `BadInput` where no query has a relevant document.
    """
    wanted = {query: dict(graded) for query, graded in judgments.items() if _relevant(graded)}
    if not wanted:
        raise BadInput(
            "no query has a relevant document", cure="give judgments with scores above 0"
        )
    # The measures sort by score and break ties by id: a rank's reciprocal keeps our order.
    run = {
        query: {document: 1 / rank for rank, document in enumerate(ranking[query], start=1)}
        for query in wanted
        if query in ranking
    }
    row = {query: number for number, query in enumerate(wanted)}
    column = {str(measure): number for number, measure in enumerate(METRICS.values())}
    values = np.zeros((len(row), len(column)))
    for found in ir_measures.iter_calc(list(METRICS.values()), wanted, run):
        values[row[found.query_id], column[str(found.measure)]] = found.value
    return Scores(queries=tuple(wanted), values=values)


def without_relevant(judgments: Judgments) -> tuple[str, ...]:
    """The queries that no document is relevant to."""
    return tuple(query for query, graded in judgments.items() if not _relevant(graded))


def of_kind(judgments: Judgments, kinds: Mapping[str, str], kind: str) -> dict[str, dict[str, int]]:
    """The judgments of documents of one kind; a query that has none of it is left out."""
    kept = {
        query: {
            document: grade for document, grade in graded.items() if kinds.get(document) == kind
        }
        for query, graded in judgments.items()
    }
    return {query: graded for query, graded in kept.items() if _relevant(graded)}


def _relevant(graded: Mapping[str, int]) -> bool:
    return any(grade > 0 for grade in graded.values())
