"""A `StatementIndex` in three files per generation, mapped by all processes and never loaded.

The texts are told by a hash. A vector has a stamp, a checksum over it and its text, written after
it: what was torn by a kill, or altered, is as if it had not been made yet.
"""

import os
import threading
import zlib
from collections.abc import Collection, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from assist.adapters.generations import GenerationFolders
from assist.adapters.home import writing
from assist.domain.base import Model
from assist.errors import StoreUnavailable
from assist.ports import Kept, StatementVectors

KEYS, STAMPS, VECTORS = "keys.u64", "stamps.u32", "vectors.i8"
MANIFEST = "manifest.json"
REBUILD = "run: assist index rebuild"
LENT_AT_ONCE = 4_096
"""Texts whose vectors are copied together from the generation before."""


class Manifest(Model):
    """What was written: how many texts, numbers of each vector, a CRC-32 of all keys."""

    texts: int
    dimension: int
    checksum: int


class _Mapped(NamedTuple):
    folder: Path
    manifest: Manifest
    keys: NDArray[np.uint64]
    stamps: NDArray[np.uint32]
    vectors: StatementVectors

    def places(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Where these keys stand; -1 for one that does not."""
        if not len(self.keys):
            return np.full(len(keys), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[found] == keys, found, -1).astype(np.int64)


class _Told(NamedTuple):
    """Texts as they are looked up: a key each, and what their vector's checksum begins with."""

    keys: NDArray[np.uint64]
    seeds: NDArray[np.uint32]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "_Told":
        digests = (blake2b(t.encode("utf-8", "replace"), digest_size=12).digest() for t in texts)
        found = np.array([*digests], dtype="S12").view([("key", "<u8"), ("seed", "<u4")])
        return cls(np.ascontiguousarray(found["key"]), np.ascontiguousarray(found["seed"]))


class FileStatements:
    """One folder per generation below `path`. Raises `StoreUnavailable` and `DiskFull`."""

    def __init__(self, path: Path, folders: type[GenerationFolders] = GenerationFolders) -> None:
        self._folders = folders(path)
        self._opened: dict[str, _Mapped] = {}
        self._lock = threading.Lock()

    def build(
        self, generation: str, texts: Collection[str], dimension: int, lender: str = ""
    ) -> None:
        """Write the generation beside the others; it becomes visible in one move."""
        stated = list(dict.fromkeys(texts))
        keys = np.unique(_Told.of(stated).keys)
        manifest = Manifest(
            texts=len(keys), dimension=dimension, checksum=zlib.crc32(keys.tobytes())
        )
        with self._folders.staged(generation) as folder, writing(folder):
            (folder / KEYS).write_bytes(keys.tobytes())
            for name, width in ((STAMPS, 4), (VECTORS, dimension)):
                with (folder / name).open("wb") as file:
                    file.truncate(len(keys) * width)
            (folder / MANIFEST).write_text(manifest.model_dump_json(), "utf-8")
            self._lend(lender, _open(folder), stated)
        self._forget(generation)

    def has(self, generation: str) -> bool:
        """Whether the generation is there."""
        return self._folders.has(generation)

    def count(self, generation: str) -> int:
        """How many texts have a place."""
        return self._mapped(generation).manifest.texts

    def unread(self, generation: str) -> int:
        """How many places hold no vector yet."""
        return int(np.count_nonzero(self._mapped(generation).stamps == 0))

    def without_place(self, generation: str, texts: Sequence[str]) -> list[str]:
        """Those that have none."""
        places = self._mapped(generation).places(_Told.of(texts).keys)
        return [text for text, place in zip(texts, places, strict=True) if place < 0]

    def missing(self, generation: str, texts: Sequence[str]) -> list[str]:
        """Those that have a place and no sound vector, each once."""
        mapped, once = self._mapped(generation), list(dict.fromkeys(texts))
        kept = _read(mapped, _Told.of(once))
        return [once[n] for n in np.flatnonzero(kept.placed & ~kept.there)]

    def keep(self, generation: str, texts: Sequence[str], vectors: StatementVectors) -> None:
        """Write each vector, and then its stamp."""
        mapped = self._mapped(generation)
        with writing(mapped.folder):
            _write(mapped, _Told.of(texts), vectors)

    def read(self, generation: str, texts: Sequence[str]) -> Kept:
        """What is kept of these texts."""
        return _read(self._mapped(generation), _Told.of(texts))

    def faults(self, generation: str) -> tuple[str, ...]:
        """What is not as it was written: a size, or the keys."""
        try:
            mapped = self._mapped(generation)
        except StoreUnavailable as error:
            return (str(error),)
        if zlib.crc32(mapped.keys.tobytes()) != mapped.manifest.checksum:
            return ("the statements' keys were changed",)
        return ()

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        with self._lock:
            self._opened = {name: held for name, held in self._opened.items() if name in keep}
        self._folders.drop(keep)

    def _lend(self, lender: str, into: _Mapped, texts: Sequence[str]) -> None:
        """Copy what the lender keeps of these texts; one that is gone or damaged lends nothing."""
        if not lender or not self.has(lender) or self.faults(lender):
            return
        mapped = self._mapped(lender)
        if mapped.manifest.dimension != into.manifest.dimension:
            return
        for first in range(0, len(texts), LENT_AT_ONCE):
            told = _Told.of(texts[first : first + LENT_AT_ONCE])
            kept = _read(mapped, told)
            known = _Told(told.keys[kept.there], told.seeds[kept.there])
            _write(into, known, kept.vectors[kept.there])

    def _forget(self, generation: str) -> None:
        with self._lock:
            self._opened.pop(generation, None)

    def _mapped(self, generation: str) -> _Mapped:
        with self._lock:
            if generation not in self._opened:
                self._opened[generation] = _open(self._folders.folder(generation))
            return self._opened[generation]


def _read(mapped: _Mapped, told: _Told) -> Kept:
    places = mapped.places(told.keys)
    vectors = np.zeros((len(places), mapped.manifest.dimension), dtype=np.int8)
    there = np.zeros(len(places), dtype=np.bool_)
    (known,) = np.nonzero(places >= 0)
    stamps = mapped.stamps[places[known]]
    known, stamps = known[stamps != 0], stamps[stamps != 0]
    vectors[known] = mapped.vectors[places[known]]
    seeds = told.seeds[known].tolist()
    for row, stamp, seed in zip(known.tolist(), stamps.tolist(), seeds, strict=True):
        there[row] = stamp == _stamp(vectors[row], seed)
    vectors[~there] = 0
    return Kept(vectors, there, places >= 0)


def _write(mapped: _Mapped, told: _Told, vectors: StatementVectors) -> None:
    # Written, not mapped: where a mapped page has no room on the disk, the process is killed.
    wide = mapped.manifest.dimension
    rows = os.open(mapped.folder / VECTORS, os.O_WRONLY)
    stamps = os.open(mapped.folder / STAMPS, os.O_WRONLY)
    try:
        for place, seed, vector in zip(mapped.places(told.keys), told.seeds, vectors, strict=True):
            if place >= 0:
                _whole(rows, vector.tobytes(), int(place) * wide)
                stamp = np.uint32(_stamp(vector, int(seed)))
                _whole(stamps, stamp.tobytes(), int(place) * 4)
    finally:
        os.close(rows)
        os.close(stamps)


def _whole(file: int, data: bytes, at: int) -> None:
    """All of it: on a disk that is nearly full a part of it may be written."""
    while data:
        written = os.pwrite(file, data, at)
        data, at = data[written:], at + written


def _stamp(vector: StatementVectors, seed: int) -> int:
    """Never 0, which says that there is none."""
    return zlib.crc32(vector.tobytes(), seed) or 1


def _open(folder: Path) -> _Mapped:
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_text("utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in (KEYS, STAMPS, VECTORS)}
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise StoreUnavailable(
            "the statements' vectors of this generation are not there",
            cure=REBUILD,
            where=str(folder),
        ) from error
    widths = {KEYS: 8, STAMPS: 4, VECTORS: manifest.dimension}
    for name, size in sizes.items():  # to read what is mapped and gone would end the process
        if size != manifest.texts * widths[name]:
            raise StoreUnavailable(
                f"{name} of the statements takes {size} bytes, not {manifest.texts * widths[name]}",
                cure=REBUILD,
                where=str(folder),
            )
    return _Mapped(
        folder,
        manifest,
        _map(folder / KEYS, "<u8", (manifest.texts,)),
        _map(folder / STAMPS, "<u4", (manifest.texts,)),
        _map(folder / VECTORS, "i1", (manifest.texts, manifest.dimension)),
    )


def _map(file: Path, kind: str, shape: tuple[int, ...]) -> NDArray[Any]:
    if 0 in shape:
        return np.zeros(shape, dtype=kind)
    return np.asarray(np.memmap(file, dtype=kind, mode="r", shape=shape))
