"""Names and words of a closed kind, compared like values: is what is said said of the same one?

“The courier collects it” is doubted where the claim that says so says it of the bank, and so is
“in the UK” where the claim is about the US.
"""

import functools
import re
from collections.abc import Iterator, Mapping

from assist.drafting.grounding.actors import CUSTOMERS
from assist.drafting.grounding.amounts import Doubt
from assist.drafting.grounding.claims import Claim, Claims
from assist.drafting.grounding.kin import class_of
from assist.drafting.grounding.reading import Reading, Term

_MARGIN, _MATCHES = 0.15, 0.45
_ELSEWHERE, _HEADING, _ONLY_HEADED = 0.5, 0.4, 0.05
_NUMBERED = re.compile(r"^\w[\w'’-]*\s\d{1,4}$")


def kin(term: Term) -> str:
    """The class whose members cannot stand for each other, empty where the word has none."""
    if term.value is not None or not term.content:
        return ""
    if _NUMBERED.match(term.form):
        return "product"
    return class_of(term.form) or ("name" if term.named else "")


def name_doubts(reading: Reading, known: Claims, told: Reading) -> Iterator[Doubt]:
    """Names that the claim which fits best has not, where it has another of the kind."""
    mine = [(t, kind) for t in reading.terms if (kind := kin(t))]
    for term, kind in mine:
        if term.key in told.keys or any(t.key == term.key for t in reading.terms if t.at < term.at):
            continue
        same, rival = 0.0, (0.0, "")
        for claim in known.all:
            here = term.key in claim.reading.keys
            others = [] if here else _rivals(kind, reading, claim)
            if not here and not others and term.key not in claim.heading:
                continue
            fit = _company(term, reading, claim, known)
            if not others:
                same = max(same, fit if here else fit - _ONLY_HEADED)
            elif fit > rival[0]:
                rival = fit, others[0]
        if rival[0] >= _MATCHES and rival[0] > same + _MARGIN:
            grade = "other_name" if kind == "name" else "other_thing"
            grade = f"{grade}_by_far" if rival[0] > same + 3 * _MARGIN else grade
            yield Doubt(grade, f"“{term.form}”, where the source says “{rival[1]}”")
        elif not same and term.base not in CUSTOMERS:
            yield Doubt(f"new_{_GRADE.get(kind, 'name')}", f"no source speaks of “{term.form}”")


_GRADE = {"product": "product", "region": "region", "actor": "actor"}


def _rivals(kind: str, reading: Reading, claim: Claim) -> list[str]:
    """Others of the kind that the claim names and the sentence does not."""
    of_kind = _by_kind(claim.reading).get(kind, ())
    return [t.form for t in of_kind if t.key not in reading.keys]


@functools.lru_cache(maxsize=20_000)
def _by_kind(reading: Reading) -> Mapping[str, tuple[Term, ...]]:
    """The terms of a reading that are of a class, by it, in order."""
    found: dict[str, tuple[Term, ...]] = {}
    for term in reading.terms:
        if kind := kin(term):
            found[kind] = (*found.get(kind, ()), term)
    return found


def _company(term: Term, reading: Reading, claim: Claim, known: Claims) -> float:
    """Share of the other words of the sentence, those of its clause first, that a claim has."""
    whole = shared = 0.0
    for other in reading.terms:
        if not other.content or other.key == term.key:
            continue
        near = other.clause == term.clause
        weight = known.weight(other) * (1.0 if near else _ELSEWHERE)
        whole += weight
        if other.key in claim.reading.keys:
            shared += weight
        elif other.key in claim.heading:
            shared += _HEADING * weight
    return shared / whole if whole else 0.0
