"""A `PartIndex` in one file per generation: whole numbers of one byte, mapped and never loaded."""

import threading
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from assist.adapters.generations import GenerationFolders
from assist.adapters.home import writing
from assist.domain.base import Model
from assist.errors import NoIndex, StoreUnavailable
from assist.ports import PartVectors

FILE = "parts.i8"
MANIFEST = "manifest.json"
REBUILD = "run: assist index rebuild"
SAMPLED = 16
"""Blocks whose checksum is looked at when a generation is opened."""
BLOCK = 256
"""Rows under one checksum."""


class Manifest(Model):
    """What was written: rows, parts of each, numbers of each part, a CRC-32 per block of rows."""

    shape: tuple[int, int, int]
    checksums: tuple[int, ...]


class FileParts:
    """One folder per generation below `path`. Raises `StoreUnavailable` and `DiskFull`."""

    def __init__(self, path: Path, folders: type[GenerationFolders] = GenerationFolders) -> None:
        self._folders = folders(path)
        self._opened: dict[str, tuple[Manifest, PartVectors]] = {}
        self._lock = threading.Lock()

    def build(self, generation: str, parts: PartVectors) -> None:
        """Write the generation beside the others; it becomes visible in one move."""
        with self._folders.staged(generation) as folder, writing(folder):
            checksums = []
            with (folder / FILE).open("wb") as file:
                for first in range(0, len(parts), BLOCK):
                    block = np.ascontiguousarray(parts[first : first + BLOCK], dtype=np.int8).data
                    file.write(block)
                    checksums.append(zlib.crc32(block))
            rows, count, dimension = parts.shape
            manifest = Manifest(shape=(rows, count, dimension), checksums=tuple(checksums))
            (folder / MANIFEST).write_text(manifest.model_dump_json(), "utf-8")
        self._forget([generation])

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        return self._folders.has(generation)

    def parts(self, generation: str, rows: Sequence[int] | NDArray[np.int64]) -> PartVectors:
        """What is stored of these rows, in this order."""
        return self._mapped(generation)[1][np.asarray(rows, dtype=np.int64)]

    def cosines(
        self, generation: str, rows: NDArray[np.int64], vector: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Shape (rows, parts): each part's cosine to this vector; -1 for one that is not there."""
        manifest, stored = self._mapped(generation)
        if len(vector) != manifest.shape[2]:
            raise NoIndex(
                f"the query's vector has {len(vector)} numbers, the index {manifest.shape[2]}",
                cure="ingest again, or set the embedder back",
            )
        numbers = stored[rows].astype(np.float32)
        lengths = np.sqrt(np.einsum("rpd,rpd->rp", numbers, numbers))
        products: NDArray[np.float32] = numbers @ vector
        return np.where(lengths > 0, products / np.maximum(lengths, 1.0), -1.0).astype(np.float32)

    def faults(self, generation: str) -> tuple[str, ...]:
        """What is not as it was written: the size, or one of a sample of blocks."""
        try:
            manifest, stored = self._mapped(generation)
        except StoreUnavailable as error:
            return (str(error),)
        due = manifest.checksums
        step = max(1, len(due) // SAMPLED)
        altered = [
            n
            for n in range(0, len(due), step)
            if zlib.crc32(np.ascontiguousarray(stored[n * BLOCK : (n + 1) * BLOCK]).data) != due[n]
        ]
        return (
            (f"the parts' vectors from row {altered[0] * BLOCK} on were changed",)
            if altered
            else ()
        )

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        with self._lock:
            self._opened = {name: held for name, held in self._opened.items() if name in keep}
        self._folders.drop(keep)

    def _forget(self, generations: Sequence[str]) -> None:
        with self._lock:
            for generation in generations:
                self._opened.pop(generation, None)

    def _mapped(self, generation: str) -> tuple[Manifest, PartVectors]:
        with self._lock:
            if generation not in self._opened:
                self._opened[generation] = _open(self._folders.folder(generation))
            return self._opened[generation]


def _open(folder: Path) -> tuple[Manifest, PartVectors]:
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_text("utf-8"))
        size = (folder / FILE).stat().st_size
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise StoreUnavailable(
            "the parts' vectors of this generation are not there", cure=REBUILD, where=str(folder)
        ) from error
    rows, count, dimension = manifest.shape
    if size != rows * count * dimension:  # to read what is mapped and gone would end the process
        raise StoreUnavailable(
            f"the parts' vectors take {size} bytes, not {rows * count * dimension}",
            cure=REBUILD,
            where=str(folder),
        )
    if not size:
        return manifest, np.zeros(manifest.shape, dtype=np.int8)
    mapped = np.memmap(folder / FILE, dtype=np.int8, mode="r", shape=manifest.shape)
    return manifest, np.asarray(mapped)
