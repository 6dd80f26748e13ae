"""Functions of a text that remember what they found: the same texts are read many times over.

One suggestion asks for the sentences of a ticket and its passages some hundred times.
"""

import functools
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
LONGEST = 20_000
"""Characters of a text whose reading is kept: a few huge ones would fill the memory."""


def remembered(most: int) -> Callable[[Callable[[str], Found]], Callable[[str], Found]]:
    """Keep what the function found in the `most` texts that were read last; it must be frozen."""

    def decorate(read: Callable[[str], Found]) -> Callable[[str], Found]:
        kept = functools.lru_cache(maxsize=most)(read)

        @functools.wraps(read)
        def reading(text: str) -> Found:
            return kept(text) if len(text) <= LONGEST else read(text)

        return reading

    return decorate
