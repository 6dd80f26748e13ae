"""A word that no passage holds -> the words that may have been meant."""

from collections.abc import Iterable

import tantivy

LETTERS = 5
"""Shorter words have too many neighbors."""
START = 2
"""Letters at the start of a word that are taken as right: few mistype them, and so only the terms
that begin like it are looked through, a thousandth of a second at 25,000 terms."""
MEANT = 3
"""Words taken for what was meant, the most frequent."""


def may_be_typo(word: str) -> bool:
    """Whether it is long enough to tell what it was to be, and all letters."""
    return len(word) >= LETTERS and word.isalpha()


def meant(searcher: tantivy.Searcher, terms: Iterable[str]) -> tuple[str, ...]:
    """Terms of the index one slip from one of these: a letter more, less, other, or two swapped."""
    near: dict[str, int] = {}
    for term in terms:
        beginning_alike = searcher.terms_with_prefix("body", term[:START])
        near |= {other: count for other, count in beginning_alike if one_slip(term, other)}
    return tuple(sorted(near, key=lambda other: (-near[other], other))[:MEANT])


def one_slip(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two neighbors swapped, make one the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if same is None:
        return True  # one begins with the other, and is a letter longer
    here, there = one[same:], other[same:]
    swapped = here[:2] == there[1::-1] and here[2:] == there[2:]
    return swapped or here[1:] == there[1:] or here[1:] == there or here == there[1:]
