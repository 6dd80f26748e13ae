"""A text and the passages nearest to it -> the words they lack, and what these words say.

They do not weigh: the share of rare words that is found added nothing to what the lines' vectors
know. They name what an editor has to write about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assist.domain.coverage import Sign
from assist.retrieval.explaining import typed_words

MISSING_NAMED = 5
"""Words named at most: an editor reads them at a glance."""


class Worded(NamedTuple):
    """Words of a text that no passage near it holds, rarest first, as they were typed."""

    missing: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()


Words = Callable[[str, Sequence[str]], Worded]
"""A text, and the ids of the passages nearest to it."""


def nothing_said(_text: str, _passages: Sequence[str]) -> Worded:
    """For whoever needs the values alone."""
    return Worded()


@dataclass(frozen=True)
class Wording:
    """Reads by the index of words: how rare each term of a text is, and what a passage holds."""

    rarity: Callable[[str], Mapping[str, float]]
    terms_of: Callable[[str], frozenset[str]]
    held: Callable[[str], frozenset[str]]
    """The terms of a passage, by its id."""

    def __call__(self, text: str, passages: Sequence[str]) -> Worded:
        """The words that none of these passages holds, and the share that one does, by rarity."""
        rarity = self.rarity(text)
        found: frozenset[str] = frozenset().union(*(self.held(one) for one in passages))
        lacking = [term for term in rarity if term not in found]
        lacking.sort(key=lambda term: (-rarity[term], term))
        total = sum(rarity.values())
        share = 1 - sum(rarity[term] for term in lacking) / total if total > 0 else 1.0
        named = lacking[:MISSING_NAMED]
        typed = typed_words(text, self.terms_of) if named else {}
        words = tuple(dict.fromkeys(typed.get(term, term) for term in named))
        says = f"{share:.0%} of its rare words stand in what is near"
        return Worded(words, (Sign(name="words", value=share, says=says),))
