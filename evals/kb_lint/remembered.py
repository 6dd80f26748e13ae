"""An embedder that remembers what it read: copies of one base differ in a few passages."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assist.ports import Embedder, PartVectors, Read, Vectors

_Ranges = Sequence[tuple[int, int]]


class Remembered:
    """An `Embedder` around another one."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.max_pieces = embedder.max_pieces
        self.languages = embedder.languages
        self.embed = embedder.embed
        self.pieces = embedder.pieces
        self._known: dict[object, tuple[NDArray[np.float32], PartVectors]] = {}

    def embed_corpus(
        self, texts: Sequence[str], parts: Sequence[_Ranges], done: Callable[[int], None]
    ) -> Read:
        """As the other does; only what is new is read."""
        keys = [(text, tuple(ranges)) for text, ranges in zip(texts, parts, strict=True)]
        new = [key for key in dict.fromkeys(keys) if key not in self._known]
        if new:
            read = self._embedder.embed_corpus([t for t, _ in new], [r for _, r in new], done)
            for row, key in enumerate(new):
                self._known[key] = read.vectors[row], read.parts[row]
        found = [self._known[key] for key in keys]
        most = max((len(part) for _, part in found), default=0)
        vectors: Vectors = np.stack([vector for vector, _ in found])
        return Read(vectors, np.stack([_padded(part, most) for _, part in found]))


def _padded(part: PartVectors, most: int) -> PartVectors:
    """With rows of 0 for parts that are not there."""
    return np.concatenate([part, np.zeros((most - len(part), part.shape[1]), part.dtype)])
