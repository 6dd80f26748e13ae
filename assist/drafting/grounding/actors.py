"""Who does it: the actor before each verb, in the sentence and in its claims."""

import functools
from collections.abc import Iterator, Sequence

from assist.drafting.grounding.amounts import Doubt
from assist.drafting.grounding.claims import Claim
from assist.drafting.grounding.kin import class_of
from assist.drafting.grounding.reading import Reading, Term
from assist.drafting.grounding.roots import listed, root

_PERSONS = {
    **dict.fromkeys(listed("i we us i'll we'll we're we've"), "we"),
    **dict.fromkeys(listed("you you'll you've you're you'd customer customers"), "you"),
    **dict.fromkeys(listed("agent agents team staff adviser advisers"), "staff"),
}
_BE = frozenset(listed("is are was were be been being get gets got isn't aren't wasn't weren't"))
_REACH = 6
"""Words from an actor to its verb."""


@functools.lru_cache(maxsize=20_000)
def actors(reading: Reading) -> dict[str, frozenset[str]]:
    """Actors by the root of what they do; of a passive, whoever stands behind “by”."""
    found: dict[str, set[str]] = {}
    for clause in reading.clauses:
        for at, term in enumerate(clause.terms):
            who = _actor(term)
            if not who:
                continue
            before = clause.terms[at - 1].form if at else ""
            if before == "by" or (at > 1 and clause.terms[at - 2].form == "by"):
                done = next((t for t in clause.terms[at - 1 :: -1] if _does(t)), None)
            elif before in _PREPOSITIONS or (at > 1 and clause.terms[at - 2].form in _PREPOSITIONS):
                continue
            else:
                done = _done(clause.terms[at + 1 : at + 1 + _REACH])
            if done is not None:
                found.setdefault(done.key, set()).add(who)
    return {key: frozenset(who) for key, who in found.items()}


_SUFFERED = frozenset(listed("paid sent told put kept lent sold shown held let met read"))
CUSTOMERS = frozenset(
    root(word)
    for word in listed(
        "guest member owner user buyer passenger viewer tenant sender recipient person people"
    )
)
"""Whoever a reply may call “you”."""
_PREPOSITIONS = frozenset(listed("to for from with of at in on via than"))


_OURS = frozenset({"we", "staff"})


def _actor(term: Term) -> str:
    if term.form in _PERSONS:
        return _PERSONS[term.form]
    return term.base if class_of(term.form) == "actor" else ""


def _does(term: Term) -> bool:
    return (
        term.content
        and not term.light
        and term.value is None
        and not term.named
        and not _actor(term)
    )


def _done(behind: Sequence[Term]) -> Term | None:
    """The first word of meaning behind an actor, where it is not what happens to the actor."""
    for at, term in enumerate(behind):
        if _actor(term):
            return None
        if _does(term):
            suffers = (
                at
                and behind[at - 1].form in _BE
                and (term.form.endswith(("ed", "en")) or term.form in _SUFFERED)
            )
            return None if suffers else term
    return None


def actor_doubts(reading: Reading, near: Sequence[Claim]) -> Iterator[Doubt]:
    """Who does something else's part in the sentence than in its claims."""
    mine = actors(reading)
    theirs: dict[str, set[str]] = {}
    for claim in near:
        for key, who in actors(claim.reading).items():
            theirs.setdefault(key, set()).update(who)
    for key in sorted(mine.keys() & theirs.keys()):
        one, other = mine[key], theirs[key]
        alike = any(side & one and side & other for side in (_OURS, CUSTOMERS | {"you"}))
        if not one & other and not alike:
            yield Doubt("actor", f"{min(one)} for {min(other)}: who does it has changed")
