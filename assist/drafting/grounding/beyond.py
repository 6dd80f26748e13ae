"""A sentence laid beside its nearest claim: what is left out, what is put in, what has turned."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assist.drafting.grounding.claims import Claim, Claims
from assist.drafting.grounding.counting import counted
from assist.drafting.grounding.reading import Reading
from assist.drafting.grounding.reasons import reasoned
from assist.drafting.grounding.roots import listed
from assist.drafting.grounding.runs import Run, runs
from assist.drafting.grounding.stance import turned

_LOOSE = 0.6
"""Share of its words in one claim from which a sentence is taken to repeat that claim."""
_UNIVERSAL = frozenset(
    listed("all every each always whatever whichever everywhere anywhere everyone everybody")
)
_AS_MUCH = _UNIVERSAL | frozenset(listed("any whole full both no entire never none"))


class Keys(NamedTuple):
    """Keys of the best claim with what goes with it, and of what the customer wrote."""

    alone: frozenset[str]
    told: frozenset[str]


def beyond(
    reading: Reading,
    near: Sequence[Claim],
    known: Claims,
    keys: Keys,
    observed: Mapping[str, float],
) -> dict[str, float]:
    """What was found, by name, times how close the sentence is to its claim.

    Each counts once from the first shared word on, and once more (`hard_`) where the sentence
    repeats the claim: there a word that is missing was taken out.
    """
    close = 1 - observed["alone"]
    hard = max(0.0, (close - _LOOSE) / (1 - _LOOSE))
    found = {
        *_runs(reading, near[0], known, keys),
        *(f"turn_{kind}" for kind in turned(reading, near, known)),
        *counted(reading, near),
        *reasoned(reading, near, known),
        *_universal(reading, near),
    }
    swapped = observed["swapped"] * hard
    return {
        **dict.fromkeys(found, close),
        **{f"hard_{name}": hard for name in found if hard},
        **({"hard_swapped": swapped} if swapped else {}),
    }


def _runs(reading: Reading, best: Claim, known: Claims, keys: Keys) -> Iterator[str]:
    """The runs that the sentence leaves out of its claim, and those that it puts in.

    `new` holds a word that no source has, `other` only words of other claims; an `exchanged` one
    stands beside the same word as one that is left out. A row of a table is never said whole.
    """
    left = [
        run
        for run in runs(best.reading, reading.keys | keys.told)
        if not _alternatives(run, reading, best.reading)
    ]
    if not best.quote.startswith("|"):
        yield from (f"left_{run.kind}" for run in left)
    for run in runs(reading, keys.alone):
        new = any(t.key not in known.rarity for t in run.terms if not t.light)
        kind = "new" if new else "other"
        yield f"{kind}_run_{run.kind.removeprefix('lead_')}"
        if any(_same_place(run, other) for other in left):
            yield f"exchanged_{kind}"


def _same_place(run: Run, other: Run) -> bool:
    before = run.before and run.before == other.before
    return bool(before or (run.behind and run.behind == other.behind))


def _alternatives(run: Run, reading: Reading, claim: Reading) -> bool:
    """Whether a run is only values of which the sentence gives another one of the claim's."""
    given = [t.value for t in claim.terms if t.value and t.key in reading.keys]
    return all(t.value is not None and any(t.value.comparable(v) for v in given) for t in run.terms)


def _universal(reading: Reading, near: Sequence[Claim]) -> Iterator[str]:
    """“All” and “always” where the nearest two claims have no such word, and the reverse."""
    theirs = frozenset().union(*(c.reading.forms for c in near[:2]))
    if reading.forms & _UNIVERSAL and not theirs & _AS_MUCH:
        yield "universal_added"
    if near[0].reading.forms & _UNIVERSAL and not reading.forms & _UNIVERSAL:
        yield "universal_left"
