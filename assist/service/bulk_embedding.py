"""An embedder that has workers read what comes by the thousands."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assist.ports import Bulk, Embedder, Read, Vectors, Work

if TYPE_CHECKING:
    from assist.service.desk import Desk

SHARED_FROM = 4_096
"""Texts from which on workers embed them: to start some takes as long as to embed so many."""
AT_ONCE = 1_024
"""Texts that a worker embeds together: some seconds' work."""
Parts = Sequence[tuple[int, int]]


class Text(NamedTuple):
    """A text and the ranges of its parts."""

    text: str
    parts: Parts


class Embedded(NamedTuple):
    """Its vector and its parts'."""

    vector: NDArray[np.float32]
    parts: NDArray[np.int8]


class BulkEmbedder:
    """An `Embedder`: this one, and workers with the same model for a corpus."""

    def __init__(
        self, own: Embedder, bulk: Bulk, start: Callable[[], Work[Text, Embedded]]
    ) -> None:
        self.name, self.dimension = own.name, own.dimension
        self.max_pieces, self.languages = own.max_pieces, own.languages
        self._own, self._bulk, self._start = own, bulk, start

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""
        return self._own.embed(texts)

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """See `Embedder`."""
        return self._own.pieces(text)

    def embed_corpus(
        self, texts: Sequence[str], parts: Sequence[Parts], done: Callable[[int], None]
    ) -> Read:
        """See `Embedder`."""
        if len(texts) < SHARED_FROM:
            return self._own.embed_corpus(texts, parts, done)
        asked = (Text(text, its) for text, its in zip(texts, parts, strict=True))
        found: list[Embedded] = []
        for one in self._bulk.each(asked, self._start, AT_ONCE):
            found.append(one)
            if len(found) % AT_ONCE == 0:
                done(len(found))
        done(len(found))
        return Read(np.stack([one.vector for one in found]), _padded([o.parts for o in found]))


@dataclass(frozen=True)
class Embedding:
    """Starts a worker that embeds by the model of the knowledge base that it joins."""

    join: "Callable[[], AbstractContextManager[Desk]]"

    def __call__(self) -> Work[Text, Embedded]:
        """What the worker does, the home joined for as long as it lives."""
        held = ExitStack()
        embedder = held.enter_context(self.join()).parts.embedder

        def embed(texts: Sequence[Text], _open: ExitStack = held) -> Sequence[Embedded]:
            read = embedder.embed_corpus(
                [one.text for one in texts], [one.parts for one in texts], lambda _: None
            )
            return [Embedded(*both) for both in zip(read.vectors, read.parts, strict=True)]

        return embed


def _padded(parts: Sequence[NDArray[np.int8]]) -> NDArray[np.int8]:
    """One block: a text of fewer parts than the most has rows of 0, as `PartVectors` says."""
    most = max(len(some) for some in parts)
    block = np.zeros((len(parts), most, *parts[0].shape[1:]), dtype=np.int8)
    for row, some in enumerate(parts):
        block[row, : len(some)] = some
    return block
