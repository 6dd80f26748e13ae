"""How well the one retrieval path ranks documents, and each of its two retrievers alone."""

from collections.abc import Mapping, Sequence

from assist.domain.knowledge import Hit
from assist.service.desk import Desk
from evals.bench.results import Retrieval
from evals.bench.sets import EvalSet
from evals.retrieval.intervals import measures
from evals.retrieval.metrics import Judgments, Ranking, score
from evals.retrieval.results import Estimate

DEPTH = 200
"""Passages asked for: both retrievers' best 100, so that each one's own ranking can be read off."""
RETRIEVERS = ("dense", "lexical", "fused")


def rank_documents(desk: Desk, one: EvalSet, queries: Mapping[str, str]) -> tuple[Retrieval, ...]:
    """Recall and nDCG at 10 of each retriever over these queries of the set."""
    runs: dict[str, dict[str, Sequence[str]]] = {name: {} for name in RETRIEVERS}
    for query_id, text in queries.items():
        hits = desk.search(text, top_k=DEPTH, filters={})
        for name, ranked in rankings(hits).items():
            runs[name][query_id] = ranked
    relevant = {query_id: one.relevant[query_id] for query_id in queries}
    return tuple(_measured(one.name, name, runs[name], relevant) for name in RETRIEVERS)


def rankings(hits: Sequence[Hit]) -> dict[str, tuple[str, ...]]:
    """The documents as each retriever ranks them, read from why each passage was found."""
    dense = sorted((h for h in hits if h.why.dense_rank), key=lambda h: h.why.dense_rank or 0)
    lexical = sorted((h for h in hits if h.why.lexical_rank), key=lambda h: h.why.lexical_rank or 0)
    return {"dense": _documents(dense), "lexical": _documents(lexical), "fused": _documents(hits)}


def _documents(hits: Sequence[Hit]) -> tuple[str, ...]:
    """A document stands where its best passage stands."""
    return tuple(dict.fromkeys(hit.document_id for hit in hits))


def _measured(corpus: str, retriever: str, ranking: Ranking, relevant: Judgments) -> Retrieval:
    found = measures(score(ranking, relevant))
    recall, ndcg = found.metrics["recall@10"], found.metrics["nDCG@10"]
    return Retrieval(
        corpus=corpus,
        retriever=retriever,
        n=found.n,
        recall_at_10=round(recall.mean, 3),
        recall_pm=_half_width(recall),
        ndcg_at_10=round(ndcg.mean, 3),
        ndcg_pm=_half_width(ndcg),
    )


def _half_width(estimate: Estimate) -> float:
    return round((estimate.high - estimate.low) / 2, 3)
