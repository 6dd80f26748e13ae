"""The one retrieval path: both retrievers over the rows that filters leave, fused, explained."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from assist.domain.base import Model
from assist.domain.knowledge import Hit, Kind, Passage, Why
from assist.errors import BadInput
from assist.ports import Catalogue, Embedder, LexicalIndex, PartIndex, Ranked, Runs, VectorIndex
from assist.retrieval.asked import Asked, Ranking
from assist.retrieval.explaining import in_words, read_otherwise
from assist.retrieval.filters import compile_filters
from assist.retrieval.fusion import Candidates, Column, fuse
from assist.retrieval.query import Query, search_text
from assist.retrieval.rows import common, joined, runs_of
from assist.retrieval.trust import reason, weight_of_words

MAX_TOP_K = 1_000
UNNAMED_POOLS: tuple[Kind, ...] = ("kb", "policy")
"""Searched where no kind is named: what the company says. Precedents are asked for by name."""
DEPTH = 100
"""Rows asked of each retriever at least. With the parts' vectors the ranking of ten documents is
the same from 50 to 200; at 30 it loses .001."""
GROWTH = 4
"""Where documents are wanted and too few were found, this many times as many rows come next."""
HELD = 4_000
"""Passages whose terms are remembered, some 5 kB each; then it begins anew."""
AT_ONCE = 4
"""Queries whose vectors are computed beside the rest; the threads begin with the first search."""
SMALL = 512
"""Rows of a search that are all looked up by their words at once: a second look at some of them
takes as long."""
EXPLAINED = 20
"""Hits whose matched words are listed: what a person reads; a run of 1,000 needs none."""


class _Places(Model):
    """What a search is limited to, as a key: equal ones share their runs of rows."""

    kinds: tuple[Kind, ...]
    filters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Searcher:
    """Searches one generation; holds nothing of it but what `within` remembers of filters."""

    generation: str
    catalogue: Catalogue
    vectors: VectorIndex
    parts: PartIndex
    lexical: LexicalIndex
    embedder: Embedder

    def __post_init__(self) -> None:
        object.__setattr__(self, "_within", lru_cache(maxsize=256)(self._runs))
        object.__setattr__(self, "_held", {})
        object.__setattr__(self, "_beside", ThreadPoolExecutor(AT_ONCE, "embed"))

    def find(
        self, query: str, *, kind: Kind | None, top_k: int, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        """At most `top_k` passages, best first. Raises `BadInput` and `UnknownFilter`."""
        return self.find_each((query,), kind=kind, top_k=top_k, filters=filters)[0]

    def find_each(
        self,
        queries: Sequence[str],
        *,
        kind: Kind | None,
        top_k: int,
        filters: Mapping[str, str],
    ) -> tuple[tuple[Hit, ...], ...]:
        """The same for each query, in less time than one by one. Raises as `find` does."""
        check_top_k(top_k)
        if not self._where(kind, filters)[1]:
            for query in queries:  # what cannot be searched for is refused where there is nothing
                search_text(query)
            return ((),) * len(queries)
        asked = self._ask_each(queries, kind, filters)
        near = self._near(asked, max(DEPTH, top_k))
        rankings = [self._ranked(one, top_k, its) for one, its in zip(asked, near, strict=True)]
        return tuple(self.hits(found, found.fused.order[:top_k]) for found in rankings)

    def documents(
        self, query: str, *, kind: Kind | None, top_k: int, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        """At most `top_k` documents, each by its best passage, best first."""
        check_top_k(top_k)
        ranking = self.rank_documents(self.ask(query, kind, filters), top_k)
        return self.hits(ranking, self.best_of_documents(ranking)[:top_k])

    def ask(self, query: str, kind: Kind | None, filters: Mapping[str, str]) -> Asked:
        """The query made ready. Raises `BadInput` and `UnknownFilter`."""
        return self._ask_each((query,), kind, filters)[0]

    def _ask_each(
        self, queries: Sequence[str], kind: Kind | None, filters: Mapping[str, str]
    ) -> list[Asked]:
        wanted = compile_filters(filters)
        texts = [self._read(query) for query in queries]
        kinds, within = self._where(kind, filters)
        # The model computes beside the words, on another core where there is one.
        vectors = self._beside.submit(  # type: ignore[attr-defined]
            self.embedder.embed, [text.text for text in texts]
        )
        depth = max(DEPTH, size) if (size := _size(within)) <= SMALL else DEPTH
        wordy = [self.lexical.search(self.generation, t.text, depth, within) for t in texts]
        rarity = [self.lexical.rarity(self.generation, t.text) for t in texts]
        return [
            Asked(
                query=text,
                vector=vector,
                alike=Ranked(found.rows[:DEPTH], found.scores[:DEPTH]),
                wordy=found,
                rarity=rare,
                kinds=kinds,
                wanted=wanted,
                within=within,
            )
            for text, vector, found, rare in zip(
                texts, vectors.result(), wordy, rarity, strict=True
            )
        ]

    def _read(self, query: str) -> Query:
        """What is searched for, and a note on what was taken for something else."""
        text = search_text(query)
        slips = self.lexical.read_as(self.generation, text.text)
        return text.model_copy(update={"note": read_otherwise(text.note, slips)})

    def _where(
        self, kind: Kind | None, filters: Mapping[str, str]
    ) -> tuple[tuple[Kind, ...], Runs]:
        """The pools that are searched, and the rows of them that fit. Raises `UnknownFilter`."""
        named = kind or filters.get("kind")
        kinds = tuple(k for k in get_args(Kind) if k == named) if named else UNNAMED_POOLS
        within: Runs = self._within(  # type: ignore[attr-defined]
            _Places(kinds=kinds, filters=tuple(sorted(filters.items())))
        )
        return kinds, within

    def rank(self, asked: Asked, enough: int) -> Ranking:
        """Everything that either retriever finds among its first `enough`, and at least `DEPTH`."""
        return self._ranked(asked, enough, self._near([asked], max(DEPTH, enough))[0])

    def _near(self, asked: Sequence[Asked], depth: int) -> list[Ranked]:
        """The nearest rows of each of these queries, which are asked of the same rows."""
        vectors = np.stack([one.vector for one in asked])
        return self.vectors.nearest_each(self.generation, vectors, depth, asked[0].within)

    def _ranked(self, asked: Asked, enough: int, near: Ranked) -> Ranking:
        depth, alike = max(DEPTH, enough), asked.alike
        if depth > DEPTH:
            alike = self.lexical.search(self.generation, asked.query.text, depth, asked.within)
        rest = np.setdiff1d(near.rows, alike.rows)
        also = self._looked_up(asked, rest)
        rows = np.union1d(near.rows, alike.rows)
        words = np.zeros(len(rows), dtype=np.float32)
        for found in (alike, also):
            words[np.searchsorted(rows, found.rows)] = found.scores
        share = self._share(asked, alike.rows)
        measured = self.measured(asked, rows, words)
        return Ranking(asked, fuse(measured, weight_of_words(share, len(asked.rarity))), share)

    def rank_documents(self, asked: Asked, enough: int) -> Ranking:
        """The same, as deep as it takes to find passages of `enough` documents."""
        rows = enough
        while True:
            ranking = self.rank(asked, rows)
            if len(self.best_of_documents(ranking)) >= enough or len(ranking.fused.order) < rows:
                return ranking
            rows *= GROWTH

    def best_of_documents(self, ranking: Ranking) -> NDArray[np.int64]:
        """The place of each document's best passage among the candidates, best first."""
        fused = ranking.fused
        numbers = self.catalogue.document_numbers(self.generation)
        of = numbers[fused.candidates.rows[fused.order]]
        return fused.order[np.sort(np.unique(of, return_index=True)[1])]

    def words_of(self, asked: Asked, rows: NDArray[np.int64]) -> Ranked:
        """The BM25 of these rows; those that hold none of the words are left out."""
        return self.lexical.search(
            self.generation, asked.query.text, len(rows), runs_of(int(row) for row in rows)
        )

    def _looked_up(self, asked: Asked, rest: NDArray[np.int64]) -> Ranked:
        """The same of rows that were searched: where these are few, it is known of all."""
        if _size(asked.within) > SMALL:
            return self.words_of(asked, rest)
        known = np.isin(asked.wordy.rows, rest)
        return Ranked(asked.wordy.rows[known], asked.wordy.scores[known])

    def measured(self, asked: Asked, rows: NDArray[np.int64], words: Column) -> Candidates:
        """These rows with all that is known of them for this query; `words` is their BM25."""
        whole = self.vectors.vectors(self.generation, rows) @ asked.vector
        part = self.parts.cosines(self.generation, rows, asked.vector).max(axis=1, initial=-1.0)
        return Candidates(
            rows=rows,
            whole=whole,
            part=np.where(part > -1.0, part, whole),  # a model whose parts have no vectors
            words=words,
        )

    def hits(self, ranking: Ranking, places: Sequence[int] | NDArray[np.int64]) -> tuple[Hit, ...]:
        """The hits at these places of the candidates, in this order."""
        rows = ranking.fused.candidates.rows[places]
        passages = self.catalogue.passages(self.generation, [int(row) for row in rows])
        return tuple(
            self._hit(ranking, int(place), passage, explained=number < EXPLAINED)
            for number, (place, passage) in enumerate(zip(places, passages, strict=True))
        )

    def terms(self, passage: Passage) -> frozenset[str]:
        """The content terms of a passage, remembered: to tell them takes half a millisecond."""
        held: dict[str, frozenset[str]] = self._held  # type: ignore[attr-defined]
        found = held.get(passage.id)
        if found is None:
            found = self.lexical.terms(self.generation, passage.reading)
            if len(held) >= HELD:
                object.__setattr__(self, "_held", held := {})  # others may be reading the old one
            held[passage.id] = found
        return found

    def _hit(self, ranking: Ranking, place: int, passage: Passage, *, explained: bool) -> Hit:
        fused, asked = ranking.fused, ranking.asked
        found = fused.candidates
        words_rank = int(fused.words_rank[place])
        why = Why(
            lexical=float(found.words[place]) if words_rank else None,
            lexical_rank=words_rank or None,
            dense=float(found.whole[place]),
            dense_rank=int(fused.meaning_rank[place]),
            part=float(found.part[place]),
            terms=self._shared(asked.rarity, passage) if explained else (),
            note=in_words(fused, place, reason(ranking.share, len(asked.rarity)), asked.query.note),
        )
        return Hit.found(passage, min(1.0, max(0.0, float(fused.scores[place]))), why)

    def _runs(self, places: _Places) -> Runs:
        wanted = compile_filters(dict(places.filters))
        fitting = joined(
            (run.start, run.stop)
            for run in self.catalogue.scopes(self.generation)
            if run.scope.kind in places.kinds and wanted.fits(run.scope)
        )
        if wanted.document_id is None:
            return fitting
        rows = self.catalogue.document_rows(self.generation, wanted.document_id)
        return common(fitting, runs_of(rows))

    def _share(self, asked: Asked, alike: NDArray[np.int64]) -> float:
        """How much of the query's rare words the best match by words holds, by weight, 0..1."""
        total = sum(asked.rarity.values())
        if not len(alike) or total <= 0:
            return 0.0
        (best,) = self.catalogue.passages(self.generation, [int(alike[0])])
        return sum(asked.rarity[term] for term in self._shared(asked.rarity, best)) / total

    def _shared(self, rarity: Mapping[str, float], passage: Passage) -> tuple[str, ...]:
        """The query's terms that the passage holds, rarest first."""
        held = self.terms(passage) & rarity.keys()
        return tuple(sorted(held, key=lambda term: (-rarity[term], term)))


def _size(within: Runs) -> int:
    return sum(stop - start for start, stop in within)


def check_top_k(top_k: int) -> None:
    """Raises `BadInput` unless it is between 1 and `MAX_TOP_K`."""
    if not 1 <= top_k <= MAX_TOP_K:
        raise BadInput(
            f"{top_k} hits were asked for", where="top_k", cure=f"ask for 1 to {MAX_TOP_K}"
        )
