"""How a sentence stands to each of its words: denied or not, and under which “may” or “must”.

The clause of the sentence is laid beside the clause of the near claims that shares most with it,
and what both say is compared word by word, so that “sessions still expire” meets “sessions do not
expire” however long the rest is.
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from assist.drafting.grounding.claims import Claim, Claims
from assist.drafting.grounding.cues import DENYING
from assist.drafting.grounding.reading import Clause, Reading, negates
from assist.drafting.grounding.roots import listed, root

_CLAIMS = 3
_LEAST = 0.5
"""Share of a clause's words that two clauses have in common to be about the same."""
_RIVAL = 0.7
"""Part of the best fit from which another clause may say the same as well."""
_FIRST = 0.4
"""The same, of another clause of the nearest claim."""
_ENDS = frozenset(listed("but and so because though although yet however which"))
_MODALS: dict[str, str] = {
    **dict.fromkeys(listed("may might can could able allowed permitted free"), "may"),
    **dict.fromkeys(listed("should ought recommend recommended advise"), "should"),
    **dict.fromkeys(listed("must need needs needed required require requires obliged"), "must"),
    **dict.fromkeys(listed("will shall always i'll we'll you'll"), "will"),
}
_REFUSING = frozenset(
    root(word)
    for word in listed(
        "fail refuse deny decline reject lack unable prevent prohibit forbid exclude stop avoid "
        "impossible refrain"
    )
)
_HAVE = frozenset(listed("have has had having"))
_FREEING = frozenset(listed("need needs needed required require requires obliged"))
"""Of these a denial sets free, of the rest it forbids: “need not”, “must not”."""


_WITHOUT = frozenset({"free of", "instead of", "rather than"})


class Stance(NamedTuple):
    """Of one word: whether it is denied, under which modal it stands, and if denial frees."""

    denied: bool
    modal: str
    freed: bool
    without: bool = False
    """Denied by “without” or “instead of”, which deny no more than a word."""


@functools.lru_cache(maxsize=20_000)
def stances(reading: Reading) -> tuple[Mapping[str, Stance], ...]:
    """By clause: the stance to each word of meaning, by its key."""
    found: list[Mapping[str, Stance]] = []
    denied = False
    for clause in reading.clauses:
        if not _continues(clause):
            denied = False
        part, denied = _stances(clause, denied=denied)
        found.append(part)
    return tuple(found)


_SUBJECTS = frozenset(
    listed("i you we they he she it this that these those your our their the a an")
)
_LISTED = 6
"""Words of the longest part over whose comma a denial reaches: “not charged, opened or mailed”."""


def _continues(clause: Clause) -> bool:
    first = clause.terms[0]
    opens = bool(clause.opener) or first.form in _ENDS or first.form in _SUBJECTS
    return first.value is not None or (not opens and len(clause.terms) <= _LISTED)


def _stances(clause: Clause, *, denied: bool) -> tuple[dict[str, Stance], bool]:
    """The stances in one clause, and whether what follows its comma is denied too."""
    part: dict[str, Stance] = {}
    modal, left, once = "", 0, False
    turned = False
    forms = [t.form for t in clause.terms]
    freeing = any(
        f in _FREEING or (f in _HAVE and forms[at + 1 : at + 2] == ["to"])
        for at, f in enumerate(forms)
    )
    for at, term in enumerate(clause.terms):
        following = clause.terms[at + 1].form if at + 1 < len(clause.terms) else ""
        if term.form in _ENDS:
            denied = turned = False
        if term.form == "without":
            once = True
        elif negates(term.form):
            denied = True
        bound = _MODALS.get(term.form, "must" if term.form in _HAVE and following == "to" else "")
        if bound:
            modal, left = bound, 2
        if term.content and term.value is None:
            said = (denied or once) != turned
            part.setdefault(term.key, Stance(said, modal if left else "", freeing and said, once))
            left -= left > 0 and not bound
            once = False
        once = once or f"{term.form} {following}" in _WITHOUT
        turned = turned or term.base in _REFUSING
    return part, denied


@functools.lru_cache(maxsize=20_000)
def _waiting(reading: Reading) -> bool:
    return bool(reading.forms & _TURNING)


_TURNING = frozenset(listed("until unless except only before otherwise first last"))
"""With these a denial says what another sentence says without it: “not … until”, “only after”."""


def turned(reading: Reading, near: Sequence[Claim], known: Claims) -> frozenset[str]:
    """What has turned, by kind: `denied_added`, `may_to_must`, and so on."""
    pairs = zip(reading.clauses, stances(reading), strict=True)
    return frozenset(
        kind for clause, mine in pairs for kind in _against(clause, mine, reading, near, known)
    )


class _Other(NamedTuple):
    """A clause of a claim that may be what the sentence's clause says, and how well it fits."""

    fit: float
    rank: int
    clause: Clause
    stances: Mapping[str, Stance]
    elsewhere: bool
    """Whether another part of its claim denies something, or says that it is free."""
    waits: bool
    """Whether one of the two has a word of time with which a denial says what the other says."""


def _against(
    clause: Clause,
    mine: Mapping[str, Stance],
    reading: Reading,
    near: Sequence[Claim],
    known: Claims,
) -> Iterator[str]:
    """What has turned of a word against every clause that fits and has the word."""
    weights = {t.key: known.weight(t) for t in clause.terms if t.content}
    others = [
        _Other(fit, rank, _whole(claim, other), theirs, _elsewhere(claim), _waits(reading, claim))
        for rank, claim in enumerate(near[:_CLAIMS])
        for other, theirs in zip(claim.reading.clauses, stances(claim.reading), strict=True)
        if (fit := _fit(weights, clause, other, known)) > 0
    ]
    closest = max((other.fit for other in others), default=0.0)
    denied = _beside(clause, reading), _denied([o.stances for o in others])
    for key, stance in mine.items():
        having = [o for o in others if key in o.stances and o.fit >= _LEAST * closest]
        having = having or _repeated(key, reading, near[0])
        most = max((other.fit for other in having), default=0.0)
        among = [o for o in having if o.fit >= (_RIVAL if o.rank else _FIRST) * most]
        kinds = [frozenset(_turn(key, clause, stance, other, denied)) for other in among]
        if kinds:
            yield from frozenset.intersection(*kinds)


def _repeated(key: str, reading: Reading, claim: Claim) -> list[_Other]:
    """The clauses of the nearest claim that have a word, where it says nearly all of the sentence.

    “Keeps its plunger pulled in, hums and can burn out” is as close to “will burn out” as it gets.
    """
    if len(reading.content & claim.reading.keys) < _REPEATED * len(reading.content):
        return []
    waits = _waits(reading, claim)
    pairs = zip(claim.reading.clauses, stances(claim.reading), strict=True)
    return [
        _Other(1.0, 0, c, found, _elsewhere(claim), waits) for c, found in pairs if key in found
    ]


_REPEATED = 0.8


def _beside(clause: Clause, reading: Reading) -> frozenset[str]:
    """The words denied in the part of the sentence, up to an “and”, that a clause is in."""
    at = reading.clauses.index(clause)
    start = next((n for n in range(at, 0, -1) if reading.clauses[n].terms[0].form in _JOINS), 0)
    parts = stances(reading)
    later = range(start + 1, len(parts))
    end = next((n for n in later if reading.clauses[n].terms[0].form in _JOINS), len(parts))
    return _denied(parts[start:end])


_JOINS = frozenset(listed("and but so"))


def _waits(reading: Reading, claim: Claim) -> bool:
    return _waiting(reading) != _waiting(claim.reading)


def _elsewhere(claim: Claim) -> bool:
    return "free" in claim.reading.forms or any(c.negators for c in claim.reading.clauses)


def _whole(claim: Claim, clause: Clause) -> Clause:
    """A cell with the denials of its whole row, since a “no” stands in a cell of its own."""
    if not claim.quote.startswith("|"):
        return clause
    return replace(clause, negators=sum(c.negators for c in claim.reading.clauses))


def _denied(parts: Sequence[Mapping[str, Stance]]) -> frozenset[str]:
    return frozenset(key for part in parts for key, stance in part.items() if stance.denied)


def _turn(
    key: str,
    clause: Clause,
    one: Stance,
    other: _Other,
    denied: tuple[frozenset[str], frozenset[str]],
) -> Iterator[str]:
    """How one word that both clauses have is said otherwise.

    Where both sides deny a word they have, they may deny the same in other words.
    """
    two = other.stances[key]
    if one.without or two.without:
        return
    late = "_waits" if other.waits else ""
    alike = denied[0] & denied[1]
    if one.denied and not two.denied and not _denies(other.clause, clause) and not alike:
        yield "denied_added_beside" if other.elsewhere else f"denied_added{late}"
    elif two.denied and not one.denied and not _denies(clause, other.clause) and not alike:
        yield f"denied_dropped{late}"
    elif one.denied and two.denied and one.freed != two.freed:
        yield "freed_forbidden"
    elif one.denied == two.denied and one.modal != two.modal and not one.denied:
        yield f"{two.modal or 'plain'}_to_{one.modal or 'plain'}"


def _denies(clause: Clause, other: Clause) -> bool:
    """Whether a clause denies anything, be it by a word such as “refuse” that the other has not."""
    theirs = {t.base for t in other.terms}
    return clause.negators > 0 or any(
        t.base in DENYING and t.base not in theirs for t in clause.terms
    )


def _fit(weights: Mapping[str, float], clause: Clause, other: Clause, known: Claims) -> float:
    """How much two clauses have in common beside what they have not; 0 where too little."""
    if (other.terms[0].form == "because") != (clause.terms[0].form in ("because", "since", "as")):
        return 0.0
    keys = {t.key: known.weight(t) for t in other.terms if t.content}
    same = sum(weight for key, weight in weights.items() if key in keys)
    several = sum(key in keys for key in clause.keys) > 1
    if not same or not (several or same >= 0.9 * min(sum(weights.values()), sum(keys.values()))):
        return 0.0
    share = max(same / sum(weights.values()), 0.9 * same / sum(keys.values()))
    left = sum(w for key, w in keys.items() if key not in weights)
    return max(0.05, same - 0.2 * left) if share >= _LEAST else 0.0
