"""Text to vectors."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (n, dimension), rows of length 1."""


class Embedder(Protocol):
    """Text to vectors. `max_pieces` word pieces of a text are read, special tokens included.

    `languages` are those it reads, ISO 639-1 or `multilingual`; empty where nobody has said.
    """

    name: str
    dimension: int
    max_pieces: int
    languages: tuple[str, ...]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text."""
        ...

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Character offsets (start, end) of the word pieces of `text`, untruncated, no specials."""
        ...
