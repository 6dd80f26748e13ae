"""Conditions and restrictions that a sentence leaves out of a claim, or makes up."""

import itertools
from collections.abc import Iterator

from assist.drafting.grounding.amounts import Doubt
from assist.drafting.grounding.claims import Claim, Claims, coverage
from assist.drafting.grounding.cues import LIMITING, ONLY
from assist.drafting.grounding.reading import Reading
from assist.drafting.grounding.roots import listed, root
from assist.drafting.grounding.turns import paired


def condition_doubts(
    reading: Reading, claim: Claim, known: Claims, union: frozenset[str]
) -> Iterator[Doubt]:
    """Conditions of the claim that the sentence leaves out, and those that it makes up."""
    for clause in reading.clauses:
        content = [t for t in clause.terms if t.content]
        solid = [t for t in content if not t.light]
        if clause.forms & LIMITING and solid and coverage(content, union, known) < 0.5:
            yield Doubt("condition_added", "the source names no such condition")
    if any(c.forms & _STRONG for c in reading.clauses) and not claim.reading.forms & _CONDITIONAL:
        yield Doubt("condition_new", "the source makes no condition of it")
    used = [c for _, c in paired(reading, claim, known)]
    own = any(c.opener in _STRONG for c in reading.clauses)
    for clause in claim.reading.clauses:
        content = [t for t in clause.terms if t.content]
        limits = clause.opener in LIMITING or bool(clause.forms & ONLY)
        if not limits or not content or clause in used:
            continue
        if coverage(content, reading.keys, known) < 0.25:
            kind = "condition_dropped" if clause.forms & _STRONG else "time_dropped"
            if own and kind == "condition_dropped":
                kind = "condition_changed"
            yield Doubt(kind, f"the source adds “{' '.join(t.form for t in clause.terms)}”")


def limit_doubts(reading: Reading, claim: Claim, known: Claims) -> Iterator[Doubt]:
    """Limits and second conditions that a claim adds to what the sentence takes from it."""
    used = {id(c): c for _, c in paired(reading, claim, known)}
    for clause in used.values():
        for before, term in itertools.pairwise(clause.terms):
            value = term.value
            if value is None or before.form not in _LIMITS or value.measure == "code":
                continue
            if not any(value.same(v) for v in reading.values):
                yield Doubt("limit_dropped", f"the source adds “{before.form} {value.text}”")
        left = [t for t in clause.terms if t.content and not t.light and t.key not in reading.keys]
        if clause.forms & _STRONG and len(left) > 1:
            yield Doubt("condition_cut", f"the source adds “{' '.join(t.form for t in left)}”")


_LIMITS = frozenset(listed("within during until before after under first"))

RESTRICTING = frozenset(
    root(word)
    for word in listed(
        """
unused unopened undamaged original registered private business standard express faulty paid
active valid confirmed verified eligible qualified certified unregistered free new used
domestic international regular annual yearly monthly first unexpired written authorized
trained licensed senior previous sealed complete
"""
    )
)


def scope_doubts(reading: Reading, claim: Claim) -> Iterator[Doubt]:
    """“An unused device” said as “a device”."""
    mine = {t.base for t in reading.terms}
    for one, other in itertools.pairwise(claim.reading.terms):
        if (
            one.base in RESTRICTING
            and one.base not in mine
            and other.content
            and other.base in mine
        ):
            yield Doubt("scope_dropped", f"the source says it of “{one.form} {other.form}”")


_STRONG = frozenset(
    listed(
        """
if unless except only provided providing excluding
"""
    )
)
_CONDITIONAL = _STRONG | frozenset(
    listed("when whenever where once until without within after before during with for from while")
)
