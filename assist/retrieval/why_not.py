"""What was not returned -> why not: the filter, the pool, or what the others had more."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assist.domain.knowledge import Hit, Kind, Passage, WhyNot
from assist.retrieval.asked import Asked, Ranking
from assist.retrieval.explaining import listed, typed_words
from assist.retrieval.fusion import fuse
from assist.retrieval.search import Searcher, check_top_k

SearchUnit = Literal["passage", "document"]
"""What is ranked: passages, or each document once by its best passage."""
MISSING_NAMED = 5
"""Words of the query that the passage lacks, named at most."""


def why_not(
    searcher: Searcher,
    query: str,
    rows: Sequence[int],
    *,
    kind: Kind | None,
    top_k: int,
    filters: Mapping[str, str],
    unit: SearchUnit = "passage",
) -> WhyNot:
    """Why `find` with the same arguments returns none of these rows, or that it does.

    Where documents are ranked, `rows` are all those of one, and it is `documents` that is meant.
    It is told of the row that comes nearest. Raises `BadInput` and `UnknownFilter` as they do.
    """
    check_top_k(top_k)
    asked = searcher.ask(query, kind, filters)
    passages = searcher.catalogue.passages(searcher.generation, rows)
    kept_out = [_kept_out(asked, passage, filters) for passage in passages]
    left = [row for row, reason in zip(rows, kept_out, strict=True) if not reason]
    if not left:
        return WhyNot(passage_id=passages[0].id, reason=kept_out[0])
    rank_by = searcher.rank if unit == "passage" else searcher.rank_documents
    ranking = rank_by(asked, top_k)
    order = _ordered(searcher, ranking, unit)
    returned, weighed = _first_of(left, ranking, order[:top_k]), len(order)
    found = _first_of(left, ranking, order)
    if not returned:
        ranking = _with(searcher, ranking, np.array(left, dtype=np.int64))
        order = _ordered(searcher, ranking, unit)
    rank = returned or _first_of(left, ranking, order)
    (hit,) = searcher.hits(ranking, [int(order[rank - 1])])
    if returned:
        reason = f"it is returned, as number {rank} of {top_k}"
    elif rank <= top_k:
        reason = (
            f"it would be number {rank}, but only what comes first by meaning or by words "
            "is weighed, and it does neither"
        )
    else:
        at_best = "" if found else "at best "
        said = f"it is {at_best}number {rank}, and {top_k} were asked for"
        if not found:
            said += f"; it was not among the {weighed} that were found"
        place, last = int(order[rank - 1]), int(order[top_k - 1])
        reason = f"{said}: {_behind(searcher, ranking, hit, place, last)}"
    return WhyNot(passage_id=hit.passage_id, reason=reason, rank=rank, score=hit.score, why=hit.why)


def _ordered(searcher: Searcher, ranking: Ranking, unit: SearchUnit) -> NDArray[np.int64]:
    """The places of what is ranked, best first."""
    return ranking.fused.order if unit == "passage" else searcher.best_of_documents(ranking)


def _first_of(rows: Sequence[int], ranking: Ranking, order: NDArray[np.int64]) -> int:
    """The rank, from 1, of the first of these rows; 0 where none is there."""
    ours = np.flatnonzero(np.isin(ranking.fused.candidates.rows[order], rows))
    return int(ours[0]) + 1 if len(ours) else 0


def _kept_out(asked: Asked, passage: Passage, filters: Mapping[str, str]) -> str:
    refused = asked.wanted.refused(passage)
    if refused:
        said = listed([f"{name}={filters[name]}" for name in refused])
        return f"the filter {said} keeps it out: {_holds(passage)}"
    if passage.kind not in asked.kinds:
        return f"it is a {passage.kind} passage, and this looked at {listed(asked.kinds)} alone"
    return ""


def _holds(passage: Passage) -> str:
    """What the passage says of where and for whom it holds."""
    said = {
        "kind": passage.kind,
        "audience": passage.audience,
        "language": passage.language,
        "regions": ", ".join(passage.regions),
        "products": ", ".join(passage.products),
        "tiers": ", ".join(passage.tiers),
        "from": passage.effective,
        "until before": passage.expires,
        "document": passage.document_id,
    }
    return "it says " + "; ".join(f"{name} {value}" for name, value in said.items() if value)


def _with(searcher: Searcher, ranking: Ranking, rows: NDArray[np.int64]) -> Ranking:
    """The ranking with these rows among the candidates, whether or not a retriever found them."""
    found, asked = ranking.fused.candidates, ranking.asked
    new = np.setdiff1d(rows, found.rows)
    words, own = np.zeros(len(new), dtype=np.float32), searcher.words_of(asked, new)
    words[np.searchsorted(new, own.rows)] = own.scores
    added = searcher.measured(asked, new, words)
    both = type(found)(*(np.concatenate(pair) for pair in zip(found, added, strict=True)))
    return Ranking(asked, fuse(both, ranking.fused.weight), ranking.share)


def _behind(searcher: Searcher, ranking: Ranking, hit: Hit, place: int, last: int) -> str:
    """What the last hit returned has that the hit at `place` has not."""
    fused, rarity = ranking.fused, ranking.asked.rarity
    found, held = fused.candidates, searcher.terms(hit.passage)
    (other,) = searcher.catalogue.passages(searcher.generation, [int(found.rows[last])])
    counted = f"{len(rarity)} term{'' if len(rarity) == 1 else 's'}"
    missing = sorted((t for t in rarity if t not in held), key=lambda t: (-rarity[t], t))
    said = (
        f"its score is {fused.scores[place]:.3f}, that of the last hit, {other.id}, "
        f"{fused.scores[last]:.3f}; "
        f"cosine {found.part[place]:.2f} against {found.part[last]:.2f}; "
        f"it holds {len(rarity.keys() & held)} of the query's {counted}"
    )
    words = typed_words(
        ranking.asked.query.text, partial(searcher.lexical.terms, searcher.generation)
    )
    lacked = [words.get(term, term) for term in missing[:MISSING_NAMED]]
    return f"{said} and lacks {listed(lacked)}" if lacked else said
