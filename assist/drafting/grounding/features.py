"""Sentence and claims -> the observations its probability is computed from."""

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assist.drafting.grounding.actors import actor_doubts
from assist.drafting.grounding.amounts import Doubt, value_doubts
from assist.drafting.grounding.beyond import Keys, beyond
from assist.drafting.grounding.claims import Claim, Claims, coverage
from assist.drafting.grounding.conditions import condition_doubts, limit_doubts, scope_doubts
from assist.drafting.grounding.naming import name_doubts
from assist.drafting.grounding.order import order_doubts
from assist.drafting.grounding.reading import Reading, Term
from assist.drafting.grounding.roots import listed
from assist.drafting.grounding.turns import paired, turn_doubts
from assist.ports import Vectors

FELLOWS = 3
"""Claims that may support a sentence together."""
_SELF = frozenset(["i", "i'm", "i've", "i'd", "i'll", "my", "me", "mine"])


class Beside(NamedTuple):
    """What a sentence is compared with: the claims nearest to it, and its cosine to every claim."""

    near: Sequence[Claim]
    cosines: Vectors


class Finding(NamedTuple):
    """What was observed of one sentence."""

    observed: dict[str, float]
    """0 where the sentence is well supported, and up."""
    doubts: tuple[Doubt, ...]
    near: tuple[Claim, ...]
    """The claims it may rest on, nearest first."""


def observe(
    plain: Reading, reading: Reading, beside: Beside, known: Claims, told: Reading
) -> Finding:
    """What speaks against a sentence, as it stands (`plain`) and by the words of its claims."""
    near, cosines = beside
    best, content = near[0], [t for t in reading.terms if t.content]
    alone = best.reading.keys | best.heading | told.keys
    together = alone.union(*(c.reading.keys | c.heading for c in near[:FELLOWS]))
    anywhere = frozenset(known.rarity) | together
    doubts = (
        *value_doubts(reading, known, told),
        *turn_doubts(reading, near, known),
        *condition_doubts(reading, best, known, together),
        *limit_doubts(reading, best, known),
        *scope_doubts(reading, best),
        *name_doubts(reading, known, told),
        *actor_doubts(reading, near[:FELLOWS]),
        *order_doubts(reading, known, near),
    )
    observed = {
        "alone": 1 - coverage(content, alone, known),
        "together": 1 - coverage(content, together, known),
        "anywhere": 1 - coverage(content, anywhere, known),
        "far": 1 - min(1.0, max(0.0, float(cosines.max()))),
        **_by_clause(reading, near, together, told, known),
        **_exchanged(content, reading, best, together, told),
        "apart": _apart(reading, best, known),
        "missing": _missing(reading, best, known),
        "roots": 1 - _share([t.key for t in plain.terms], anywhere),
        **_verbatim(plain, known),
        "self": float(bool(reading.forms & _SELF and not best.reading.forms & _SELF)),
        **{doubt.kind: 1.0 for doubt in doubts},
    }
    observed |= _close_by(observed)
    observed |= beyond(reading, near, known, Keys(alone, told.keys), observed)
    return Finding(observed, doubts, tuple(near[:FELLOWS]))


_NAMES = frozenset(
    listed(
        """
other_thing other_thing_by_far other_name other_name_by_far renamed new_actor actor new_product
"""
    )
)
_GROUPS: dict[str, frozenset[str]] = {
    "value": frozenset(["changed_value", "new_value"]),
    "turn": frozenset(
        listed(
            """
denied_added denied_dropped denied_moved may_to_must may_to_will modality certainty obliged freed
opposite all_added
"""
        )
    ),
    "left": frozenset(["condition_dropped", "only_dropped", "limit_dropped", "condition_cut"]),
    "name": _NAMES,
    "more": frozenset(
        [
            "condition_added",
            "condition_new",
            "only_added",
            "order",
            "unhedged",
            "bound",
            "scope_dropped",
            "hedged",
        ]
    ),
}
_MOST = 2
_LOOSE = 0.6
"""Share of its words in one claim from which a sentence is taken to repeat that claim."""


def _close_by(observed: Mapping[str, float]) -> dict[str, float]:
    """The doubts again by what they are about, the graver the closer the sentence is to its claim.

    A number that differs in the words of the claim is another number; one in a sentence that shares
    three words with it may be of something else.
    """
    close = 1 - observed["alone"]
    hard = max(0.0, (close - _LOOSE) / (1 - _LOOSE))
    found: dict[str, float] = {}
    for name, kinds in _GROUPS.items():
        many = min(_MOST, sum(observed.get(kind, 0.0) for kind in kinds))
        found |= {f"near_{name}": close * many, f"hard_{name}": hard * min(1.0, many)}
    return found | {
        "near_new": close * observed["unnamed"],
        "hard_new": hard * min(1.0, observed["unnamed"]),
        "hard_clause": hard * observed["clause"],
        "hard_apart": hard * observed["apart"],
    }


def _share(found: Sequence[object], among: frozenset[str] | set[tuple[str, str]]) -> float:
    return sum(one in among for one in found) / len(found) if found else 1.0


def _by_clause(
    reading: Reading,
    near: Sequence[Claim],
    together: frozenset[str],
    told: Reading,
    known: Claims,
) -> dict[str, float]:
    """The clause that is least covered, by the nearest claims together and by any one of them."""
    parts = [solid for clause in reading.clauses if (solid := _solid(clause.terms))]
    single = [c.reading.keys | c.heading | told.keys for c in near]
    return {
        "clause": max((1 - coverage(part, together, known) for part in parts), default=0.0),
        "clause_alone": max(
            (
                1 - max(coverage(part, keys, known) for keys in single)
                for part in parts
                if len(part) > 1
            ),
            default=0.0,
        ),
    }


def _solid(terms: Sequence[Term]) -> list[Term]:
    """Words of meaning, where at least one of them is no light one."""
    content = [t for t in terms if t.content]
    return content if any(not t.light for t in content) else []


def _exchanged(
    content: Sequence[Term], reading: Reading, best: Claim, together: frozenset[str], told: Reading
) -> dict[str, float]:
    """Words and names the best claim has not, beside those that it has and the sentence not."""
    mine = [t for t in content if not t.light and t.value is None]
    new = [t for t in mine if t.key not in best.reading.keys and t.key not in told.keys]
    left = [
        t
        for t in best.reading.terms
        if t.content and not t.light and t.value is None and t.key not in reading.keys
    ]
    return {
        "swapped": float(min(2, len(new), len(left))),
        "renamed": float(min(2, sum(t.named for t in new), sum(t.named for t in left))),
        "unnamed": float(min(2, sum(t.key not in together for t in mine))),
    }


def _apart(reading: Reading, claim: Claim, known: Claims) -> float:
    """How much of one clause the claim lacks that has all the rest: “…, because” something else."""
    keys = claim.reading.keys | claim.heading
    most = 0.0
    for clause in reading.clauses:
        own = _solid(clause.terms)
        rest = [t for t in reading.terms if t.content and t.clause != clause.terms[0].clause]
        if own and rest:
            most = max(most, (1 - coverage(own, keys, known)) * coverage(rest, keys, known))
    return most


def _missing(reading: Reading, claim: Claim, known: Claims) -> float:
    """Share of the words that the sentence leaves out of the claim's clauses it uses."""
    pairs = paired(reading, claim, known)
    used = [t for _, c in pairs for t in c.terms if t.content and not t.light]
    return 1 - coverage(used, reading.keys, known)


def _verbatim(reading: Reading, known: Claims) -> dict[str, float]:
    """Words, and pairs of neighboring words, that no claim has in just this form."""
    forms = [t.form for t in reading.terms]
    pairs = list(itertools.pairwise(forms))
    return {
        "words": 1 - _share(forms, known.forms),
        "pairs": 1 - _share(pairs, known.pairs) if pairs else 1 - _share(forms, known.forms),
    }
