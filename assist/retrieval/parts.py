"""Passage -> its parts: runs of sentences that get a vector of their own.

A passage of nine sentences answers a question with one of them, and its vector is the average of
all. The parts' vectors are averages over the same word pieces in the same reading, so they cost no
second pass through the model and know what surrounds them.
"""

from collections.abc import Sequence
from itertools import pairwise

from assist.domain.knowledge import Passage
from assist.language.sentences import sentences

PARTS = 5
"""Title and headings are one, the sentences share the others. nDCG@10 of the fused ranking, mean
of six query files: .662 with the passage's own vector, .668 at 3 parts, .669 at 4, .672 at 5, .673
at 8 and with one for each sentence. At one byte a number 5 take 1,920 bytes a passage."""

Ranges = tuple[tuple[int, int], ...]
"""Characters `(first, after the last)` of `Passage.reading`, in order."""


def parts(passage: Passage) -> Ranges:
    """1 to `PARTS` ranges of the reading, without white space around them."""
    reading = passage.reading
    above = len(reading) - len(passage.text)
    head = ((0, above - 1),) if above > 1 else ()
    found = [(above + s.start, above + s.end) for s in sentences(passage.text)]
    shared = tuple(_shared(found, PARTS - len(head)))
    return head + shared or ((0, len(reading)),)


def _shared(found: Sequence[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """Neighboring sentences put together until there are few enough, about equally many each."""
    if len(found) <= most:
        return list(found)
    cuts = [len(found) * n // most for n in range(most + 1)]
    return [(found[start][0], found[stop - 1][1]) for start, stop in pairwise(cuts)]
