"""Texts as they are read, piece by piece -> one vector for each of their parts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assist.adapters.embedding.batches import See
from assist.ports import PartVectors

LARGEST = 127
"""Of the whole numbers that a part's direction is kept in."""


class PartsSeen:
    """Collects the parts' vectors of a corpus; `vectors` is shape (texts, most, dimension)."""

    def __init__(self, texts: int, most: int, dimension: int) -> None:
        self.vectors: PartVectors = np.zeros((texts, most, dimension), dtype=np.int8)

    def seeing(self, start: int, spans: Sequence[Sequence[tuple[int, int]]]) -> See | None:
        """What to show texts to, of which the first is number `start`; none where none has parts.

        `spans` are the pieces of each part of each text; an empty one stays without a vector.
        """
        if not any(spans):
            return None

        def see(place: int, pieces: NDArray[np.float32]) -> None:
            for part, (first, stop) in enumerate(spans[place]):
                if first < stop:
                    self.vectors[start + place, part] = _whole_numbers(pieces[first:stop].mean(0))

        return see


def _whole_numbers(vector: NDArray[np.float32]) -> NDArray[np.int8]:
    """The vector's direction: its largest number becomes 127 or -127."""
    largest = float(np.abs(vector).max())
    if not largest > 0:
        return np.zeros(len(vector), dtype=np.int8)
    scaled: NDArray[np.int8] = np.rint(vector * (LARGEST / largest)).astype(np.int8)
    return scaled
