"""How well the one retrieval path ranks documents, and each of its two retrievers alone."""

from collections.abc import Mapping, Sequence

from assist.domain.knowledge import Passage
from assist.retrieval.search import Searcher
from assist.service.desk import Desk
from evals.bench.results import Retrieval
from evals.bench.sets import EvalSet
from evals.retrieval.intervals import measures
from evals.retrieval.metrics import Judgments, Ranking, score
from evals.retrieval.results import Estimate

DEPTH = 200
"""Rows asked of each retriever and passages of the search: enough for ten documents, however many
passages of one come first."""
RETRIEVERS = ("dense", "lexical", "fused")


def rank_documents(desk: Desk, one: EvalSet, queries: Mapping[str, str]) -> tuple[Retrieval, ...]:
    """Recall and nDCG at 10 of each retriever over these queries of the set."""
    searcher = desk.opened().library.searcher
    runs: dict[str, dict[str, Sequence[str]]] = {name: {} for name in RETRIEVERS}
    for query_id, text in queries.items():
        for name, ranked in rankings(searcher, text).items():
            runs[name][query_id] = ranked
    relevant = {query_id: one.relevant[query_id] for query_id in queries}
    return tuple(_measured(one.name, name, runs[name], relevant) for name in RETRIEVERS)


def rankings(searcher: Searcher, query: str, depth: int = DEPTH) -> dict[str, tuple[str, ...]]:
    """The documents as each retriever ranks them, each by the best of its first `depth` rows.

    `dense` is the nearest whole passages and nothing else, `lexical` BM25 and nothing else; `fused`
    is the search, which weighs both and the parts of passages.
    """
    asked, generation = searcher.ask(query, None, {}), searcher.generation
    near = searcher.vectors.nearest(generation, asked.vector, depth, asked.within)
    alike = searcher.lexical.search(generation, asked.query.text, depth, asked.within)
    hits = searcher.find(query, kind=None, top_k=depth, filters={})
    return {
        "dense": _documents(searcher.catalogue.passages(generation, near.rows.tolist())),
        "lexical": _documents(searcher.catalogue.passages(generation, alike.rows.tolist())),
        "fused": _documents([hit.passage for hit in hits]),
    }


def _documents(passages: Sequence[Passage]) -> tuple[str, ...]:
    """A document stands where its best passage stands."""
    return tuple(dict.fromkeys(passage.document_id for passage in passages))


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


def _half_width(estimate: Estimate) -> float | None:
    if estimate.low is None or estimate.high is None:
        return None
    return round((estimate.high - estimate.low) / 2, 3)
