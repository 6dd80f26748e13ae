"""Two statements -> whether they say otherwise of the same thing, and in which words.

Stricter than a check of a reply: both are written by the company, both may be true, and most pairs
that look alike differ because they are about two things. So nothing may speak for two things: no
other product, region, role or period, no opposite, no condition that only one of them has.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from assist.domain.base import Model
from assist.drafting.grounding.cues import OPPOSITES, QUANTITIES
from assist.drafting.grounding.measures import Value
from assist.drafting.grounding.reading import Reading, Term, read
from assist.drafting.grounding.roots import listed, root
from assist.drafting.grounding.side_by_side import (
    Pair,
    Weigh,
    denials,
    meaning,
    opposite,
    pair_of,
    share_of,
    small,
    weights,
)
from assist.drafting.grounding.two_things import one_subject, two_things
from assist.drafting.grounding.units import FREQUENCIES


class OppositionScale(Model):
    """How alike two statements must be before what differs in them is a contradiction."""

    shared: float = 0.5
    """Share of their words, by rarity, that both have, values apart."""
    alike: float = 1.42
    """That share and their cosine together."""
    clause: float = 0.5
    """The same share of the two clauses that the differing values stand in."""
    turned: float = 0.86
    """The share where no value differs, but one denies what the other says."""
    units: float = 0.7
    """The share where the two values are in different units: “60 days” and “12 months”."""
    verbatim: float = 1.75
    """Share and cosine together from which two statements are one, whatever their headings."""
    put_in: int = 2
    """Small words beside a denial that one of the two may have and the other not."""
    values: int = 3
    """Differing values: with more, the two are about two things."""


SCALE = OppositionScale()
_IDENTITY = frozenset({"code", "weekday", "ordinal", "times", "calendar"})
"""Measures of which another value means another thing, not another figure."""


class Side(NamedTuple):
    """One statement, and the title and headings that it stands under."""

    text: str
    heading: str = ""


def opposer(texts: Iterable[str]) -> Callable[[Side, Side, float], str]:
    """What compares two statements of these texts, given their cosine.

    It says how they contradict each other, or nothing.
    """
    weigh = weights([read(text) for text in texts])

    def oppose(one: Side, other: Side, cosine: float) -> str:
        pair = pair_of(read(one.text), read(other.text))
        share = share_of(pair.one.terms, pair.other.terms, weigh)
        if share < SCALE.shared or share + cosine < SCALE.alike:
            return ""
        above, beside = read(one.heading), read(other.heading)
        if two_things(pair, above, beside, weigh):
            return ""
        whole = one_subject(pair, above, beside, weigh)
        if share + cosine < SCALE.verbatim and not whole:
            return ""
        return _values_differ(pair, share, weigh) or (_turned(pair, weigh) if whole else "")

    return oppose


def _values_differ(pair: Pair, share: float, weigh: Weigh) -> str:
    """The values that differ, where all others are the same and the rest says the same."""
    mine, theirs = _valued(pair.one), _valued(pair.other)
    left = [t for t in mine if not any(_same(t, o) for o in theirs)]
    right = [t for t in theirs if not any(_same(t, o) for o in mine)]
    if any(_points(t, pair.one) for t in left) or any(_points(t, pair.other) for t in right):
        return ""
    if not left or len(left) != len(right) or len(left) > SCALE.values:
        return ""
    if opposite(pair.left, pair.right) or denials(pair.one) != denials(pair.other):
        return ""
    pairs = list(zip(left, right, strict=True))
    if share < SCALE.units and any(_measure(a) != _measure(b) for a, b in pairs):
        return ""
    if not all(_rivals(a, b) and _same_clause(a, b, pair, weigh) for a, b in pairs):
        return ""
    return " and ".join(f"“{_words(a)}” against “{_words(b)}”" for a, b in pairs)


def _points(term: Term, reading: Reading) -> bool:
    """Whether a value only names one given elsewhere: “these 60 days”."""
    before = [t.form for t in reading.terms if t.at < term.at]
    return bool(before) and before[-1] in ("this", "these", "that", "those", "such")


def _measure(term: Term) -> str:
    return term.value.measure if term.value else ""


def _valued(reading: Reading) -> list[Term]:
    return [t for t in reading.terms if t.value is not None]


def _same(one: Term, other: Term) -> bool:
    return one.value is not None and other.value is not None and one.value.same(other.value)


def _rivals(one: Term, other: Term) -> bool:
    """Whether two values are two figures for the same thing, so that only one can be right."""
    if one.value is None or other.value is None or _identifies(one.value, other.value):
        return False
    if one.value.measure in ("date", "month"):
        return other.value.measure in ("date", "month")
    return one.value.measure == other.value.measure or (
        one.value.family == other.value.family == "seconds"
    )


def _identifies(one: Value, other: Value) -> bool:
    return any(v.measure in _IDENTITY or v.text.lower() in FREQUENCIES for v in (one, other))


def _same_clause(one: Term, other: Term, pair: Pair, weigh: Weigh) -> bool:
    mine = [t for t in pair.one.terms if t.clause == one.clause]
    theirs = [t for t in pair.other.terms if t.clause == other.clause]
    bare = not meaning(mine, weigh) and not meaning(theirs, weigh)
    return bare or share_of(mine, theirs, weigh) >= SCALE.clause


def _words(term: Term) -> str:
    return term.value.text.strip() if term.value else term.form


def _turned(pair: Pair, weigh: Weigh) -> str:
    """How one denies what the other says, where next to nothing else differs."""
    if not _same_values(pair):
        return ""
    told = [(a, b) for a in pair.left for b in pair.right if b.base in _CLAIMED.get(a.base, ())]
    rest = [t for t in (*pair.left, *pair.right) if not any(t in two for two in told)]
    sides = [[t for t in r.terms if not any(t in two for two in told)] for r in pair[:2]]
    if share_of(sides[0], sides[1], weigh) < SCALE.turned:
        return ""
    rest = [t for t in rest if not small(t) and t.form not in _quantities(pair)]
    if len(rest) > SCALE.put_in or any(t.content and not t.light for t in rest):
        return ""
    apart = abs(denials(pair.one) - denials(pair.other))
    if apart == 1 and not told:
        return "one denies what the other says"
    return f"“{told[0][0].form}” against “{told[0][1].form}”" if told and not apart else ""


def _quantities(pair: Pair) -> frozenset[str]:
    """Words of both that say how much of it: “in full” is “completely”."""
    sides = [{t.form: QUANTITIES[t.form] for t in s if t.form in QUANTITIES} for s in pair[2:]]
    both = set(sides[0].values()) & set(sides[1].values())
    return frozenset(form for side in sides for form, kind in side.items() if kind in both)


_CLAIMS = frozenset(
    root(word)
    for word in listed(
        """
free paid charged allow forbid prohibit permit accept refuse reject decline include exclude
possible impossible available unavailable required mandatory optional valid invalid safe unsafe
dangerous keep delete always never automatic manual
"""
    )
)
_CLAIMED = {word: others & _CLAIMS for word, others in OPPOSITES.items() if word in _CLAIMS}
"""Opposites that say otherwise of one thing; “first” and “last” are of two."""


def _same_values(pair: Pair) -> bool:
    mine, theirs = _valued(pair.one), _valued(pair.other)
    return len(mine) == len(theirs) and all(any(_same(t, o) for o in theirs) for t in mine)
