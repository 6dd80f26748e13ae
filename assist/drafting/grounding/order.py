"""Steps of a sentence against the order they have in the claims.

“A before B”, “B once A”, “A, then B” and “A first” each say that A comes before B. What a sentence
says so is held against what a claim says so, and against the order of the claims themselves.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assist.drafting.grounding.amounts import Doubt
from assist.drafting.grounding.claims import Claim, Claims, coverage
from assist.drafting.grounding.reading import Reading, Term
from assist.drafting.grounding.steps import Step, in_order

_SAME = 0.6
"""Share of the words of a step that a clause must have to be the same step."""


class _Place(NamedTuple):
    """The claim and the step of it that say the same as a step of the sentence."""

    claim: Claim
    step: int
    stated: bool
    """Whether the claim tells it as a step, and not only to say when another one is due."""


def order_doubts(reading: Reading, known: Claims, near: Sequence[Claim]) -> Iterator[Doubt]:
    """Steps said in another order than in the sources."""
    order = in_order(reading)
    if not order.pairs:
        return
    places = [_place(step, known, near) for step in order.steps]
    for one, other in sorted(order.pairs):
        second = places[other]
        if second is not None and _reversed(places[one], second):
            yield Doubt("order", "the source has these steps in another order")
            return


def _reversed(first: _Place | None, second: _Place) -> bool:
    """Whether the source has the second step before the first."""
    if first is not None and first[:2] == second[:2]:
        return False
    theirs = in_order(second.claim.reading)
    if second.step in theirs.first:
        return True
    if first is None:
        return False
    if first.claim is second.claim:
        pairs = theirs.pairs
        return (second.step, first.step) in pairs and (first.step, second.step) not in pairs
    alike = first.claim.group == second.claim.group and first.claim.step and second.claim.step
    return alike and _rank(second) < _rank(first)


def _rank(place: _Place) -> tuple[int, int]:
    """When a step comes: what its claim says is first or last goes before or behind all."""
    order = in_order(place.claim.reading)
    turn = (place.step in order.last) - (place.step in order.first)
    return (turn, 0 if turn else place.claim.at)


def _place(step: Step, known: Claims, near: Sequence[Claim]) -> _Place | None:
    """Where the sources have a step; one of a single word only in the claims nearest."""
    said = [t for t in step.terms if t.content and t.value is None]
    plain = all(t.light for t in said)
    if not said or (len(said) < 2 and (plain or said[0].named)):
        return None
    best: tuple[float, _Place] | None = None
    for claim in known.all:
        if not _near(said, claim, near if len(said) > 1 else near[:2]):
            continue
        for at, other in enumerate(in_order(claim.reading).steps):
            share = coverage(said, frozenset(t.key for t in other.terms), known)
            fit = share + 0.01 * (claim in near) - 0.002 * len(other.terms)
            if share >= (1.0 if plain else _SAME) and (best is None or fit > best[0]):
                best = fit, _Place(claim, at, other.stated and len(said) > 1)
    return best[1] if best else None


def _near(said: Sequence[Term], claim: Claim, near: Sequence[Claim]) -> bool:
    """Whether a claim may hold a step: one of the near ones, or one of their lists."""
    return any(claim.group == c.group for c in near) and any(
        t.key in claim.reading.keys for t in said
    )
