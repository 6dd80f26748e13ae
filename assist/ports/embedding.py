"""Text to vectors."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (n, dimension), rows of length 1."""


PartVectors = NDArray[np.int8]
"""Shape (n, parts, dimension): each part's direction, scaled to whole numbers of -127 to 127; a
part that is not there is all 0."""


class Read(NamedTuple):
    """Texts as a model read them: a vector each, and vectors of their parts."""

    vectors: Vectors
    parts: PartVectors


class Embedder(Protocol):
    """Text to vectors. `max_pieces` word pieces of a text are read, special tokens included.

    `languages` are those it reads, ISO 639-1 or `multilingual`; empty where nobody has said.
    `name` tells apart models whose vectors must not be compared, not the engines that compute
    them.
    """

    name: str
    dimension: int
    max_pieces: int
    languages: tuple[str, ...]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text; for a few texts that somebody waits for."""
        ...

    def embed_corpus(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        done: Callable[[int], None],
    ) -> Read:
        """The same for thousands of texts, as fast as this machine can, and their parts.

        `parts` are ranges of characters of each text; a part's vector is the mean over its word
        pieces as they were read in the text. A model that does not average word pieces gives its
        parts no vectors. `done` is called with how many texts are ready, now and then; what it
        raises ends the work.
        """
        ...

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Character offsets (start, end) of the word pieces of `text`, untruncated, no specials."""
        ...
