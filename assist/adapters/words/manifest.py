"""What the build of a generation's words wrote down beside the indexes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal
from zlib import crc32

import tantivy
from pydantic import ValidationError

from assist.adapters.words.languages import words
from assist.adapters.words.text import readable
from assist.domain.base import Model
from assist.domain.knowledge import Passage
from assist.errors import DiskFull, StoreUnavailable

MANIFEST = "manifest.json"
PASSAGES = "passages"
SAMPLE = 16
"""Passages whose words are asked for when the index is looked over at start."""
SAMPLE_WORDS = 4
"""Words kept of each of them, the longest."""
REBUILD = "run: assist index rebuild"
LAYOUT: Literal[2] = 2
"""Which fields the index has; one of another layout is built again."""
NO_SPACE = ("No space left", "File too large", "Disk quota exceeded")


class Sample(Model):
    """Some words of the passage in a row."""

    row: int
    words: tuple[str, ...]


class Manifest(Model):
    """How many rows there are, where scopes begin, languages, files."""

    layout: Literal[2]
    count: int
    starts: tuple[int, ...]
    languages: tuple[str, ...]
    files: dict[str, int]
    """Each file's CRC-32: tantivy ends the process on some that are not as it wrote them."""
    sample: tuple[Sample, ...]

    def write(self, folder: Path) -> None:
        """Write it down; raises `OSError`."""
        (folder / MANIFEST).write_text(self.model_dump_json(), "utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """What was written down; raises `StoreUnavailable`."""
        try:
            return cls.model_validate_json((folder / MANIFEST).read_bytes())
        except (OSError, ValidationError) as error:
            raise StoreUnavailable(
                "the words of this generation are not there", cure=REBUILD, where=str(folder)
            ) from error


def checksums(folder: Path) -> dict[str, int]:
    """The files of the index in `folder`, each with its CRC-32, without locks."""
    return {
        str(file.relative_to(folder)): crc32(file.read_bytes())
        for file in (folder / PASSAGES).iterdir()
        if file.suffix != ".lock"
    }


def sampled(passages: Sequence[Passage]) -> Iterator[Sample]:
    """Words of passages spread over all rows, the first among them."""
    last = len(passages) - 1
    for row in sorted({last * part // (SAMPLE - 1) for part in range(SAMPLE)}) if passages else ():
        said = set(words(readable(passages[row].reading)))
        if said:
            yield Sample(
                row=row, words=tuple(sorted(said, key=lambda w: (-len(w), w))[:SAMPLE_WORDS])
            )


def translated(error: ValueError, folder: Path) -> DiskFull | StoreUnavailable:
    """What tantivy says, all of it as `ValueError`, as one of our errors."""
    if any(sign in str(error) for sign in NO_SPACE):
        return DiskFull(
            "no space left to write", cure="free some space and run it again", where=str(folder)
        )
    return StoreUnavailable(f"the index of words failed: {error}", cure=REBUILD, where=str(folder))


def opened(folder: Path, written: Manifest) -> tantivy.Searcher:
    """The index in `folder`; raises `StoreUnavailable` where it is not as it was written."""
    try:
        if checksums(folder) != written.files:
            raise StoreUnavailable(
                "the index of words: its files are not as they were written",
                cure=REBUILD,
                where=str(folder),
            )
        return tantivy.Index.open(str(folder / PASSAGES)).searcher()
    except OSError as error:
        raise StoreUnavailable(
            f"the index of words cannot be read: {error.strerror}", cure=REBUILD, where=str(folder)
        ) from error
    except ValueError as error:
        raise translated(error, folder) from error
