"""Whether a sentence of the customer's may be quoted back to them, to show that it was read."""

import re
from collections.abc import Sequence

FEWEST_WORDS = 4
MOST_WORDS = 18
MOST_CHARACTERS = 120
SHOUTED = 0.4
"""Share of capitals among the letters from which on it is shouting; a sentence with one code in
it stays below."""

_UNFIT = re.compile(
    r"[@<>{}\[\]“”\"\n\\|`*]|//|www\.|[!?]{2}|[$€£%]|\d{4}|(?<![\w-])\d", re.IGNORECASE
)
"""Addresses, links, markup, quotes, sums and bare numbers: personal, or wrong and then repeated.
A short code ("E-217") is neither."""

_HALF = re.compile(
    r"^(?:not|no|nothing|never|done|and|but|or|so|still|also|because|then|which|that|it|this|they|"
    r"he|she|sorry|maybe|please|if|when)\b",
    re.IGNORECASE,
)
"""Half a sentence, or one that leans on the one before: no name for the matter."""


def fit_to_quote(sentence: str, unfit: Sequence[str] = ()) -> bool:
    """Whether it is short, plain and calm, and holds none of the spans in `unfit`."""
    words = sentence.split()
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS or len(sentence) > MOST_CHARACTERS:
        return False
    letters = [c for c in sentence if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) > SHOUTED * len(letters):
        return False
    if _HALF.match(sentence):
        return False
    told = sentence.casefold()
    return _UNFIT.search(sentence) is None and not any(s.casefold() in told for s in unfit if s)


def first_fit(sentences: Sequence[str], unfit: Sequence[str] = ()) -> str:
    """The first of them that may be quoted, without its full stop; empty where none may."""
    return next((s.strip().rstrip(".!?,;: ") for s in sentences if fit_to_quote(s, unfit)), "")
