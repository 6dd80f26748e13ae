"""Texts by their lengths -> batches of one length each, so that nothing is padded or masked."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
"""The numbers of a text's word pieces, special ones included."""
See = Callable[[int, NDArray[np.float32]], None]
"""Shown the place of a text, and its pieces as they were read, shape (pieces, width)."""


def batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Each text once, by place, the longest first; a batch holds `budget` pieces or one text."""
    order = sorted(range(len(lengths)), key=lambda n: (-lengths[n], n))
    made: list[list[int]] = []
    for n in order:
        last = made[-1] if made else []
        if last and lengths[last[0]] == lengths[n] and (len(last) + 1) * lengths[n] <= budget:
            last.append(n)
        else:
            made.append([n])
    return made


def stacked(texts: Sequence[Ids], batch: Sequence[int]) -> NDArray[np.int64]:
    """The texts of a batch as one array, shape (texts, pieces)."""
    return np.stack([texts[n] for n in batch])


def unheard(ready: int) -> None:
    """For whom nobody waits to hear how many texts are ready."""
