"""An embedder that remembers: the same text is embedded once as long as it is remembered."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assist.ports import Embedder, Read, Vectors

REMEMBERED = 20_000
"""Texts whose vectors are kept, 1.5 kB each: the statements of some two thousand passages."""


class Remembering:
    """The `Embedder` of the texts that come again: queries, categories, statements of the KB.

    Thread-safe: of two threads that ask for a new text, one waits for the other's vector.
    """

    def __init__(self, embedder: Embedder, remembered: int = REMEMBERED) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.max_pieces = embedder.max_pieces
        self.languages = embedder.languages
        self._remembered = remembered
        self._known: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text."""
        with self._lock:
            unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
            found = self._embedder.embed(unknown) if unknown else ()
            # Copies: a row would keep the whole batch that it came in.
            new = {text: vector.copy() for text, vector in zip(unknown, found, strict=True)}
            rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
            for row, text in enumerate(texts):
                rows[row] = new[text] if text in new else self._known[text]
            self._remember(texts, new)
        return rows

    def embed_corpus(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        done: Callable[[int], None],
    ) -> Read:
        """As the embedder does: of thousands of texts nothing is remembered."""
        return self._embedder.embed_corpus(texts, parts, done)

    def unknown(self, texts: Sequence[str]) -> list[str]:
        """Those that are not remembered, each once."""
        with self._lock:
            return [text for text in dict.fromkeys(texts) if text not in self._known]

    def learn(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Remember vectors that were made elsewhere, by the same embedder."""
        new = {text: vector.copy() for text, vector in zip(texts, vectors, strict=True)}
        with self._lock:
            self._remember(texts, new)

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """As the embedder cuts it."""
        return self._embedder.pieces(text)

    def _remember(self, texts: Sequence[str], new: dict[str, NDArray[np.float32]]) -> None:
        self._known |= new
        for text in texts:
            self._known.move_to_end(text)
        while len(self._known) > self._remembered:
            self._known.popitem(last=False)


def similarity_by(embedder: Embedder) -> Callable[[str, Sequence[str]], list[float]]:
    """Cosine of a text to each of others, by this embedder."""

    def similarity(query: str, texts: Sequence[str]) -> list[float]:
        rows = embedder.embed([query, *texts])
        return [float(cosine) for cosine in rows[1:] @ rows[0]]

    return similarity
