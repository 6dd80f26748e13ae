"""A complete generation, open for reading: which rows of it are nearest to a vector."""

import threading
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assist.adapters.vectors.choice import Choice
from assist.adapters.vectors.graphs import Graphs, GraphStore, Place
from assist.adapters.vectors.manifest import REBUILD, Manifest
from assist.adapters.vectors.matrix import Matrix
from assist.adapters.vectors.scan import exact, ranked
from assist.adapters.vectors.spans import Rows, Spans, inside, overlap, size, spans
from assist.domain.knowledge import Kind
from assist.errors import StoreUnavailable
from assist.ports import Ranked, Vectors


class Opened:
    """Maps the matrix at once and opens the graphs when they are first asked.

    Raises `StoreUnavailable` where the folder is not there or not as it was written.
    """

    def __init__(
        self, folder: Path, choice: Choice, store: GraphStore, generation: str = ""
    ) -> None:
        self.manifest = Manifest.read(folder)
        self.matrix = Matrix(folder, self.manifest)
        self.graphed: dict[Kind, Spans] = {
            pool.kind: spans(pool.runs) for pool in self.manifest.pools if pool.graph
        }
        self._folder = folder
        self._choice = choice
        self._store = store
        self._place = Place(generation, folder, self.manifest, self.matrix.rows)
        self._graphs: Graphs | None = None
        self._lock = threading.Lock()

    @property
    def graphs(self) -> Graphs:
        """The graphs of the kinds that have one."""
        with self._lock:
            if self._graphs is None:
                self._graphs = self._store.open(self._place)
            return self._graphs

    def nearest(self, vectors: Vectors, limit: int, within: Spans) -> list[Ranked]:
        """For each vector the `limit` rows within that are nearest, best first, equal ones by row.

        Of a kind whose graph is asked they are those the graph leads to; scores are exact always.
        """
        if limit < 1 or not len(within):
            none = Ranked(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
            return [none] * len(vectors)
        self.require_rows(within[:, 0], within[:, 1] - 1)
        self._require_dimension(vectors)
        if not any(size(overlap(within, own)) for own in self.graphed.values()):
            return exact(self.matrix.rows, vectors, within, limit)
        return [self._by_graphs(vector, limit, within) for vector in vectors]

    def _by_graphs(self, vector: NDArray[np.float32], limit: int, within: Spans) -> Ranked:
        found = {
            kind: rows
            for kind, own in self.graphed.items()
            if (rows := self._led_to(kind, vector, limit, overlap(within, own))) is not None
        }
        if not found:
            return exact(self.matrix.rows, vector[np.newaxis], within, limit)[0]
        others = self._others(within, found)
        (rest,) = exact(self.matrix.rows, vector[np.newaxis], others, limit)
        rows = np.concatenate([rest.rows, *found.values()])
        return ranked(self.matrix.rows, vector, rows, limit)

    def require_rows(self, *rows: Rows) -> None:
        """Raises `StoreUnavailable` where a row is none of this generation's."""
        for some in rows:
            if len(some) and not 0 <= some.min() <= some.max() < self.manifest.count:
                raise StoreUnavailable(
                    f"the vectors hold {self.manifest.count} rows, and row {some.max()} is asked",
                    cure=REBUILD,
                    where=str(self._folder),
                )

    def _require_dimension(self, vectors: Vectors) -> None:
        due = self.manifest.dimension
        if vectors.shape[1:] != (due,):
            raise StoreUnavailable(
                f"the query's vector has {vectors.shape[-1]} numbers, those of the passages {due}",
                cure="ingest again: they were made with another embedding model",
                where=str(self._folder),
            )

    def _led_to(
        self, kind: Kind, vector: NDArray[np.float32], limit: int, within: Spans
    ) -> Rows | None:
        """Enough rows within that the kind's graph leads to; none where to compare costs less."""
        kept, total = size(within), size(self.graphed[kind])
        strays = inside(self._strays(), within)
        enough = min(limit, kept - len(strays))
        for count in self._choice.fetches(limit, kept, total, self.manifest.dimension):
            near = self.graphs.near(kind, vector[np.newaxis], count)
            if near is None:
                return None
            rows = inside(near[0], within)
            if len(rows) >= enough:
                return np.union1d(rows, strays)
        return None

    def _strays(self) -> Rows:
        """Rows that the graphs do not lead to, in order."""
        known = {*self.manifest.strays, *self.graphs.strays()}
        return np.array(sorted(known), dtype=np.int64)

    def _others(self, within: Spans, found: Iterable[Kind]) -> Spans:
        """What lies within and in no kind that its graph has answered for."""
        parts = [
            overlap(within, spans(pool.runs))
            for pool in self.manifest.pools
            if pool.kind not in found
        ]
        others = np.concatenate([within[:0], *parts])
        return others[np.argsort(others[:, 0])]
