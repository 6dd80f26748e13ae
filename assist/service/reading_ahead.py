"""Vectors of what the knowledge base states, made while nobody waits for them, kept for all."""

import logging
from collections.abc import Iterator, Sequence
from itertools import islice

from assist.domain.knowledge import Passage
from assist.errors import NoIndex
from assist.ports import Embedder, Progress
from assist.retrieval.one_byte import in_one_byte
from assist.service.desk import Desk
from assist.service.library import Library
from assist.service.parts import Parts
from assist.service.stated import stated

LOG = logging.getLogger(__name__)

AT_A_TIME = 8
"""Texts embedded between two looks for something more urgent."""
PASSAGES = 16
"""Passages whose statements are looked for between two such looks: some 3 ms."""
AT_ONCE = 256
"""Texts embedded in one go where nothing is more urgent."""


class ReadingAhead:
    """Reads the generation that serves, a little each time; begins again with the next one.

    For the one process that builds: what it keeps all others read.
    """

    def __init__(self, desk: Desk, embedder: Embedder) -> None:
        self._desk, self._embedder = desk, embedder
        self._generation = ""
        self._left: Iterator[list[str]] = iter(())

    def step(self) -> bool:
        """Read a little more; whether there was something to look at."""
        try:
            library = self._desk.opened().library
        except NoIndex:
            return False
        if library.generation.id != self._generation:
            self._generation, self._left = library.generation.id, _unread(library)
        texts = next(self._left, None)
        if texts:
            _keep(self._desk.parts, self._generation, self._embedder, texts)
        return texts is not None


def read_all(
    parts: Parts, generation: str, passages: Sequence[Passage], progress: Progress
) -> None:
    """Make and keep the vector of every statement of these passages that has none yet."""
    texts = parts.statements.missing(generation, stated(passages))
    for first in range(0, len(texts), AT_ONCE):
        progress("read the statements", first, len(texts))
        _keep(parts, generation, parts.embedder, texts[first : first + AT_ONCE])
    progress("read the statements", len(texts), len(texts))


def _keep(parts: Parts, generation: str, embedder: Embedder, texts: Sequence[str]) -> None:
    parts.statements.keep(generation, texts, in_one_byte(embedder.embed(texts)))


def _unread(library: Library) -> Iterator[list[str]]:
    """Statements without a vector, a few at a time; none at all where it is others' turn."""
    index, generation = library.parts.statements, library.generation
    if not (unread := index.unread(generation.id)):
        return
    told = (unread, index.count(generation.id), generation.number)
    LOG.info("%d of %d statements of generation %d are read ahead of time", *told)
    passages = library.passages()
    while some := tuple(islice(passages, PASSAGES)):
        texts = index.missing(generation.id, stated(some))
        for first in range(0, len(texts), AT_A_TIME):
            yield texts[first : first + AT_A_TIME]
        yield []
    LOG.info("all statements of generation %d are read", generation.number)
