"""Steps of a sentence against the order they have in the claims."""

import functools
import itertools
from collections.abc import Iterator, Sequence

from assist.drafting.grounding.amounts import Doubt
from assist.drafting.grounding.claims import Claim, Claims, coverage
from assist.drafting.grounding.reading import Clause, Reading, Term
from assist.drafting.grounding.roots import listed

_SAME = 0.55
"""Share of the words of a step that a claim must have to be the same step."""
_WORDS = 2
"""Words of meaning of the shortest step: “then Orders” is a place in a menu."""
_REVERSING = frozenset(listed("after once"))
_POINTING = frozenset(listed("that this which"))


def order_doubts(reading: Reading, known: Claims, near: Sequence[Claim]) -> Iterator[Doubt]:
    """Steps said in another order than in the sources."""
    if not _orders(reading):
        return
    steps = [tuple(t for t in c.terms if t.content) for c in in_time(reading)]
    places = [place for step in steps if (place := _place(step, known, near)) is not None]
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


def _orders(reading: Reading) -> bool:
    """Whether a clause says when it happens, and another one says what."""
    marks = (c.terms[n].form for c in reading.clauses for n in range(min(3, len(c.terms))))
    last = {c.terms[-1].form for c in reading.clauses}
    return len(reading.clauses) > 1 and bool(ORDERING & {*marks, *last})


@functools.lru_cache(maxsize=5_000)
def in_time(reading: Reading) -> tuple[Clause, ...]:
    """The clauses in the order in which they happen: of "B after A", A first."""
    clauses = list(reading.clauses)
    for at, clause in enumerate(clauses):
        if at and (_reverses(clause) or clauses[at - 1].terms[-1].form in _REVERSING):
            clauses[at - 1], clauses[at] = clauses[at], clauses[at - 1]
        elif at == 0 and clause.opener == "before" and len(clauses) > 1:
            clauses[0], clauses[1] = clauses[1], clauses[0]
    return tuple(clauses)


def _reverses(clause: Clause) -> bool:
    """“B once A” turns the two round; “A, and after that B” does not."""
    forms = [t.form for t in clause.terms[:3]]
    at = next((n for n, form in enumerate(forms[:2]) if form in _REVERSING), None)
    if at is None or (at == 1 and forms[0] not in ("only", "just", "right")):
        return False
    return not (len(forms) > at + 1 and forms[at + 1] in _POINTING)


def _place(
    content: Sequence[Term], known: Claims, near: Sequence[Claim]
) -> tuple[Claim, int] | None:
    """The claim and the clause of it, in time, that say the same as a step."""
    said = [t for t in content if t.value is None]
    if len(said) < _WORDS or all(t.light for t in said):
        return None
    best: tuple[float, Claim, int] | None = None
    for claim in near:
        for rank, clause in enumerate(in_time(claim.reading)):
            share = coverage(content, frozenset(t.key for t in clause.terms), known)
            whole = 0.9 * coverage(content, claim.reading.keys, known)
            fit = max(share, whole)
            if fit >= _SAME and (best is None or fit > best[0]):
                best = fit, claim, rank if share >= _SAME else 0
    return best[1:] if best else None
