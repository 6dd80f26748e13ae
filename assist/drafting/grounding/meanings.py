"""Words of a sentence -> the words of its claims that mean nearly the same.

A paraphrase says “swap” for “replace” and “three weeks” for “21 days”. Each such word is given
the key of the claim's word, so that everything behind compares what is meant. Names are met only
as they stand, and so are words of which the exchange changes who, where or which is meant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from assist.drafting.grounding.claims import Claim, Embed
from assist.drafting.grounding.cues import OPPOSITES
from assist.drafting.grounding.kin import class_of
from assist.drafting.grounding.reading import Reading, Term, reading_of
from assist.ports import Vectors

NEAR_WORD = 0.55
"""Cosine of two words from which one counts as the other."""
WORDS = 24
"""Words of a reply, and as many of the claims beside it, that are looked up: more found no more."""
_CLAIMS = 3


def met(
    readings: Sequence[Reading], near: Sequence[Sequence[Claim]], embed: Embed
) -> list[Reading]:
    """The readings, with the keys of their claims. One call embeds the words of all."""
    asked = [
        (_new(one, claims), _open(one, claims)) for one, claims in zip(readings, near, strict=True)
    ]
    mine = list(dict.fromkeys(t.form for new, _ in asked for t in new))[:WORDS]
    theirs = list(
        dict.fromkeys(t.form for new, left in asked if new for t in left if t.form not in mine)
    )[:WORDS]
    words = [*mine, *theirs]
    rows = embed(words) if mine and theirs else np.zeros((len(words), 1), np.float32)
    known = dict(zip(words, rows, strict=True))
    return [
        _translated(one, claims, new, left, known)
        for one, claims, (new, left) in zip(readings, near, asked, strict=True)
    ]


def _new(reading: Reading, near: Sequence[Claim]) -> list[Term]:
    """Words of meaning that no near claim has."""
    keys = frozenset().union(*(c.reading.keys | c.heading for c in near[:_CLAIMS]))
    return [t for t in reading.terms if _free(t) and t.key not in keys]


def _open(reading: Reading, near: Sequence[Claim]) -> list[Term]:
    """Words of the near claims that the sentence has not."""
    return [
        t
        for claim in near[:_CLAIMS]
        for t in claim.reading.terms
        if _free(t) and t.key not in reading.keys
    ]


def _free(term: Term) -> bool:
    return (
        term.content
        and not term.light
        and term.value is None
        and not term.named
        and not class_of(term.form)
    )


def _translated(
    reading: Reading,
    near: Sequence[Claim],
    new: Sequence[Term],
    left: Sequence[Term],
    known: Mapping[str, Vectors],
) -> Reading:
    keys: dict[int, str] = {}
    others = [t for t in left if t.form in known]
    rows = np.stack([known[t.form] for t in others]) if others else None
    for term in new:
        if rows is None or term.form not in known:
            continue
        cosines = rows @ known[term.form]
        at = int(np.argmax(cosines))
        opposite = others[at].base in OPPOSITES.get(term.base, frozenset())
        if cosines[at] >= NEAR_WORD and not opposite:
            keys[term.at] = others[at].key
    values = [t for c in near[:_CLAIMS] for t in c.reading.terms if t.value is not None]
    for term in reading.terms:
        if term.value is not None:
            same = next((t.key for t in values if t.value and t.value.same(term.value)), None)
            if same is not None and same != term.key:
                keys[term.at] = same
    if not keys:
        return reading
    terms = [replace(t, key=keys[t.at]) if t.at in keys else t for t in reading.terms]
    return reading_of(reading.text, terms)
