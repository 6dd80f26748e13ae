"""Functions of a text that remember what they found: the same texts are read many times over.

One suggestion asks for the sentences of a ticket and its passages some hundred times.
"""

import functools
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
LONG = 4_000
"""Characters from which on a text is long: what is kept of it takes some forty times its size."""
LONG_ONES = 8
"""Long texts that are remembered: those of the ticket that is worked on, and little else."""


def remembered(most: int) -> Callable[[Callable[[str], Found]], Callable[[str], Found]]:
    """Keep what the function found in the `most` texts that were read last; it must be frozen."""

    def decorate(read: Callable[[str], Found]) -> Callable[[str], Found]:
        short = functools.lru_cache(maxsize=most)(read)
        long = functools.lru_cache(maxsize=LONG_ONES)(read)

        @functools.wraps(read)
        def reading(text: str) -> Found:
            return short(text) if len(text) < LONG else long(text)

        return reading

    return decorate
