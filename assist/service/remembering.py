"""An embedder that remembers: the same text is embedded once as long as it is remembered."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assist.ports import Embedder, Kept, Read, Vectors
from assist.retrieval.one_byte import from_one_byte, in_one_byte

REMEMBERED = 20_000
"""Texts whose vectors are remembered, 1.5 kB each: what is asked, and what no file keeps."""

COMPARED = 32
"""Lists of texts whose vectors are held together, some 100 kB each: every saying of a ticket is
compared with the same categories, and every point with the same passages."""


class Remembering:
    """The `Embedder` of the texts that come again: queries, categories, what is quoted.

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

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """As the embedder cuts it."""
        return self._embedder.pieces(text)

    def _remember(self, texts: Sequence[str], new: dict[str, NDArray[np.float32]]) -> None:
        self._known |= new
        for text in texts:
            self._known.move_to_end(text)
        while len(self._known) > self._remembered:
            self._known.popitem(last=False)


def similarity_by(
    embedder: Embedder, kept: Callable[[Sequence[str]], Kept] | None = None
) -> Callable[[str, Sequence[str]], list[float]]:
    """Cosine of a text to each of others, by this embedder.

    Statements' vectors are read where they are `kept`. One that is not yet is taken at one byte a
    number too, so that an answer does not depend on how much was read before.
    """

    @lru_cache(maxsize=COMPARED)
    def rows_of(texts: tuple[str, ...]) -> Vectors:
        if kept is None:
            return embedder.embed(texts)
        numbers, there, placed = kept(texts)
        rows = from_one_byte(numbers)
        if not there.all():
            rows[~there] = embedder.embed([texts[n] for n in np.flatnonzero(~there).tolist()])
            late = placed & ~there
            rows[late] = from_one_byte(in_one_byte(rows[late]))
        return rows

    def similarity(query: str, texts: Sequence[str]) -> list[float]:
        if not texts:
            return []
        # Row by row: a matrix product would wait for all cores.
        cosines: list[float] = np.vecdot(rows_of(tuple(texts)), embedder.embed([query])[0]).tolist()
        return cosines

    return similarity
