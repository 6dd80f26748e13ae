"""A `LexicalIndex` by tantivy, one folder per generation."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from assist.adapters.generations import GenerationFolders
from assist.adapters.home import writing
from assist.adapters.words.manifest import translated
from assist.adapters.words.opened import Opened
from assist.adapters.words.unfindable import unfindable
from assist.adapters.words.writing import write
from assist.domain.knowledge import Passage
from assist.errors import StoreUnavailable
from assist.ports import Progress, Ranked, Runs


class TantivyLexical:
    """A `LexicalIndex` below `path`. Raises `StoreUnavailable` and `DiskFull`."""

    def __init__(self, path: Path, folders: type[GenerationFolders] = GenerationFolders) -> None:
        self._folders = folders(path)
        self._opened: dict[str, Opened] = {}
        self._lock = threading.Lock()

    def build(self, generation: str, passages: Sequence[Passage]) -> None:
        """Write the generation beside the others; it becomes visible in one move."""
        with self._folders.staged(generation) as folder, writing(folder):
            try:
                write(folder, passages)
            except ValueError as error:  # tantivy says all its troubles so
                raise translated(error, folder) from error
        with self._lock:
            self._opened.pop(generation, None)

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        return self._folders.has(generation)

    def search(self, generation: str, text: str, limit: int, within: Runs) -> Ranked:
        """The rows of `within` that hold words of `text`, by BM25; equal scores by row.

        `text` is read as words and codes, whatever marks are in it.
        """
        return self._open(generation).search(text, limit, within)

    def read_as(self, generation: str, text: str) -> dict[str, tuple[str, ...]]:
        """Words of `text` that no passage holds -> the terms that were searched for instead."""
        return self._open(generation).read_as(text)

    def rarity(self, generation: str, text: str) -> dict[str, float]:
        """How rare each content term of `text` is here: 0 in every passage, 1 in none.

        A word that languages stem differently is one term, the one that most passages hold.
        """
        return self._open(generation).rarity(text)

    def terms(self, generation: str, text: str) -> frozenset[str]:
        """The content terms of `text`: those that `rarity` tells about."""
        return self._open(generation).terms(text)

    def unfindable(
        self, generation: str, passages: Mapping[int, Passage], progress: Progress
    ) -> list[int]:
        """Those of these rows that their own words do not find; one without words is not meant."""
        return list(unfindable(self._open(generation), passages, progress))

    def faults(self, generation: str) -> tuple[str, ...]:
        """What is not as it was written, in words; empty where all is. Quick: it runs at start."""
        try:
            return tuple(Opened(self._folders.folder(generation)).faults())
        except StoreUnavailable as error:
            return (str(error),)

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        with self._lock:
            self._opened = {name: held for name, held in self._opened.items() if name in keep}
        self._folders.drop(keep)

    def _open(self, generation: str) -> Opened:
        with self._lock:
            if generation not in self._opened:
                self._opened[generation] = Opened(self._folders.folder(generation))
            return self._opened[generation]
