"""Two texts -> how many words were changed to make the one the other."""

from collections import Counter
from collections.abc import Sequence

LONGEST = 1_500
"""Words of what differs that are compared in order, in a second; a reply has a few hundred. In
longer texts only which words differ counts, and not where they stand."""


def words_changed(draft: str, sent: str) -> int:
    """Words put in, left out or replaced, at least; 0 where the texts say the same words."""
    one, other = _differing(draft.split(), sent.split())
    if max(len(one), len(other)) > LONGEST:
        left, put = Counter(one) - Counter(other), Counter(other) - Counter(one)
        return max(left.total(), put.total())
    return _distance(one, other)


def _differing(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """Without the words that both begin with, and those that both end with."""
    begin, most = 0, min(len(one), len(other))
    while begin < most and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < most - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[begin : len(one) - end], other[begin : len(other) - end]


def _distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Levenshtein's, of words."""
    row = list(range(len(other) + 1))
    for count, word in enumerate(one, start=1):
        before, row[0] = row[0], count
        for at, their in enumerate(other, start=1):
            cost = min(row[at] + 1, row[at - 1] + 1, before + (word != their))
            before, row[at] = row[at], cost
    return row[-1]
