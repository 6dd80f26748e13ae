"""The one retrieval path: both retrievers over the pools asked for, filtered, fused, explained."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assist.domain.knowledge import Hit, Kind, Passage, Why
from assist.errors import BadInput
from assist.ports import Embedder, LexicalIndex, VectorIndex
from assist.retrieval.filters import Test, compile_filters
from assist.retrieval.fusion import Found, Fused, fuse, weight_of_words
from assist.retrieval.query import Query, search_text

MAX_TOP_K = 1_000
UNNAMED_POOLS: tuple[Kind, ...] = ("kb", "policy")
"""Searched where no kind is named: what the company says. Precedents are asked for by name."""
DEPTH = 200
"""Passages asked of each retriever and pool at first. Over 22,000 passages of documentation nDCG@10
is .405 at 30, .410 at 100 and .418 at 300; over the 800 of two manuals they are alike."""
GROWTH = 4
"""Where filters leave too few, this many times as many are asked for next."""
EXPLAINED = 20
"""Hits whose matched words are listed: what a person reads; a run of 1,000 needs none."""

HELD = 4_000
"""Passages whose terms are kept, some 5 kB each: telling them anew was 60 % of a search."""

Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query made ready: text, vector, the rarity of its terms, and where to look."""

    query: Query
    vector: NDArray[np.float32]
    rarity: Mapping[str, float]
    pools: tuple[Kind, ...]
    fits: Test


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Everything found, best first, and the share of rare words that weighed it."""

    asked: _Asked
    fused: tuple[Fused, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Searcher:
    """Searches one generation. `passages` is its catalogue by id."""

    generation: str
    passages: Mapping[str, Passage]
    vectors: VectorIndex
    lexical: LexicalIndex
    embedder: Embedder
    _held: Callable[[str], frozenset[str]] = field(init=False, repr=False, compare=False)
    """The terms of a passage, by its id."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_held", lru_cache(HELD)(self._terms))

    def find(
        self, query: str, *, kind: Kind | None, top_k: int, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        """At most `top_k` passages, best first. Raises `BadInput` and `UnknownFilter`."""
        check_top_k(top_k)
        ranking = self._rank(self._ask(query, kind, filters), top_k)
        return tuple(self._hit(ranking, number) for number in range(len(ranking.fused))[:top_k])

    def documents(
        self, query: str, *, kind: Kind | None, top_k: int, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        """At most `top_k` documents, each by its best passage, best first."""
        check_top_k(top_k)
        asked = self._ask(query, kind, filters)
        passages = top_k
        while True:
            ranking = self._rank(asked, passages)
            firsts: dict[str, int] = {}
            for number, fused in enumerate(ranking.fused):
                firsts.setdefault(self.passages[fused.passage_id].document_id, number)
            if len(firsts) >= top_k or len(ranking.fused) < passages:
                return tuple(self._hit(ranking, number) for number in list(firsts.values())[:top_k])
            passages *= GROWTH

    def _ask(self, query: str, kind: Kind | None, filters: Mapping[str, str]) -> _Asked:
        fits = compile_filters(filters)
        text = search_text(query)
        return _Asked(
            query=text,
            vector=self.embedder.embed([text.text])[0],
            rarity=self.lexical.rarity(self.generation, text.text),
            pools=UNNAMED_POOLS if kind is None else (kind,),
            fits=fits,
        )

    def _rank(self, asked: _Asked, enough: int) -> _Ranking:
        dense, lexical = self._gather(asked, enough)
        dense |= self._cosines(asked.vector, [i for i in lexical if i not in dense])
        share = self._share(asked.rarity, lexical)
        found = [
            Found(passage_id=i, dense=dense.get(i), lexical=lexical.get(i))
            for i in dense.keys() | lexical.keys()
        ]
        return _Ranking(asked, fuse(found, share), share)

    def _gather(self, asked: _Asked, enough: int) -> tuple[Scores, Scores]:
        """Scores by passage id from each retriever; deeper until filters leave enough of both."""
        depth = max(DEPTH, enough)
        text, vector, generation = asked.query.text, asked.vector, self.generation
        while True:
            near = [self.vectors.nearest(generation, pool, vector, depth) for pool in asked.pools]
            alike = [self.lexical.search(generation, pool, text, depth) for pool in asked.pools]
            dense, lexical = self._fitting(near, asked.fits), self._fitting(alike, asked.fits)
            if _satisfied(near, dense, depth, enough) and _satisfied(alike, lexical, depth, enough):
                return dense, lexical
            depth *= GROWTH

    def _fitting(self, pools: list[list[tuple[str, float]]], fits: Test) -> Scores:
        return {
            passage_id: score
            for pool in pools
            for passage_id, score in pool
            if passage_id in self.passages and fits(self.passages[passage_id])
        }

    def _hit(self, ranking: _Ranking, number: int) -> Hit:
        fused = ranking.fused[number]
        passage = self.passages[fused.passage_id]
        terms = self._shared(ranking.asked.rarity, passage) if number < EXPLAINED else ()
        why = Why(
            lexical=fused.lexical,
            lexical_rank=fused.lexical_rank,
            dense=fused.dense,
            dense_rank=fused.dense_rank,
            terms=terms,
            note=_in_words(fused, ranking.share, ranking.asked.query.note),
        )
        return Hit.found(passage, fused.score, why)

    def _cosines(self, vector: NDArray[np.float32], ids: Sequence[str]) -> Scores:
        """Passages found by words only get their cosine too, so that all are judged alike."""
        stored = self.vectors.vectors(self.generation, ids) if ids else {}
        return {passage_id: float(np.dot(row, vector)) for passage_id, row in stored.items()}

    def _share(self, rarity: Mapping[str, float], lexical: Scores) -> float:
        """How much of the query's rare words the best match by words holds, by weight, 0..1."""
        total = sum(rarity.values())
        if not lexical or total <= 0:
            return 0.0
        best = min(lexical, key=lambda i: (-lexical[i], i))
        return sum(rarity[term] for term in self._shared(rarity, self.passages[best])) / total

    def _shared(self, rarity: Mapping[str, float], passage: Passage) -> tuple[str, ...]:
        """The query's terms that the passage holds, rarest first."""
        held = self._held(passage.id) & rarity.keys()
        return tuple(sorted(held, key=lambda term: (-rarity[term], term)))

    def _terms(self, passage_id: str) -> frozenset[str]:
        return frozenset(self.lexical.rarity(self.generation, self.passages[passage_id].reading))


def check_top_k(top_k: int) -> None:
    """Raises `BadInput` unless it is between 1 and `MAX_TOP_K`."""
    if not 1 <= top_k <= MAX_TOP_K:
        raise BadInput(
            f"{top_k} hits were asked for", where="top_k", cure=f"ask for 1 to {MAX_TOP_K}"
        )


def best_per_document(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The best hit of each document, best first."""
    best: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda h: (-h.score, h.passage_id)):
        best.setdefault(hit.document_id, hit)
    return tuple(best.values())


def _satisfied(
    pools: list[list[tuple[str, float]]], fitting: Scores, depth: int, enough: int
) -> bool:
    exhausted = all(len(pool) < depth for pool in pools)
    return exhausted or len(fitting) >= enough


def _in_words(fused: Fused, share: float, note: str) -> str:
    ways = []
    if fused.dense is not None:
        ways.append(f"meaning (rank {fused.dense_rank}, cosine {fused.dense:.2f})")
    if fused.lexical is not None:
        ways.append(f"words (rank {fused.lexical_rank}, BM25 {fused.lexical:.1f})")
    said = f"found by {' and '.join(ways)}; words weigh {weight_of_words(share):.2f}, as their best"
    said += f" match holds {share:.0%} of the query's rare words"
    return f"{said}; {note}" if note else said
