"""The files of a generation's catalogue: written once, described by a manifest, mapped to be read.

`passages.jsonl` is a line of JSON per row; `offsets` says where each begins and the last one ends,
`checksums` are their CRC-32s; `document_numbers` and `positions` say whose passage a row is and the
how-manieth; the other arrays are tables (`tables`) of passage ids to rows and of document ids to
their numbers.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from assist.adapters.catalogue.tables import table
from assist.domain.base import Model
from assist.domain.knowledge import Passage
from assist.errors import StoreUnavailable
from assist.ports import ScopeRun
from assist.retrieval.rows import scope_runs

PASSAGES, DOCUMENTS, SCOPES = "passages.jsonl", "documents.json", "scopes.json"
MANIFEST = "manifest.json"
ARRAYS: dict[str, np.dtype[Any]] = {
    "offsets": np.dtype("<i8"),
    "checksums": np.dtype("<u4"),
    "passage_hashes": np.dtype("<u8"),
    "passage_rows": np.dtype("<i4"),
    "document_hashes": np.dtype("<u8"),
    "document_places": np.dtype("<i4"),
    "document_numbers": np.dtype("<i4"),
    "positions": np.dtype("<i4"),
}
IDS: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[str, ...])
SCOPE_RUNS: TypeAdapter[tuple[ScopeRun, ...]] = TypeAdapter(tuple[ScopeRun, ...])
REBUILD = "run: assist index rebuild"


class File(Model):
    """A file as it was written. The passages have a checksum each, looked at when one is read."""

    size: int
    checksum: int | None


class Manifest(Model):
    """What the build of a generation wrote: its passages, its documents and its files."""

    count: int
    documents: int
    files: dict[str, File]


def broken(folder: Path, problem: str) -> StoreUnavailable:
    """The error for a catalogue that is not as it was written."""
    return StoreUnavailable(f"the catalogue: {problem}", cure=REBUILD, where=str(folder))


def write(folder: Path, passages: Sequence[Passage]) -> None:
    """Write a catalogue into an empty folder; raises `OSError`."""
    offsets, checksums = _lines(folder / PASSAGES, passages)
    numbers: dict[str, int] = {}
    of_row = [numbers.setdefault(passage.document_id, len(numbers)) for passage in passages]
    hashes, rows = table([passage.id for passage in passages])
    document_hashes, places = table(list(numbers))
    written: dict[str, Any] = {
        "offsets": offsets,
        "checksums": checksums,
        "passage_hashes": hashes,
        "passage_rows": rows,
        "document_hashes": document_hashes,
        "document_places": places,
        "document_numbers": of_row,
        "positions": [passage.position for passage in passages],
    }
    contents = {name: np.asarray(written[name], ARRAYS[name]).tobytes() for name in ARRAYS}
    contents[DOCUMENTS] = IDS.dump_json(tuple(numbers))
    contents[SCOPES] = SCOPE_RUNS.dump_json(scope_runs(passages))
    files = {PASSAGES: File(size=int(offsets[-1]), checksum=None)}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
        files[name] = File(size=len(content), checksum=crc32(content))
    manifest = Manifest(count=len(passages), documents=len(numbers), files=files)
    (folder / MANIFEST).write_text(manifest.model_dump_json(), "utf-8")


def _lines(path: Path, passages: Iterable[Passage]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Write a line per passage -> where each begins, and the end; and their CRC-32s."""
    ends, checksums = [0], []
    with path.open("wb") as file:
        for passage in passages:
            line = passage.model_dump_json().encode() + b"\n"
            ends.append(ends[-1] + file.write(line))
            checksums.append(crc32(line))
    return np.asarray(ends, np.int64), np.asarray(checksums, np.uint32)


def manifest(folder: Path) -> Manifest:
    """What was written here; raises `StoreUnavailable`."""
    try:
        found = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise broken(folder, "it is not there, or not whole") from error
    if found.files.keys() != {PASSAGES, DOCUMENTS, SCOPES, *ARRAYS}:
        raise broken(folder, "it was written by another version")
    return found


def content(folder: Path, name: str) -> bytes:
    """The whole of a file; raises `StoreUnavailable`."""
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise broken(folder, f"{name} cannot be read: {error.strerror}") from error


def mapped(folder: Path, name: str, kind: np.dtype[Any], size: int) -> NDArray[Any]:
    """A file of `size` bytes as an array mapped into memory; raises `StoreUnavailable`."""
    if size == 0:
        return np.empty(0, kind)  # nothing cannot be mapped
    try:
        return np.memmap(folder / name, kind, "r", shape=(size // kind.itemsize,))
    except (OSError, ValueError) as error:  # numpy says so of a file that is too short
        raise broken(folder, f"{name} is not as it was written") from error


def changed(folder: Path, written: Manifest) -> tuple[str, ...]:
    """The files that are no more as they were written, in words."""
    wrong = []
    for name, file in written.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != file.size:
            wrong.append(f"the catalogue: {name} is not as long as it was written")
        elif file.checksum is not None and crc32(content(folder, name)) != file.checksum:
            wrong.append(f"the catalogue: {name} was changed after it was written")
    return tuple(wrong)
