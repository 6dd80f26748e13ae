"""A generation's catalogue, opened: what it is asked for is read, the rest stays on disk."""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from assist.adapters.catalogue.files import (
    ARRAYS,
    DOCUMENTS,
    IDS,
    PASSAGES,
    SCOPE_RUNS,
    SCOPES,
    broken,
    changed,
    content,
    manifest,
    mapped,
)
from assist.adapters.catalogue.tables import numbers_at
from assist.domain.knowledge import Passage
from assist.errors import StoreUnavailable
from assist.ports import ScopeRun

HELD = 4_000
"""Passages kept once they were read, some 3 kB each."""
SAMPLE = 32
"""Rows that are read to see whether all can be."""


class Opened:
    """The catalogue in `folder`. Raises `StoreUnavailable` for what cannot be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifest = manifest(folder)
        self.count = self._manifest.count
        self._offsets = self._array("offsets")
        self._checksums = self._array("checksums")
        size = self._manifest.files[PASSAGES].size
        self._lines = mapped(folder, PASSAGES, np.dtype("u1"), size)
        self._ids = self._array("passage_hashes"), self._array("passage_rows")
        self._documents = self._array("document_hashes"), self._array("document_places")
        self._positions = self._array("positions")
        self.numbers: NDArray[np.int32] = self._array("document_numbers")
        self.passage = lru_cache(HELD)(self.read)

    @cached_property
    def document_ids(self) -> tuple[str, ...]:
        """All documents, in order of their first row."""
        try:
            return IDS.validate_json(content(self.folder, DOCUMENTS))
        except ValidationError as error:
            raise broken(self.folder, f"{DOCUMENTS} cannot be read") from error

    @cached_property
    def scopes(self) -> tuple[ScopeRun, ...]:
        """The scopes, in order of row."""
        try:
            return SCOPE_RUNS.validate_json(content(self.folder, SCOPES))
        except ValidationError as error:
            raise broken(self.folder, f"{SCOPES} cannot be read") from error

    def read(self, row: int) -> Passage:
        """The passage in a row; `passage` does the same and keeps it."""
        if not 0 <= row < self.count:
            raise IndexError(f"row {row} of {self.count}")
        line = self._lines[self._offsets[row] : self._offsets[row + 1]].tobytes()
        if crc32(line) != self._checksums[row]:  # a quote must be what was written
            raise broken(self.folder, f"the passage in row {row} was changed after it was written")
        try:
            return Passage.model_validate_json(line)
        except ValidationError as error:
            raise broken(self.folder, f"the passage in row {row} cannot be read") from error

    def row(self, passage_id: str) -> int | None:
        """Where a passage stands, or none."""
        rows = numbers_at(*self._ids, passage_id)
        return next((row for row in rows if self.passage(row).id == passage_id), None)

    def document_rows(self, document_id: str) -> tuple[int, ...]:
        """The rows of a document by position, or none."""
        for number in numbers_at(*self._documents, document_id):
            rows = np.flatnonzero(self.numbers == number)
            if rows.size and self.passage(int(rows[0])).document_id == document_id:
                ordered = rows[np.argsort(self._positions[rows], kind="stable")]
                return tuple(ordered.tolist())
        return ()

    def faults(self) -> Iterator[str]:
        """What is not as it was written. Of the passages only rows spread over all are read."""
        yield from changed(self.folder, self._manifest)
        last = self.count - 1
        for row in sorted({last * part // (SAMPLE - 1) for part in range(SAMPLE) if last >= 0}):
            try:
                if row not in numbers_at(*self._ids, self.read(row).id):
                    yield f"the catalogue: the passage in row {row} is not found by its id"
            except StoreUnavailable as error:
                yield str(error)

    def _array(self, name: str) -> NDArray[Any]:
        return mapped(self.folder, name, ARRAYS[name], self._manifest.files[name].size)
