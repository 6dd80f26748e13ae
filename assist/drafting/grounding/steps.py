"""A sentence -> its steps, and the order that its small words give them."""

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assist.drafting.grounding.reading import Reading, Term, negates
from assist.drafting.grounding.roots import listed

_STEPS = 8
"""Steps of one sentence that are looked at."""
_BEFORE = frozenset(listed("before until till"))
_AFTER = frozenset(listed("after once"))
_NEXT = frozenset(listed("then afterwards finally"))
_POINTING = frozenset(listed("that this which"))
_NO_TIME = frozenset(listed("more again other another"))
"""“Once a year”, “one after the other”."""
_SMALL = frozenset(listed("and only just right shortly but"))
_UNDER = frozenset(
    listed("before after once until which that when if while as unless where because since so")
)
"""What these open says when or why, not what to do."""


class Step(NamedTuple):
    """What is to be done, or what happens, in one part of a sentence."""

    terms: tuple[Term, ...]
    stated: bool
    """Whether it is told for itself, and not only to say when another one is due."""


class Order(NamedTuple):
    """Steps, and by their places which comes before which, and which is called first or last."""

    steps: tuple[Step, ...]
    pairs: frozenset[tuple[int, int]]
    first: frozenset[int]
    last: frozenset[int]


@functools.lru_cache(maxsize=20_000)
def in_order(reading: Reading) -> Order:
    """The steps of a sentence with the order that its small words give them."""
    steps = tuple(
        Step(part, part[0].form not in _UNDER and any(not t.light for t in part if t.content))
        for part in _parts(reading)
    )[:_STEPS]
    forms = [[t.form for t in step.terms] for step in steps]
    first = frozenset(at for at, words in enumerate(forms) if _is_first(words))
    last = frozenset(at for at, words in enumerate(forms) if words[-1] == "last")
    pairs = {pair for at in range(len(steps)) for pair in _pairs(steps, forms, at)}
    told = [at for at, step in enumerate(steps) if step.stated]
    pairs |= {(at, later) for at in first for later in told if later > at}
    pairs |= {(other, at) for at in last for other in told if other != at}
    return Order(steps, frozenset(pairs), first, last)


def _parts(reading: Reading) -> Iterator[tuple[Term, ...]]:
    """The clauses; one without a word of meaning goes with the next, “as …” with the one before."""
    current: list[Term] = []
    for clause in reading.clauses:
        joins = (
            clause.terms[0].form == "as" and clause.terms[1:2] and clause.terms[1].form != "soon"
        )
        if any(t.content for t in current) and not joins:
            kept = [current.pop()] if current[-1].form == "and" else []
            yield tuple(current)
            current = kept
        for term in clause.terms:
            if (
                term.form == "afterwards"
                and any(t.content for t in current)
                and term is not clause.terms[-1]
            ):
                yield tuple(current)
                current = []
            current.append(term)
    if current:
        yield tuple(current)


def _is_first(words: Sequence[str]) -> bool:
    return (
        words[0] == "first" or words[-1] in ("first", "beforehand") or words[:2] == ["start", "by"]
    )


def _pairs(
    steps: Sequence[Step], forms: Sequence[Sequence[str]], at: int
) -> Iterator[tuple[int, int]]:
    """What the word that opens or closes a step says of it and of the one it goes with."""
    opening = _opening(forms[at])
    before = next((n for n in range(at - 1, -1, -1) if steps[n].stated), at - 1)
    main = before if at else 1
    if opening in ("before", "after") and 0 <= main < len(steps):
        if not any(negates(form) for form in forms[main][:4]):
            yield (main, at) if opening == "before" else (at, main)
    elif at and (opening == "then" or forms[at][-1] == "afterwards"):
        yield before, at


def _opening(words: Sequence[str]) -> str:
    """`before`, `after` or `then`: of “and only after” the second, of “and after that” the last."""
    denied = False
    for at, form in enumerate(words[:4]):
        following = words[at + 1] if at + 1 < len(words) else ""
        if form in _BEFORE | _AFTER:
            if (
                not following
                or following in _NO_TIME
                or (form == "once" and following.partition(" ")[0] in ("a", "and", "or"))
                or (following == "the" and words[at + 2 : at + 3] == ["other"])
            ):
                return ""
            if following in _POINTING:
                return "then" if form in _AFTER else ""
            return "before" if (form in _BEFORE) != denied else "after"
        if form in _NEXT:
            return "then"
        denied = denied or negates(form)
        if form not in _SMALL and not negates(form):
            return ""
    return ""
