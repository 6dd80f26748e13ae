"""Graphs of nearest neighbors by Chroma: one collection for each kind, in a database beside them.

Chroma gets vectors under the numbers of their rows and nothing else, so no text lies in it.
Importing it takes .6 s: who has no graph never does.
"""

import weakref
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assist.adapters.vectors.graphs import Graphs, Place, Unasked
from assist.adapters.vectors.lookup import STAGE, look_up
from assist.adapters.vectors.manifest import REBUILD, GraphsKept
from assist.adapters.vectors.spans import Rows
from assist.domain.knowledge import Kind
from assist.errors import DiskFull, StoreUnavailable
from assist.ports import Progress, Vectors

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration

BATCH = 1000
"""Vectors per call: progress is seen to move, and Chroma refuses more than 5,461."""
HNSW: "CreateHNSWConfiguration" = {
    "space": "cosine",
    "max_neighbors": 32,
    "ef_construction": 100,
    "ef_search": 400,
}
"""Among 100,000 it finds .99 of the ten nearest; with 16 neighbors .98, built a third faster. 200
at construction instead of 100 takes 1.6 times as long and finds .0005 more."""
NO_SPACE = ("No space left", "disk is full", "Disk quota exceeded")


def write_graph(folder: Path, kind: Kind, rows: Rows, vectors: Vectors) -> Generator[int]:
    """Add the graph of one kind, whose rows these are; gives how many of them are in so far."""
    with translating(folder):
        client = _client(folder)
        try:
            pool = client.create_collection(
                _name(kind), embedding_function=None, configuration={"hnsw": HNSW}
            )
            for first in range(0, len(rows), BATCH):
                batch = rows[first : first + BATCH]
                pool.add(ids=[str(row) for row in batch.tolist()], embeddings=vectors[batch])
                yield first + len(batch)
        finally:
            client.close()


class FolderGraphs:
    """A `GraphStore` for one process: an embedded database in the folder of each generation."""

    kept: GraphsKept = "folder"

    def write(self, place: Place, progress: Progress) -> tuple[int, ...]:
        """See `GraphStore.write`."""
        total = place.manifest.count
        before = total - sum(place.counts.values())
        if before:
            progress("vectors", before, total)
        for pool in place.graphed:
            # Closed here and now: the folder is gone as soon as `progress` raises.
            with closing(write_graph(place.folder, pool.kind, pool.rows, place.matrix)) as steps:
                for done in steps:
                    progress("vectors", before + done, total)
            before += len(pool.rows)
        return _strays(place, progress)

    def open(self, place: Place) -> Graphs:
        """See `GraphStore.open`."""
        if place.manifest.graphs != self.kept:
            return Unasked()
        return EmbeddedGraphs(place.folder, place.counts)

    def drop(self, keep: Sequence[str]) -> None:
        """Nothing: they go with the folder of their generation."""

    def close(self) -> None:
        """Nothing: each generation's is closed with its last reader."""


def _strays(place: Place, progress: Progress) -> tuple[int, ...]:
    """The rows that the graphs, as they lie on the disk, do not lead to."""
    if not place.graphed:
        return ()
    graphs = EmbeddedGraphs(place.folder, place.counts)
    strays, done, total = [], 0, sum(place.counts.values())
    for pool in place.graphed:
        for count, missed in look_up(graphs, pool.kind, pool.rows, place.matrix):
            strays += missed
            progress(STAGE, done := done + count, total)
    return tuple(sorted(strays))


class EmbeddedGraphs:
    """The graphs of a complete generation, open for reading, closed with the last reader.

    Chroma makes a new database where it finds an empty one, so what is there is held against the
    counts that the build wrote down.
    """

    def __init__(self, folder: Path, counts: Mapping[Kind, int]) -> None:
        self._folder = folder
        with translating(folder):
            client = _client(folder)
            self.close = weakref.finalize(self, client.close)
            self._pools = {
                kind: client.get_collection(_name(kind), embedding_function=None) for kind in counts
            }
            found = {kind: pool.count() for kind, pool in self._pools.items()}
        if found != counts:
            raise StoreUnavailable(
                f"the vector store holds {found}, not {counts}", cure=REBUILD, where=str(folder)
            )

    def near(self, kind: Kind, vectors: Vectors, count: int) -> list[Rows]:
        """For each vector the rows the graph finds for it, near ones first, at most `count`."""
        with translating(self._folder):
            found = self._pools[kind].query(
                query_embeddings=vectors, n_results=count, include=["distances"]
            )
        return [np.array(ids, dtype=np.int64) for ids in found["ids"]]

    def strays(self) -> Sequence[int]:
        """None: the manifest names them."""
        return ()


def _client(folder: Path) -> "Client":
    """Chroma on this folder. Its own factory keeps a database that failed to open, for good."""
    from chromadb.api.client import Client
    from chromadb.api.rust import RustBindingsAPI
    from chromadb.config import Settings, System

    settings = Settings(
        anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder)
    )
    system = System(settings)
    system.instance(RustBindingsAPI)
    system.start()
    return Client.from_system(system)


def _name(kind: Kind) -> str:
    return f"pool-{kind}"


@contextmanager
def translating(folder: Path) -> Iterator[None]:
    """Turn Chroma's errors into ours."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError) as error:  # a database it cannot open is a ValueError
        if any(sign in str(error) for sign in NO_SPACE):
            raise DiskFull(
                "no space left to write", cure="free some space and run it again", where=str(folder)
            ) from error
        raise StoreUnavailable(
            f"the vector store failed: {error}", cure=REBUILD, where=str(folder)
        ) from error
