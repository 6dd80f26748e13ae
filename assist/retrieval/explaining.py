"""What was found, and how -> words for a person."""

from collections.abc import Sequence

from assist.retrieval.fusion import Fused


def in_words(fused: Fused, place: int, because: str, note: str) -> str:
    """The parts of one candidate's score, and what weighed them and why."""
    found, weight = fused.candidates, fused.weight
    meaning = (
        f"meaning {(1 - weight) * min(1.0, max(0.0, float(found.part[place]))):.2f} "
        f"(rank {fused.meaning_rank[place]}, cosine of its nearest part {found.part[place]:.2f})"
    )
    words = "words 0.00 (it holds none of them)"
    if fused.words_rank[place]:
        bm25 = float(found.words[place])
        earned = weight * bm25 / fused.best_words
        words = f"words {earned:.2f} (rank {fused.words_rank[place]}, BM25 {bm25:.1f})"
    trust = f"words weigh {weight:.2f}: {because}"
    return "; ".join(filter(None, (f"{meaning} + {words}", trust, note)))


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
