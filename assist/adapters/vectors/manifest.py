"""What the build of a generation's vectors wrote down: how many, which kinds, checksums."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Literal, get_args

from pydantic import ValidationError

from assist.adapters.vectors.spans import Rows, rows_of, spans
from assist.domain.base import Model
from assist.domain.knowledge import Kind, Passage
from assist.errors import StoreUnavailable
from assist.ports import Runs

MANIFEST = "manifest.json"
REBUILD = "run: assist index rebuild"
GraphsKept = Literal["folder", "server", "nowhere"]
"""Where a generation's graphs were written: beside its vectors, to a server, or not at all."""


class Pool(Model):
    """The rows of one kind. `graph`: they are too many to compare with all of them each time."""

    kind: Kind
    runs: Runs
    graph: bool

    @property
    def rows(self) -> Rows:
        """All of them, in order."""
        return rows_of(spans(self.runs))


class Manifest(Model):
    """A generation's vectors: `count` of `dimension` numbers; a CRC-32 for each block of rows.

    `strays` are rows that their graph does not lead to, and which are compared every time.
    """

    count: int
    dimension: int
    pools: tuple[Pool, ...]
    strays: tuple[int, ...]
    checksums: tuple[int, ...]
    graphs: GraphsKept = "folder"

    def write(self, folder: Path) -> None:
        """Write it down; raises `OSError`."""
        (folder / MANIFEST).write_text(self.model_dump_json(), "utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """What was written down; raises `StoreUnavailable` where that is not there or not whole."""
        try:
            return cls.model_validate_json((folder / MANIFEST).read_text("utf-8"))
        except (OSError, ValidationError, UnicodeDecodeError) as error:
            raise StoreUnavailable(
                "the vectors of this generation are not there", cure=REBUILD, where=str(folder)
            ) from error


def pools_of(passages: Sequence[Passage], exact_rows: int) -> tuple[Pool, ...]:
    """The kinds that passages in rows have; those of more than `exact_rows` with a graph."""
    runs: dict[Kind, list[tuple[int, int]]] = {kind: [] for kind in get_args(Kind)}
    start = 0
    for kind, same in groupby(passage.kind for passage in passages):
        stop = start + sum(1 for _ in same)
        runs[kind].append((start, stop))
        start = stop
    return tuple(
        Pool(kind=kind, runs=tuple(held), graph=sum(b - a for a, b in held) > exact_rows)
        for kind, held in runs.items()
        if held
    )
