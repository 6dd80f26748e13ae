"""A `VectorIndex` on disk by embedded Chroma: our vectors, cosine, one collection per pool.

Each generation is a database of its own in its own folder. Chroma leaves the files of a deleted
collection on disk, and a half-written one looks like any other; a folder that is renamed when it
is whole and removed when it is old has neither trouble.
"""

import json
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import numpy as np
from numpy.typing import NDArray

from assist.adapters.generations import GenerationFolders
from assist.adapters.home import writing
from assist.domain.knowledge import Kind, Passage
from assist.errors import DiskFull, StoreUnavailable
from assist.ports import Progress, Vectors

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration

BATCH = 1000
"""Vectors per call: progress is seen to move, and Chroma refuses more than 5,461."""
COUNTS = "counts.json"
HNSW: "CreateHNSWConfiguration" = {
    "space": "cosine",
    "max_neighbors": 32,
    "ef_construction": 200,
    "ef_search": 300,
}
NO_SPACE = ("No space left", "disk is full", "Disk quota exceeded")
REBUILD = "run: assist index rebuild"


class ChromaVectors:
    """One Chroma database per generation below `path`, for one process.

    Nothing is embedded by Chroma and its telemetry is off. Raises `StoreUnavailable` and
    `DiskFull`.
    """

    def __init__(self, path: Path) -> None:
        self._folders = GenerationFolders(path)
        self._databases: dict[str, _Database] = {}
        self._lock = threading.Lock()

    def build(
        self, generation: str, passages: Sequence[Passage], vectors: Vectors, progress: Progress
    ) -> None:
        """Write the generation beside the others; it becomes visible in one move."""
        with self._folders.staged(generation) as folder, _translating(folder):
            client = _client(folder)
            try:
                counts = _write(client, passages, vectors, progress)
            finally:
                client.close()
            with writing(folder):
                (folder / COUNTS).write_text(json.dumps(counts), "utf-8")
            self._forget([generation])

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        return self._folders.has(generation)

    def vectors(
        self, generation: str, passage_ids: Sequence[str]
    ) -> dict[str, NDArray[np.float32]]:
        """Stored vectors of those passages that are in the generation."""
        database = self._database(generation)
        found: dict[str, NDArray[np.float32]] = {}
        for pool in database.pools.values():
            for first in range(0, len(passage_ids), BATCH):
                asked = list(passage_ids[first : first + BATCH])
                with _translating(database.folder):
                    got = pool.get(ids=asked, include=["embeddings"])
                rows = np.asarray(got["embeddings"], dtype=np.float32)
                found.update(zip(got["ids"], rows, strict=True))
        return found

    def nearest(
        self, generation: str, kind: Kind, vector: NDArray[np.float32], limit: int
    ) -> list[tuple[str, float]]:
        """(passage id, cosine), best first; equal ones in order of id."""
        database = self._database(generation)
        pool = database.pools.get(kind)
        limit = min(limit, database.counts.get(kind, 0))
        if pool is None or limit < 1:
            return []
        with _translating(database.folder):
            found = pool.query(
                query_embeddings=vector[np.newaxis], n_results=limit, include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        hits = [(id_, 1.0 - float(d)) for id_, d in zip(found["ids"][0], distances, strict=True)]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        with self._lock:
            self._databases = {name: d for name, d in self._databases.items() if name in keep}
        self._folders.drop(keep)

    def close(self) -> None:
        """Let go of every database; the next call opens what it needs."""
        self._forget(list(self._databases))

    def _forget(self, generations: Sequence[str]) -> None:
        with self._lock:
            for generation in generations:
                database = self._databases.pop(generation, None)
                if database:
                    database.close()

    def _database(self, generation: str) -> "_Database":
        with self._lock:
            if generation not in self._databases:
                self._databases[generation] = _Database(self._folders.folder(generation))
            return self._databases[generation]


class _Database:
    """A complete generation, open for reading, closed when the last reader lets go of it.

    Chroma makes a new database where it finds an empty one, so what is there is held against the
    count that the build wrote down.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts = _written_down(folder)
        with _translating(folder):
            client = _client(folder)
            self.close = weakref.finalize(self, client.close)
            self.pools = {
                kind: client.get_collection(_name(kind), embedding_function=None)
                for kind in self.counts
            }
            found = {kind: pool.count() for kind, pool in self.pools.items()}
        if found != self.counts:
            raise StoreUnavailable(
                f"the vector store holds {found}, not {self.counts}",
                cure=REBUILD,
                where=str(folder),
            )


def _written_down(folder: Path) -> dict[Kind, int]:
    """How many vectors the build wrote for each kind."""
    try:
        counts: dict[Kind, int] = json.loads((folder / COUNTS).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoreUnavailable(
            "the vectors of this generation are not there", cure=REBUILD, where=str(folder)
        ) from error
    return counts


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


def _write(
    client: "Client", passages: Sequence[Passage], vectors: Vectors, progress: Progress
) -> dict[Kind, int]:
    """Fill one collection per kind; `progress` counts passages over all of them."""
    counts: dict[Kind, int] = {}
    for kind in get_args(Kind):
        rows = [row for row, passage in enumerate(passages) if passage.kind == kind]
        if not rows:
            continue
        pool = client.create_collection(
            _name(kind), embedding_function=None, configuration={"hnsw": HNSW}
        )
        for first in range(0, len(rows), BATCH):
            batch = rows[first : first + BATCH]
            pool.add(ids=[passages[row].id for row in batch], embeddings=vectors[batch])
            progress("vectors", sum(counts.values()) + first + len(batch), len(passages))
        counts[kind] = len(rows)
    return counts


@contextmanager
def _translating(folder: Path) -> Iterator[None]:
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
