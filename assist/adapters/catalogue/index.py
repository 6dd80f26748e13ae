"""A `Catalogue` in plain files, one folder per generation; opening one reads next to nothing."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assist.adapters.catalogue.files import write
from assist.adapters.catalogue.opened import Opened
from assist.adapters.generations import GenerationFolders
from assist.adapters.home import writing
from assist.domain.knowledge import Passage
from assist.errors import StoreUnavailable
from assist.ports import ScopeRun


class FileCatalogue:
    """A `Catalogue` below `path`. Raises `StoreUnavailable` and `DiskFull`."""

    def __init__(self, path: Path, folders: type[GenerationFolders] = GenerationFolders) -> None:
        self._folders = folders(path)
        self._opened: dict[str, Opened] = {}
        self._lock = threading.Lock()

    def build(self, generation: str, passages: Sequence[Passage]) -> None:
        """Write a generation beside the others. `passages` stand in the order of their rows."""
        with self._folders.staged(generation) as folder, writing(folder):
            write(folder, passages)
        with self._lock:
            self._opened.pop(generation, None)

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        return self._folders.has(generation)

    def count(self, generation: str) -> int:
        """How many rows there are."""
        return self._open(generation).count

    def passages(self, generation: str, rows: Sequence[int]) -> tuple[Passage, ...]:
        """The passages in these rows, in this order; `IndexError` for a row that is not there."""
        passage = self._open(generation).passage
        return tuple(passage(int(row)) for row in rows)

    def row(self, generation: str, passage_id: str) -> int | None:
        """Where a passage stands, or none."""
        return self._open(generation).row(passage_id)

    def document_rows(self, generation: str, document_id: str) -> tuple[int, ...]:
        """The rows of a document by position; empty where there is no such document."""
        return self._open(generation).document_rows(document_id)

    def document_ids(self, generation: str) -> tuple[str, ...]:
        """All documents that have passages, in order of their first row."""
        return self._open(generation).document_ids

    def document_numbers(self, generation: str) -> NDArray[np.int32]:
        """Row -> the place of its document in `document_ids`."""
        return self._open(generation).numbers

    def scopes(self, generation: str) -> tuple[ScopeRun, ...]:
        """The scopes, in order of row; together they cover all rows."""
        return self._open(generation).scopes

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
