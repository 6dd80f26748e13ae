"""Vectors of what the knowledge base states, made while nobody waits for them."""

from assist.errors import NoIndex
from assist.ports import Embedder
from assist.service.desk import Desk

AT_A_TIME = 8
"""Texts embedded between two looks for something more urgent."""


class ReadingAhead:
    """Reads the generation that serves, a little each time; begins again with the next one."""

    def __init__(self, desk: Desk, embedder: Embedder) -> None:
        self._desk, self._embedder = desk, embedder
        self._generation = ""
        self._left: list[str] = []

    def step(self) -> bool:
        """Read a little more; whether there was something to read."""
        try:
            generation = self._desk.opened().library.generation.id
        except NoIndex:
            return False
        if generation != self._generation:
            self._generation, self._left = generation, self._desk.unread()
        texts, self._left = self._left[:AT_A_TIME], self._left[AT_A_TIME:]
        if texts:
            self._desk.learn(texts, self._embedder.embed(texts))
        return bool(texts)
