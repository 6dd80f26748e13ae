"""Two statements that look alike -> whether they are about two things after all."""

import itertools
from collections.abc import Sequence

from assist.domain.base import Model
from assist.drafting.grounding.naming import kin
from assist.drafting.grounding.reading import Reading, Term
from assist.drafting.grounding.side_by_side import Pair, Weigh, meaning, opposite, pair_of, share_of


class SubjectScale(Model):
    """When two statements are about one thing."""

    words: int = 5
    """Words of meaning that both have, from which on they say by themselves what they are about;
    with fewer, and no name, their headings must have `heading` of their words in common."""
    heading: float = 0.25
    parallel: float = 0.5
    """Share of two headings' words from which opposites in them set them apart."""


SCALE = SubjectScale()
_SCOPES = frozenset({"product", "region", "tier"})
"""Kinds of names by which headings say for what the text below them holds."""
_BOUNDS = frozenset(
    {"before", "after", "until", "since", "without", "with", "except", "unless", "first", "last"}
    | {"later", "earlier", "older", "newer", "more", "less", "fewer", "each", "another", "second"}
)
"""Small words of which one side's alone makes it another case."""


def two_things(pair: Pair, above: Reading, beside: Reading, weigh: Weigh) -> bool:
    """Whether something in the words or headings says that they are about two things."""
    return (
        _bounded_otherwise(pair)
        or _other_names(pair.left, pair.right, beside)
        or _other_names(pair.right, pair.left, above)
        or _other_scope(pair, above, beside, weigh)
        or _other_of_its_kind(pair)
    )


def _other_of_its_kind(pair: Pair) -> bool:
    """Whether one word says which of a kind: “personal accounts” beside “business accounts”."""
    kinds = [
        {(a.key, b.key) for a, b in itertools.pairwise(of.terms) if a in side and _telling(a, b)}
        for side, of in ((pair.left, pair.one), (pair.right, pair.other))
    ]
    return bool({what for _, what in kinds[0]} & {what for _, what in kinds[1]})


def _telling(word: Term, what: Term) -> bool:
    """Whether a word of meaning stands right before another one."""
    return word.content and not word.light and what.content and word.clause == what.clause


def one_subject(pair: Pair, above: Reading, beside: Reading, weigh: Weigh) -> bool:
    """Whether two statements say by themselves, or their headings do, what they are about."""
    own = [t for t in pair.one.terms if t.key in meaning(pair.other.terms, weigh)]
    named = any(kin(t) in _SCOPES for t in own)
    headed = share_of(above.terms, beside.terms, weigh) >= SCALE.heading
    return named or len(own) >= SCALE.words or headed


def _bounded_otherwise(pair: Pair) -> bool:
    sides = ((pair.left, pair.one), (pair.right, pair.other))
    return any(t.form in _BOUNDS and not _repeats(t, of) for side, of in sides for t in side)


def _repeats(term: Term, reading: Reading) -> bool:
    """Whether it is the “more” of “once more”."""
    before = [t.form for t in reading.terms if t.at < term.at]
    return term.form == "more" and before[-1:] == ["once"]


def _other_names(mine: Sequence[Term], theirs: Sequence[Term], their_heading: Reading) -> bool:
    """Whether one names something that neither the other nor its heading names."""
    kinds = {kind for t in theirs if (kind := kin(t))}
    for term in mine:
        kind = kin(term)
        strange = kind in ("product", "region", "name", "tier") and (
            term.key not in their_heading.keys
        )
        if kind and (kind in kinds or strange):
            return True
    return False


def _other_scope(pair: Pair, above: Reading, beside: Reading, weigh: Weigh) -> bool:
    """Whether headings set them apart: by a date, by an opposite, or each by a name of its own.

    A name of a kind that both statements name themselves is not what their headings are for.
    """
    dates = [{v.size for v in r.values if v.measure in ("date", "month")} for r in (above, beside)]
    if dates[0] != dates[1]:
        return True
    headings = pair_of(above, beside)
    named = {kin(t) for t in pair.one.terms if t.key in pair.other.keys}
    kinds = [{kin(t) for t in side} & _SCOPES - named for side in headings[2:]]
    parallel = share_of(above.terms, beside.terms, weigh) >= SCALE.parallel
    return bool(kinds[0] & kinds[1]) or (parallel and opposite(headings.left, headings.right))
