"""Two rankings -> one: by meaning (cosine) and by words (BM25). Pure and deterministic.

The score is a convex combination, `(1 - w) * cosine + w * bm25 / best bm25`. The weight of words
is not fixed: it grows with the share of the query's rare words that the best match by words
really holds. A query in the knowledge base's own words trusts words; a paraphrase or a long
story, whose best match by words shares little with it, trusts meaning.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter

from pydantic import Field

from assist.domain.base import Model, Unit


class Trust(Model):
    """How much words pull against meaning, whose pull is 1, by the share of rare words held.

    `least` up to a share of `knee`, then growing evenly to `most` at a share of 1.
    """

    least: float = Field(gt=0)
    knee: float = Field(ge=0, lt=1)
    most: float = Field(gt=0)


TRUST = Trust(least=0.2, knee=0.65, most=1.0)
"""Set on four retrieval sets, nDCG@10 by document as meaning / words / fused (mean share):
FAQ .978 / .874 / .973 (.63), product manuals .552 / .806 / .775 (.88), cloud documentation
.366 / .353 / .417 (.84), bank .242 / .264 / .252 (.34), bank, whole conversations .249 / .298 /
.313 (.18). Reciprocal ranks give .952, .714, .410, .246 and .314. The optimum is flat: `most` from
.8 to 1.6 moves no set by more than .015. `least` at .3 costs the FAQ .006. The documentation was
cut by a plainer chunker than ours."""


class Found(Model):
    """What the retrievers say of one passage; none: this retriever has no score for it."""

    passage_id: str
    dense: float | None = None
    lexical: float | None = None


class Fused(Model):
    """A passage with its fused score in [0, 1] and its rank by each retriever, from 1."""

    passage_id: str
    score: Unit
    dense: float | None
    dense_rank: int | None
    lexical: float | None
    lexical_rank: int | None


def weight_of_words(share: float, trust: Trust = TRUST) -> float:
    """The weight of words in [0, 1) when their best match holds this share of the rare words."""
    above = max(0.0, _unit(share) - trust.knee) / (1 - trust.knee)
    pull = trust.least + (trust.most - trust.least) * above
    return pull / (1 + pull)


def fuse(found: Iterable[Found], share: float, trust: Trust = TRUST) -> tuple[Fused, ...]:
    """Best first; equal scores by passage id. Does not depend on the order of `found`."""
    everything = tuple(found)
    words = weight_of_words(share, trust)
    best = max((f.lexical for f in everything if f.lexical is not None), default=0.0)
    dense_ranks = _ranks(everything, attrgetter("dense"))
    lexical_ranks = _ranks(everything, attrgetter("lexical"))
    fused = [
        Fused(
            passage_id=f.passage_id,
            score=(1 - words) * _unit(f.dense or 0.0)
            + words * (_unit((f.lexical or 0.0) / best) if best > 0 else 0.0),
            dense=f.dense,
            dense_rank=dense_ranks.get(f.passage_id),
            lexical=f.lexical,
            lexical_rank=lexical_ranks.get(f.passage_id),
        )
        for f in everything
    ]
    return tuple(sorted(fused, key=lambda f: (-f.score, f.passage_id)))


def _ranks(found: tuple[Found, ...], score: Callable[[Found], float | None]) -> dict[str, int]:
    scored = [(value, f.passage_id) for f in found if (value := score(f)) is not None]
    ordered = sorted(scored, key=lambda pair: (-pair[0], pair[1]))
    return {passage_id: rank for rank, (_, passage_id) in enumerate(ordered, 1)}


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value))
