"""One model, two kinds of work: what requests ask of it comes first, what an ingest asks waits."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from assist.ports import Embedder, Read, Vectors
from assist.service.embedded import merged

AT_A_TIME = 8
"""Texts of an ingest embedded in one go: so long a request waits for the model at most, some
100 ms on two idle cores for passages of full length. More at a time is up to twice as quick."""
PATIENCE = 1.0
"""Seconds after which an ingest takes a turn although requests go on: it must end some day."""


class Turns:
    """Who may use the model next. Thread-safe."""

    def __init__(self) -> None:
        self._requests = 0
        self._changed = threading.Condition()

    @contextmanager
    def request(self) -> Iterator[None]:
        """A request uses the model, or waits for it, while the block runs."""
        with self._changed:
            self._requests += 1
        try:
            yield
        finally:
            with self._changed:
                self._requests -= 1
                self._changed.notify_all()

    def after_requests(self) -> None:
        """Return when no request wants the model, or after `PATIENCE`."""
        with self._changed:
            self._changed.wait_for(lambda: self._requests == 0, PATIENCE)


class First:
    """The embedder as requests use it."""

    def __init__(self, embedder: Embedder, turns: Turns) -> None:
        self._embedder, self._turns = embedder, turns
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.max_pieces = embedder.max_pieces
        self.languages = embedder.languages

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text."""
        with self._turns.request():
            return self._embedder.embed(texts)

    def embed_corpus(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        done: Callable[[int], None],
    ) -> Read:
        """As the embedder does."""
        return self._embedder.embed_corpus(texts, parts, done)

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """As the embedder cuts it."""
        return self._embedder.pieces(text)


class GivingWay:
    """The embedder as an ingest uses it beside requests. `go_on` is called before each turn."""

    def __init__(self, embedder: Embedder, turns: Turns, go_on: Callable[[], None]) -> None:
        self._embedder, self._turns, self._go_on = embedder, turns, go_on
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.max_pieces = embedder.max_pieces
        self.languages = embedder.languages

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text."""
        return self.embed_corpus(texts, [()] * len(texts), lambda _: None).vectors

    def embed_corpus(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[tuple[int, int]]],
        done: Callable[[int], None],
    ) -> Read:
        """One unit vector per text and those of its parts, a few texts at a time."""
        read: list[tuple[Sequence[int], Read]] = []
        # Texts of like length together: a batch costs as much as its longest.
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for first in range(0, len(order), AT_A_TIME):
            self._go_on()
            self._turns.after_requests()
            batch = order[first : first + AT_A_TIME]
            some = self._embedder.embed_corpus(
                [texts[row] for row in batch], [parts[row] for row in batch], lambda _: None
            )
            read.append((batch, some))
            done(first + len(batch))
        return merged(len(texts), read) if read else self._embedder.embed_corpus([], [], done)

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """As the embedder cuts it."""
        return self._embedder.pieces(text)
