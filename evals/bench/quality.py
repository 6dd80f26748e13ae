"""How well the one retrieval path ranks documents, and each of its two retrievers alone."""

import math
import statistics
from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import R, nDCG

from assist.domain.knowledge import Hit
from assist.service.desk import Desk
from evals.bench.results import Retrieval
from evals.bench.sets import EvalSet

DEPTH = 200
"""Passages asked for: both retrievers' best 100, so that each one's own ranking can be read off."""
CUTOFF = 10
RETRIEVERS = ("dense", "lexical", "fused")

Ranked = dict[str, float]
"""Document id -> a score that falls with the rank."""


def rank_documents(desk: Desk, one: EvalSet, queries: Mapping[str, str]) -> tuple[Retrieval, ...]:
    """Recall and nDCG at 10 of each retriever over these queries of the set."""
    runs: dict[str, dict[str, Ranked]] = {name: {} for name in RETRIEVERS}
    for query_id, text in queries.items():
        hits = desk.search(text, top_k=DEPTH, filters={})
        for name, ranked in rankings(hits).items():
            runs[name][query_id] = ranked
    relevant = {query_id: one.relevant[query_id] for query_id in queries}
    return tuple(_measured(one.name, name, runs[name], relevant) for name in RETRIEVERS)


def rankings(hits: Sequence[Hit]) -> dict[str, Ranked]:
    """The documents as each retriever ranks them, read from why each passage was found."""
    dense = sorted((h for h in hits if h.why.dense_rank), key=lambda h: h.why.dense_rank or 0)
    lexical = sorted((h for h in hits if h.why.lexical_rank), key=lambda h: h.why.lexical_rank or 0)
    return {"dense": _ranked(dense), "lexical": _ranked(lexical), "fused": _ranked(hits)}


def _ranked(hits: Sequence[Hit]) -> Ranked:
    """A document stands where its best passage stands."""
    documents = dict.fromkeys(hit.document_id for hit in hits)
    return {document: 1 / rank for rank, document in enumerate(documents, start=1)}


def _measured(
    corpus: str, retriever: str, run: dict[str, Ranked], relevant: dict[str, Mapping[str, int]]
) -> Retrieval:
    recall, ndcg = R @ CUTOFF, nDCG @ CUTOFF
    values: dict[str, list[float]] = {str(recall): [], str(ndcg): []}
    for metric in ir_measures.iter_calc([recall, ndcg], relevant, run):
        values[str(metric.measure)].append(metric.value)
    recalls, gains = values[str(recall)], values[str(ndcg)]
    return Retrieval(
        corpus=corpus,
        retriever=retriever,
        n=len(recalls),
        recall_at_10=round(statistics.fmean(recalls), 3),
        recall_pm=half_width(recalls),
        ndcg_at_10=round(statistics.fmean(gains), 3),
        ndcg_pm=half_width(gains),
    )


def half_width(values: Sequence[float]) -> float:
    """Half of the 95 % interval of a mean, by the normal approximation."""
    if len(values) < 2:
        return 0.0
    return round(1.96 * statistics.stdev(values) / math.sqrt(len(values)), 3)
