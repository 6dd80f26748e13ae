"""Two statements read side by side: what both say, and what only one of them does."""

import itertools
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assist.drafting.grounding.cues import OPPOSITES
from assist.drafting.grounding.reading import Reading, Term, negates, reading_of

Weigh = Callable[[Term], float]
"""How much a word tells: rare ones most."""


class Pair(NamedTuple):
    """Two readings, and what each has that the other has not."""

    one: Reading
    other: Reading
    left: tuple[Term, ...]
    right: tuple[Term, ...]


def weights(readings: Sequence[Reading]) -> Weigh:
    """The weight of a word among these statements."""
    counts = Counter(key for reading in readings for key in reading.keys)
    whole = math.log(len(readings) + 2)

    def weigh(term: Term) -> float:
        rare = math.log((len(readings) + 2) / (counts[term.key] + 1)) / whole
        return max(0.05, rare) * (0.35 if term.light else 1.0)

    return weigh


def pair_of(one: Reading, other: Reading) -> Pair:
    """Both without their openers, and what each has that the other has not."""
    one, other = _without_opener(one, other), _without_opener(other, one)
    left = tuple(t for t in one.terms if t.value is None and t.key not in other.keys)
    right = tuple(t for t in other.terms if t.value is None and t.key not in one.keys)
    return Pair(one, other, left, right)


def _without_opener(reading: Reading, other: Reading) -> Reading:
    """Without a first clause that only opens: “Please note: …”, “In short, …”."""
    opening = [t for t in reading.terms if t.clause == reading.terms[0].clause]
    if len(opening) > _OPENER or any(t.key in other.keys for t in opening if t.content):
        return reading
    if len(opening) == len(reading.terms) or any(t.value or t.named for t in opening):
        return reading
    return reading_of(reading.text, reading.terms[len(opening) :])


_OPENER = 4
"""Words of an opening at most."""


def share_of(one: Sequence[Term], other: Sequence[Term], weigh: Weigh) -> float:
    """Share of the words of both, by weight, that the other has too; values apart."""
    mine, theirs = meaning(one, weigh), meaning(other, weigh)
    whole = sum(mine.values()) + sum(theirs.values())
    both = sum(weight for key, weight in mine.items() if key in theirs)
    return 2 * both / whole if whole else 0.0


def meaning(terms: Sequence[Term], weigh: Weigh) -> Mapping[str, float]:
    """The words of meaning with their weights; no values, denials and auxiliary verbs."""
    told = (t for t in terms if t.content and t.value is None)
    return {t.key: weigh(t) for t in told if not small(t)}


def small(term: Term) -> bool:
    """Whether a word is part of a denial, or of the verb it denies."""
    return negates(term.form) or term.form in _AUXILIARY


_AUXILIARY = frozenset(
    {"a", "an", "the", "do", "does", "did", "can", "could", "may", "will", "be", "is", "are"}
    | {"was", "were", "has", "have", "any"}
)


def opposite(left: Sequence[Term], right: Sequence[Term]) -> bool:
    """Whether a word of the one side is the opposite of one of the other."""
    bases = {t.base for t in right}
    return any(opposites(t) & bases for t in left)


def opposites(term: Term) -> frozenset[str]:
    """The roots of the words that mean its opposite."""
    return OPPOSITES.get(term.base, frozenset())


def denials(reading: Reading) -> int:
    """How many words deny something; “at no cost” only says that it is free."""
    following = itertools.zip_longest(reading.terms, reading.terms[1:])
    return sum(negates(t.form) and (n is None or n.form not in _COSTS) for t, n in following)


_COSTS = frozenset({"cost", "costs", "charge", "charges", "fee", "fees", "extra", "additional"})
