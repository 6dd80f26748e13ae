"""What turns a claim into another: denial, opposites, duty, certainty, quantity, conditions, roles.

A clause of the sentence is compared with the clause of the claim that shares its words.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from assist.drafting.grounding.amounts import Doubt
from assist.drafting.grounding.claims import Claim, Claims, coverage
from assist.drafting.grounding.cues import (
    CERTAIN,
    HEDGES,
    ONLY,
    OPPOSITES,
    QUANTITIES,
    SURE,
)
from assist.drafting.grounding.reading import Clause, Reading, negates
from assist.drafting.grounding.stance import turned

SAME = 0.6
"""Share of a clause's words that the other must have before the two are compared."""


def paired(reading: Reading, claim: Claim, known: Claims) -> Iterator[tuple[Clause, Clause]]:
    """Each clause of the sentence with the claim's clause that shares most with it."""
    for clause in reading.clauses:
        content = [t for t in clause.terms if t.content]
        if not content:
            continue
        shares = [
            (coverage(content, frozenset(t.key for t in c.terms), known), -len(c.terms), c)
            for c in claim.reading.clauses
        ]
        share, _, other = max(shares, key=lambda s: s[:2], default=(0.0, 0, None))
        if other is not None and share >= SAME:
            yield clause, other


def turn_doubts(reading: Reading, near: Sequence[Claim], known: Claims) -> Iterator[Doubt]:
    """What of the sentence says otherwise than the claim nearest to it."""
    claim = near[0]
    for clause, other in paired(reading, claim, known):
        yield from _duty(clause, other)
        yield from _certainty(clause.forms, other.forms)
        if other.forms & ONLY and not reading.forms & ONLY and not _only_in_time(claim.reading):
            yield Doubt("only_dropped", "the source says “only”")
    yield from _surer(reading, near)
    if reading.forms & ONLY and not claim.reading.forms & ONLY and not _only_in_time(reading):
        yield Doubt("only_added", "the source does not say “only”")
    for kind in sorted(turned(reading, near, known)):
        if kind in _WHY:
            yield Doubt(kind, _WHY[kind])
    yield from _turned_in_time(reading, claim)
    yield from _opposites(reading, claim)


def _surer(reading: Reading, near: Sequence[Claim]) -> Iterator[Doubt]:
    """“Always” where no claim says so; “must” where the claims let one choose, and so on."""
    theirs = frozenset().union(*(c.reading.forms for c in near[:2]))
    if reading.forms & SURE and not theirs & SURE:
        yield Doubt("certainty", "the source is less certain")
    mine, others = _duties(reading), frozenset().union(*(_duties(c.reading) for c in near[:2]))
    denied = any(c.negators for c in reading.clauses) or any(
        k.negators for c in near[:2] for k in c.reading.clauses
    )
    if "must" in mine and "may" in others and "must" not in others and not denied:
        yield Doubt("obliged", "the sentence says “must”, the source “may”")
    if "may" in mine and "must" in others and "may" not in others and not denied:
        yield Doubt("freed", "the sentence says “may”, the source “must”")


def _duties(reading: Reading) -> frozenset[str]:
    return frozenset().union(*(c.duties for c in reading.clauses))


def _only_in_time(reading: Reading) -> bool:
    """“Only after” and “only then” order steps and leave nobody out."""
    forms = [t.form for t in reading.terms]
    behind = [b for a, b in itertools.pairwise(forms) if a in ONLY]
    return all(form in ("after", "then", "when", "once", "if") for form in behind)


def _turned_in_time(reading: Reading, claim: Claim) -> Iterator[Doubt]:
    """“Before the test” for “after the test”; “our cost” for “your cost”."""
    for sides, why in _SIDES:
        mine, theirs = _behind(reading, sides), _behind(claim.reading, sides)
        for key in sorted(mine.keys() & theirs.keys()):
            if not mine[key] & theirs[key]:
                yield Doubt("opposite", why)


_SIDES: tuple[tuple[tuple[frozenset[str], ...], str], ...] = (
    (
        (frozenset({"before", "until", "till"}), frozenset({"after", "once", "since", "when"})),
        "before and after are exchanged",
    ),
    ((frozenset({"our"}), frozenset({"your"})), "whose it is has changed"),
)


def _behind(reading: Reading, sides: Sequence[frozenset[str]]) -> dict[str, set[int]]:
    """Which side the first word of meaning behind each word of a side belongs to."""
    found: dict[str, set[int]] = {}
    for at, term in enumerate(reading.terms):
        side = next((n for n, forms in enumerate(sides) if term.form in forms), None)
        if side is not None and at and negates(reading.terms[at - 1].form):
            side = 1 - side  # “never before” is “after”
        follows = next(
            (t for t in reading.terms[at + 1 : at + 5] if t.content and t.clause == term.clause),
            None,
        )
        if side is not None and follows is not None:
            found.setdefault(follows.key, set()).add(side)
    return found


_WHY = {
    "denied_added": "the source does not deny this",
    "denied_moved": "the source denies something else",
    "denied_dropped": "the source denies this",
    "may_to_must": "the sentence says “must”, the source “may”",
    "may_to_will": "the source says it only may be so",
    "may_to_should": "the sentence says “should”, the source “may”",
    "must_to_may": "the sentence says “may”, the source “must”",
    "freed_forbidden": "what need not be is not what must not be",
}
"""What is said of a turn to a person; the others only count for the probability."""


_DUTY_CLASHES = {
    ("must", "may"), ("may", "must"), ("should", "must"), ("must", "should"), ("may", "should"),
    ("should", "may"), ("will", "may"),
}  # fmt: skip
"""(sentence, source)."""


def _duty(clause: Clause, other: Clause) -> Iterator[Doubt]:
    if clause.negators or other.negators:
        return
    for mine in clause.duties - other.duties:
        for theirs in other.duties - clause.duties:
            if (mine, theirs) in _DUTY_CLASHES:
                yield Doubt("modality", f"the sentence says “{mine}”, the source “{theirs}”")


def _certainty(mine: frozenset[str], theirs: frozenset[str]) -> Iterator[Doubt]:
    """Between the words of two clauses."""
    if mine & CERTAIN and not theirs & CERTAIN:
        yield Doubt("certainty", "the source is less certain")
    if theirs & HEDGES and not mine & HEDGES:
        yield Doubt("unhedged", "the source says it only may be so")
    if mine & HEDGES and not theirs & HEDGES:
        yield Doubt("hedged", "the source says it without may or usually")
    quantity = {QUANTITIES[f] for f in mine if f in QUANTITIES}
    others = {QUANTITIES[f] for f in theirs if f in QUANTITIES}
    if quantity and others and not quantity & others:
        yield Doubt("quantity", "all and some are not the same")
    elif quantity == {"all"} and not others and not theirs & _WHOLE:
        yield Doubt("all_added", "the source does not say that of all")


_WHOLE = frozenset({"whichever", "whatever", "any", "each", "full", "every", "no", "none"})


def _fewer(reading: Reading, other: Reading) -> frozenset[str]:
    """Roots that the sentence has less often than its claim: of two “later” one may be changed."""
    mine = Counter(t.base for t in reading.terms)
    theirs = Counter(t.base for t in other.terms)
    return frozenset(base for base, n in theirs.items() if n > mine[base] > 0)


def _opposites(reading: Reading, claim: Claim) -> Iterator[Doubt]:
    mine, theirs = reading.bases, claim.reading.bases
    for key in mine - theirs:
        met = OPPOSITES.get(key, frozenset()) & (theirs - mine | _fewer(reading, claim.reading))
        priced = "fre" in (key, *met) and any(
            c.negators for c in (*reading.clauses, *claim.reading.clauses)
        )
        if met and not priced:  # “you do not pay for it” and “it is free” are one
            pair = min(met)
            here = sum(c.negators for c in reading.clauses if any(t.base == key for t in c.terms))
            there = sum(
                c.negators for c in claim.reading.clauses if any(t.base == pair for t in c.terms)
            )
            flipped = here % 2 != there % 2
            yield Doubt("opposite_denied" if flipped else "opposite", f"“{key}” for “{min(met)}”")
