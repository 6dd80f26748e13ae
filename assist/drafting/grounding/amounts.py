"""Values of a sentence against those of the claims: is each one said of the same thing?

A value has support where a claim gives it in the company of the same words, and it is changed
where another value of its kind keeps that company better.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assist.drafting.grounding.claims import Claim, Claims
from assist.drafting.grounding.reading import Reading, Term, negates

_ELSEWHERE, _HEADING = 0.55, 0.3
_BESIDE = 0.12
_MATCHES = 0.34
_MARGIN = 0.10
_MARGIN_BESIDE = 0.25
"""Values of one claim may be a list of which a sentence takes one: "$300, £240 or €280"."""
_AS_MEASURED = 0.05
_UNNAMED = 0.2


class Doubt(NamedTuple):
    """Something that speaks against a sentence: its kind, the words for a person, how grave."""

    kind: str
    why: str


_LOWER = re.compile(
    r"\b(?:at least|no less than|not less than|no fewer than|minimum(?: of)?|more than|longer than|"
    r"larger than|higher than|greater than|over|above|exceed(?:s|ing)?|beyond|"
    r"after|later than|starting(?: at| from)?|since|from)"
    r"\s(?:(?:the|an?|about|around|roughly|some|another|first)\s){0,2}$",
    re.IGNORECASE,
)
_UPPER = re.compile(
    r"\b(?:at most|no more than|not more than|no longer than|no later than|maximum(?: of)?|max|"
    r"up to|(?:older|earlier|sooner) than|"
    r"within|less than|fewer than|shorter than|smaller than|lower than|under|below|until|before|by|"
    r"not exceed(?:ing)?|limited to|as long as|as late as|as much as|as many as|inside|"
    r"maximum of|cap of|limit of)\s(?:(?:the|an?|about|around|roughly|some|another|next)\s){0,2}$",
    re.IGNORECASE,
)
_LOWER_AFTER = re.compile(
    r"^\s?(?:or|and|and/or)\s(?:more|over|above|longer|older|newer|later|higher)\b|^\s?(?:minimum|\+)",
    re.IGNORECASE,
)
_UPPER_AFTER = re.compile(
    r"^\s?(?:or|and)\s(?:less|fewer|under|below|sooner|earlier|lower)\b|"
    r"^\s?(?:at most|maximum|max\b|or so at most)|^\s?at the latest",
    re.IGNORECASE,
)


def bound(text: str, term: Term) -> str:
    """`lower`, `upper` or neither: how a sentence bounds the value."""
    if term.value is None or term.value.measure == "code":
        return ""
    before, after = (
        text[max(0, term.value.start - 40) : term.value.start],
        text[term.value.end : term.value.end + 20],
    )
    upper, lower = _UPPER.search(before), _LOWER.search(before)
    if upper or _UPPER_AFTER.search(after):
        return "lower" if upper and _denied(before[: upper.start()]) else "upper"
    if lower or _LOWER_AFTER.search(after):
        return "upper" if lower and _denied(before[: lower.start()]) else "lower"
    return ""


def _denied(before: str) -> bool:
    """Whether what stands before a bound denies it: “not older than 3 months” is an upper one."""
    return any(negates(form) for form in before.lower().replace("’", "'").split()[-3:])


def company(value: Term, reading: Reading, beside: Term, claim: Claim, known: Claims) -> float:
    """How much of the company a value keeps in a sentence another keeps in a claim, 0 to 1."""
    theirs = _own_words(beside.at, claim.reading) or claim.reading.content
    whole = shared = 0.0
    for term in reading.terms:
        if not term.content or term.value is not None:
            continue
        weight = known.weight(term) * (1.0 if term.clause == value.clause else _ELSEWHERE)
        whole += weight
        if term.key in theirs:
            shared += weight
        elif term.key in claim.reading.keys:
            shared += _ELSEWHERE * weight
        elif term.key in claim.heading:
            shared += _HEADING * weight
    near = _neighbors(value.at, reading) & _neighbors(beside.at, claim.reading)
    alike = (
        value.value is not None
        and beside.value is not None
        and value.value.measure == beside.value.measure
    )
    return (shared / whole if whole else 0.0) + _BESIDE * len(near) + _AS_MEASURED * alike


@functools.lru_cache(maxsize=20_000)
def _own_words(at: int, reading: Reading) -> frozenset[str]:
    """The words of a value's clause, without those that go with another value in it.

    Of "standard costs $4 and express costs $9" each has its own; of "$300, £240 or €280" all have
    the same.
    """
    value = next(t for t in reading.terms if t.at == at)
    clause = [t for t in reading.terms if t.clause == value.clause]
    parts: list[list[Term]] = [[]]
    for term in clause:
        if term.form in _JOINING and any(t.value for t in parts[-1]):
            parts.append([])
        parts[-1].append(term)
    part = next(part for part in parts if any(t is value for t in part))
    own = frozenset(t.key for t in part if t.content and t.value is None)
    first = any(t.content and t.value is None for t in parts[0])
    if own:
        return own
    return frozenset(t.key for t in clause if t.content and t.value is None) if first else _NONE


_JOINING = frozenset({"and", "or", "but", "while", "plus"})
_NONE: frozenset[str] = frozenset()


@functools.lru_cache(maxsize=20_000)
def _neighbors(at: int, reading: Reading) -> frozenset[tuple[int, str]]:
    """The words right before and after a value."""
    number = next(n for n, t in enumerate(reading.terms) if t.at == at)
    around = ((-1, number - 1), (1, number + 1))
    return frozenset(
        (side, reading.terms[n].key) for side, n in around if 0 <= n < len(reading.terms)
    )


def value_doubts(reading: Reading, known: Claims, told: Reading) -> Iterator[Doubt]:
    """Values that no claim gives, or gives of something else, or bounds otherwise."""
    mine = [t for t in reading.terms if t.value is not None]
    theirs = [(t, c) for c in known.all for t in c.reading.terms if t.value is not None]
    for term in mine:
        value = term.value
        if value is None or any(value.same(v) for v in told.values):
            continue
        same = [
            (company(term, reading, t, c, known), t, c)
            for t, c in theirs
            if t.value and t.value.same(value)
        ]
        other = [
            (company(term, reading, t, c, known) - _UNNAMED * _unnamed(reading, c, same), t, c)
            for t, c in theirs
            if t.value
            and not t.value.same(value)
            and t.value.comparable(value)
            and not any(t.value.same(m.value) for m in mine if m.value)
        ]
        best, rival = max(same, default=None, key=_first), max(other, default=None, key=_first)
        beside = best is not None and rival is not None and _listed_beside(best, rival)
        margin = _MARGIN_BESIDE if beside else _MARGIN
        kept = best is not None and rival is not None and _stands_so(term, reading, best, rival)
        if best is None or (rival is not None and rival[0] > best[0] + margin and not kept):
            if rival is not None and rival[0] >= _MATCHES:
                yield Doubt(
                    "changed_value", f"“{value.text}”, where the source says “{_shown(rival[1])}”"
                )
            elif best is None and not _loose(term):
                yield Doubt("new_value", f"“{value.text}” is in no source")
            elif best is None and term.form not in ("one", "half"):
                yield Doubt("loose_value", f"“{value.text}” is in no source")
        elif best is not None:
            yield from _bounded(term, reading, best, same)


def _bounded(
    term: Term,
    reading: Reading,
    best: tuple[float, Term, Claim],
    same: Sequence[tuple[float, Term, Claim]],
) -> Iterator[Doubt]:
    """A value with another bound than it has wherever it keeps nearly the same company."""
    value = term.form
    one = bound(reading.text, term)
    near = [(t, c) for fit, t, c in same if fit >= best[0] - _MARGIN_BESIDE]
    bounds = {bound(c.reading.text, t) for t, c in near}
    two = bound(best[2].reading.text, best[1])
    if one in bounds:
        return
    if one and two:
        yield Doubt("changed_value", f"“{value}” is bounded the other way in the source")
    elif best[0] >= _MATCHES:
        yield Doubt("bound", f"“{value}” is bounded otherwise in the source")


def _unnamed(reading: Reading, claim: Claim, same: Sequence[tuple[float, Term, Claim]]) -> int:
    """How many names of the sentence a claim lacks that another with the same value has."""
    names = {t.key for t in reading.terms if t.named} - claim.reading.keys
    return max((len(names & c.reading.keys) for _, _, c in same), default=0)


def _listed_beside(best: tuple[float, Term, Claim], rival: tuple[float, Term, Claim]) -> bool:
    one, other = best[1].value, rival[1].value
    return (
        best[2] is rival[2]
        and one is not None
        and other is not None
        and (one.measure != other.measure)
    )


def _stands_so(
    term: Term,
    reading: Reading,
    best: tuple[float, Term, Claim],
    rival: tuple[float, Term, Claim],
) -> bool:
    """Whether in one claim the same value stands beside the same words, and the other does not."""
    mine = _neighbors(term.at, reading)
    same = mine & _neighbors(best[1].at, best[2].reading)
    return best[2] is rival[2] and bool(same - _neighbors(rival[1].at, rival[2].reading))


def _first(found: tuple[float, Term, Claim]) -> float:
    return found[0]


def _shown(term: Term) -> str:
    return term.value.text if term.value else term.form


def _loose(term: Term) -> bool:
    """A small number or an ordinal in words may only count what the sources list."""
    value = term.value
    return (
        value is not None
        and value.measure in ("number", "ordinal", "times")
        and not any(c.isdigit() for c in value.text)
    )
