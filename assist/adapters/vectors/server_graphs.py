"""Graphs of nearest neighbors on a Chroma server, shared by all processes and replicas.

The server is never needed: what it cannot be asked is compared row by row, which finds the same
and more, and takes longer. So an ingest, a search and a start go on without it, and a collection
that is missing is made by whoever builds, from the vectors that lie on the disk.

A collection's name says whose it is and what is in it: workspace, generation (whose fingerprint
holds embedder and chunking), and a digest of the rows in their order. Two homes that made the same
share it; vectors of two models never meet.
"""

import hashlib
import json
import logging
import threading
import time
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assist.adapters.generations import plain_name
from assist.adapters.vectors.chroma import BATCH, HNSW
from assist.adapters.vectors.chroma_server import Connection, answering, connected
from assist.adapters.vectors.graphs import Graphs, Place
from assist.adapters.vectors.lookup import look_up
from assist.adapters.vectors.manifest import GraphsKept, Pool
from assist.adapters.vectors.spans import Rows
from assist.domain.knowledge import Kind
from assist.errors import StoreUnavailable
from assist.ports import Progress, Vectors

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

LOG = logging.getLogger(__name__)
REST = 5.0
"""Seconds until the next try, after the server did not answer or lacked a collection."""
STRAYS = "strays"
UNFINISHED = "unfinished"


class Whose(NamedTuple):
    """Which collections are ours: of this installation and workspace. `builds`: we may make them.

    Of several processes on one home one builds.
    """

    installation: str
    workspace: str
    builds: bool = True

    @property
    def prefix(self) -> str:
        """How their names begin."""
        return f"assist.{self.workspace}.{self.installation}."


class ServerGraphs:
    """A `GraphStore` on the server at `url`. Thread-safe."""

    kept: GraphsKept = "server"

    def __init__(self, url: str, whose: Whose) -> None:
        self.url, self.whose = url, whose
        self.unanswered = 0
        """Queries for which every row was compared instead."""
        self._connection: Connection | None = None
        self._rest_until = 0.0
        self._said = ""
        self._lock = threading.Lock()

    def write(self, place: Place, progress: Progress) -> tuple[int, ...]:
        """Make the collections; where the server does not answer, that is said, and done later."""
        total, done = place.manifest.count, 0
        try:
            for pool in place.graphed:
                self.make(place, pool)
                progress("vectors", done := done + len(pool.rows), total)
        except StoreUnavailable as error:
            self.failed(error)
        progress("vectors", total, total)
        return ()

    def open(self, place: Place) -> Graphs:
        """The graphs of a generation, looked for on the server when they are first asked."""
        return _OnServer(self, place)

    def drop(self, keep: Sequence[str]) -> None:
        """Delete the collections of every generation but these, as far as the server answers."""
        if not self.whose.builds or self.resting():
            return
        kept = tuple(f"{self.whose.prefix}{plain_name(generation)}." for generation in keep)
        try:
            with answering(self.url):
                for name in self.server().names():
                    if name.startswith(self.whose.prefix) and not name.startswith(kept):
                        self.server().delete(name)
        except StoreUnavailable as error:
            self.failed(error)

    def server(self) -> Connection:
        """The connection, made when it is first needed. Raises `BadSetting`."""
        with self._lock:
            if self._connection is None:
                self._connection = connected(self.url)
            return self._connection

    def close(self) -> None:
        """Let go of the connection; the next call makes another."""
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def resting(self) -> bool:
        """Whether the server failed a moment ago, and is left alone."""
        return time.monotonic() < self._rest_until

    def failed(self, error: StoreUnavailable) -> None:
        """Leave the server alone for a while, and say once what is wrong."""
        with self._lock:
            self._rest_until = time.monotonic() + REST
            said, self._said = self._said, error.problem
        self.close()
        if said != error.problem:
            LOG.warning("every row is compared meanwhile: %s", error)

    def answered(self) -> None:
        """Say once that the server answers again."""
        if self._said:
            self._said = ""
            LOG.warning("the Chroma server answers again")

    def name(self, place: Place, kind: Kind) -> str:
        """What the collection of a kind is called: its content says it."""
        rows = json.dumps([place.manifest.checksums, place.manifest.dimension, kind]).encode()
        digest = hashlib.sha256(rows).hexdigest()[:12]
        return f"{self.whose.prefix}{plain_name(place.generation)}.{digest}.{kind}"

    def make(self, place: Place, pool: Pool) -> None:
        """Make a collection beside, see what it loses, and give it its name in one move.

        One that is there already is left. Raises `StoreUnavailable`.
        """
        name = self.name(place, pool.kind)
        with answering(self.url):
            if self.found(name) is not None:
                return
            beside = f"{name}.{UNFINISHED}-{uuid.uuid4().hex[:8]}"
            made = self.server().create(beside, {"hnsw": HNSW})
            for first in range(0, len(pool.rows), BATCH):
                rows = pool.rows[first : first + BATCH]
                made.add(ids=[str(row) for row in rows.tolist()], embeddings=place.matrix[rows])
            lost = self._lost(made, pool, place.matrix)
            made.modify(metadata={STRAYS: json.dumps(lost), "count": len(pool.rows)})
            if self.found(name) is None:
                made.modify(name=name)
            else:  # another home was quicker
                self.server().delete(beside)

    def found(self, name: str) -> "Collection | None":
        """A whole collection, or none. Raises `StoreUnavailable`."""
        with answering(self.url):
            return self.server().get(name)

    def _lost(self, made: "Collection", pool: Pool, matrix: Vectors) -> list[int]:
        asked = _Asked({pool.kind: made})
        return [row for _, lost in look_up(asked, pool.kind, pool.rows, matrix) for row in lost]


class _Asked:
    """Collections, asked."""

    def __init__(self, collections: dict[Kind, "Collection"]) -> None:
        self.collections = collections

    def near(self, kind: Kind, vectors: Vectors, count: int) -> list[Rows]:
        """As the server finds them."""
        found = self.collections[kind].query(
            query_embeddings=vectors, n_results=count, include=["distances"]
        )
        return [np.array(ids, dtype=np.int64) for ids in found["ids"]]

    def strays(self) -> Sequence[int]:
        """As they were seen when each was made."""
        told = (one.metadata or {} for one in self.collections.values())
        return [int(row) for one in told for row in json.loads(str(one.get(STRAYS, "[]")))]


class _OnServer:
    """`Graphs` of one generation; what the server cannot be asked, nobody has to wait for."""

    def __init__(self, store: ServerGraphs, place: Place) -> None:
        self._store, self._place = store, place
        self._asked: _Asked | None = None
        self._next_look = 0.0
        self._making = False
        self._lock = threading.Lock()

    def near(self, kind: Kind, vectors: Vectors, count: int) -> list[Rows] | None:
        """As the server finds them; None while it does not answer or lacks the collection."""
        asked = None if self._store.resting() else self._looked_up()
        if asked is None:
            self._store.unanswered += 1
            return None
        try:
            with answering(self._store.url):
                found = asked.near(kind, vectors, count)
        except StoreUnavailable as error:
            with self._lock:
                self._asked = None  # it may have lost what it had
            self._store.unanswered += 1
            self._store.failed(error)
            return None
        self._store.answered()
        return found

    def strays(self) -> Sequence[int]:
        """As they were seen when the collections were made."""
        asked = self._asked
        return asked.strays() if asked else ()

    def _looked_up(self) -> _Asked | None:
        """The collections, if all are there; else whoever builds makes them."""
        with self._lock:
            if self._asked is not None or time.monotonic() < self._next_look:
                return self._asked
            self._next_look = time.monotonic() + REST
        try:
            found = {kind: self._found(kind) for kind in self._place.counts}
        except StoreUnavailable as error:
            self._store.failed(error)
            return None
        whole = {kind: one for kind, one in found.items() if one is not None}
        if len(whole) < len(found):
            self._have_made()
            return None
        self._asked = _Asked(whole)
        return self._asked

    def _found(self, kind: Kind) -> "Collection | None":
        return self._store.found(self._store.name(self._place, kind))

    def _have_made(self) -> None:
        """Make what is missing in a thread of its own, where it is ours to make."""
        with self._lock:
            if self._making or not self._store.whose.builds:
                return
            self._making = True
        # It ends with the process: a collection that is not whole has no name to be found by.
        threading.Thread(target=self._make, name="graphs", daemon=True).start()

    def _make(self) -> None:
        try:
            for pool in self._place.graphed:
                self._store.make(self._place, pool)
            LOG.warning("the graphs of generation %s are on the server", self._place.generation)
        except StoreUnavailable as error:
            self._store.failed(error)
        finally:
            with self._lock:
                self._making, self._next_look = False, 0.0
