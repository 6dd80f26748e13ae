"""Of how many it is said: “every device” beside “one device”, “either” beside “both”."""

import functools
from collections.abc import Iterator, Mapping, Sequence

from assist.drafting.grounding.claims import Claim
from assist.drafting.grounding.reading import Reading
from assist.drafting.grounding.roots import listed

_COUNTS: dict[str, str] = {
    **dict.fromkeys(listed("all every each everything"), "all"),
    **dict.fromkeys(listed("any anybody anyone anything either"), "any"),
    **dict.fromkeys(listed("both"), "both"),
    **dict.fromkeys(listed("some most many several few half certain part"), "some"),
    **dict.fromkeys(listed("the your our its their these those"), "the"),
    **dict.fromkeys(listed("one single first second two"), "one"),
}
_CLASHES = frozenset(
    {("all", "one"), ("one", "all"), ("any", "both"), ("all", "some"), ("some", "all")}
    | {
        ("one", "both"),
        ("some", "the"),
        ("any", "one"),
        ("all", "plain"),
        ("any", "plain"),
        ("one", "any"),
    }
)
"""(sentence, claim)."""
_OF = frozenset(listed("of the your our its their these those other"))
_REACH = 4
_CLAIMS = 3


def counted(reading: Reading, near: Sequence[Claim]) -> Iterator[str]:
    """Nouns of which the sentence says another number than every near claim that has them."""
    mine = _counts(reading)
    for key, count in mine.items():
        theirs = [
            _counts(c.reading).get(key, "plain") for c in near[:_CLAIMS] if key in c.reading.keys
        ]
        if theirs and all((count, other) in _CLASHES for other in theirs):
            yield "counted_otherwise" if "the" not in (count, theirs[0]) else "counted_less"
    for key, count in _counts(near[0].reading).items():
        if key in reading.keys and key not in mine and count in ("one", "both"):
            yield "count_left"


@functools.lru_cache(maxsize=20_000)
def _counts(reading: Reading) -> Mapping[str, str]:
    """The first noun behind each word of quantity."""
    found: dict[str, str] = {}
    for at, term in enumerate(reading.terms):
        count = _COUNTS.get(term.form) or ("one" if term.value and term.value.size == 1.0 else "")
        if not count:
            continue
        for behind in reading.terms[at + 1 : at + 1 + _REACH]:
            if behind.clause != term.clause or (not behind.content and behind.form not in _OF):
                break
            if (
                behind.content
                and behind.form not in _COUNTS
                and found.get(behind.key, "the") == "the"
            ):
                found[behind.key] = count
    return found
