"""Steps of a sentence against the order they have in the claims."""

import functools
import itertools
from collections.abc import Iterator, Sequence

from assist.drafting.grounding.amounts import Doubt
from assist.drafting.grounding.claims import Claim, Claims, coverage
from assist.drafting.grounding.reading import Clause, Reading
from assist.drafting.grounding.roots import listed
from assist.drafting.grounding.turns import SAME


def order_doubts(reading: Reading, known: Claims, near: Sequence[Claim]) -> Iterator[Doubt]:
    """Steps said in another order than in the sources."""
    if not reading.forms & ORDERING:
        return
    pieces = [c for c in in_time(reading) if sum(t.content for t in c.terms) > 1]
    places = [place for piece in pieces if (place := _place(piece, known, near)) is not None]
    for (one, first), (other, second) in itertools.pairwise(places):
        ordered = one.at != other.at or one.reading.forms & ORDERING
        if one.group == other.group and ordered and (other.at, second) < (one.at, first):
            yield Doubt("order", "the source has these steps in another order")
            return


ORDERING = frozenset(
    listed(
        """
before after then first last once until afterwards finally
"""
    )
)


@functools.lru_cache(maxsize=5_000)
def in_time(reading: Reading) -> tuple[Clause, ...]:
    """The clauses in the order in which they happen: of "B after A", A first."""
    clauses = list(reading.clauses)
    for at, clause in enumerate(clauses):
        late = clause.forms & {"after", "once"} and clause.terms[0].form in (
            "after",
            "once",
            "only",
        )
        if at and (late or clauses[at - 1].terms[-1].form in ("after", "once")):
            clauses[at - 1], clauses[at] = clauses[at], clauses[at - 1]
        elif at == 0 and clause.opener == "before" and len(clauses) > 1:
            clauses[0], clauses[1] = clauses[1], clauses[0]
    return tuple(clauses)


def _place(piece: Clause, known: Claims, near: Sequence[Claim]) -> tuple[Claim, int] | None:
    """The claim and the clause of it, in time, that say the same as a piece."""
    content = [t for t in piece.terms if t.content]
    best: tuple[float, Claim, int] | None = None
    for claim in near:
        for rank, clause in enumerate(in_time(claim.reading)):
            share = coverage(content, frozenset(t.key for t in clause.terms), known)
            if share >= SAME and (best is None or share > best[0]):
                best = share, claim, rank
    return best[1:] if best else None
