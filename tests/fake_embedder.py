"""An embedder a person can predict: a text is the bag of its words."""

import hashlib
import re
from collections.abc import Callable, Sequence

import numpy as np

from assist.ports import PartVectors, Read, Vectors

WORD = re.compile(r"\w+|[^\w\s]")


class ToyEmbedder:
    """Each word counts in one of 63 places, chosen by its hash; place 0 is for texts without words.

    So the cosine of two texts without repeated words is their shared words over the root of the
    product of their lengths. A word or a mark is one piece.
    """

    name = "toy"
    dimension = 64
    max_pieces = 256
    languages = ("multilingual",)

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[place(word)] += 1
            if not row.any():
                row[0] = 1
        lengths: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / lengths

    def embed_corpus(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        done: Callable[[int], None],
    ) -> Read:
        most = max(map(len, parts), default=0)
        kept: PartVectors = np.zeros((len(texts), most, self.dimension), dtype=np.int8)
        for row, (text, ranges) in enumerate(zip(texts, parts, strict=True)):
            for part, (start, end) in enumerate(ranges):
                (vector,) = self.embed([text[start:end]])
                kept[row, part] = np.rint(vector * (127 / np.abs(vector).max()))
            done(row + 1)
        return Read(self.embed(texts), kept)

    def pieces(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in WORD.finditer(text)]


def place(word: str) -> int:
    """Where a word counts: 1 to 63."""
    return hashlib.sha256(word.encode("utf-8", "replace")).digest()[0] % 63 + 1
