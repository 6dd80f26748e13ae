"""The vectors of a generation in one file: float32, row after row, mapped and never loaded."""

import zlib
from pathlib import Path

import numpy as np

from assist.adapters.vectors.manifest import REBUILD, Manifest
from assist.errors import StoreUnavailable
from assist.ports import Vectors

FILE = "matrix.f32"
STORED = np.dtype("<f4")
BLOCK = 256
"""Rows under one checksum: .4 MB at 384 numbers, so that a sample of blocks is read quickly."""
UNIT = 1e-3
"""A square of the length that far from 1 is wrong: float32 is off by less than 1e-5."""


def write_matrix(folder: Path, vectors: Vectors) -> tuple[int, ...]:
    """Write the vectors; gives the checksum of each block. Raises `OSError`."""
    checksums = []
    with (folder / FILE).open("wb") as file:
        for first in range(0, len(vectors), BLOCK):
            block = np.ascontiguousarray(vectors[first : first + BLOCK], dtype=STORED).data
            file.write(block)
            checksums.append(zlib.crc32(block))
    return tuple(checksums)


def are_unit(vectors: Vectors) -> bool:
    """Whether every row is of length 1; one that is not a number is not."""
    return bool((np.abs(np.vecdot(vectors, vectors) - 1) < UNIT).all())


class Matrix:
    """The mapped file of a complete generation. `rows` is shape (count, dimension)."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._file = folder / FILE
        self._manifest = manifest
        self.require_size()
        shape = (manifest.count, manifest.dimension)
        self.rows: Vectors = np.empty(shape, dtype=np.float32)
        if manifest.count:
            # Without the subclass: slices of a memmap take several times as long.
            self.rows = np.asarray(np.memmap(self._file, dtype=STORED, mode="r", shape=shape))

    def require_size(self) -> None:
        """Raises `StoreUnavailable` where the file is not as long as it was written.

        To read what is mapped and no longer there would end the process.
        """
        due = self._manifest.count * self._manifest.dimension * STORED.itemsize
        found = self._file.stat().st_size if self._file.is_file() else 0
        if found != due:
            raise StoreUnavailable(
                f"the vectors take {found} bytes, not {due}", cure=REBUILD, where=str(self._file)
            )

    def altered(self, block: int) -> bool:
        """Whether a block is not as it was written."""
        rows = self.rows[block * BLOCK : (block + 1) * BLOCK]
        return zlib.crc32(rows.data) != self._manifest.checksums[block]
