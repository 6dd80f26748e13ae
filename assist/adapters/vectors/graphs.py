"""Where the graphs of nearest neighbors are kept: beside the vectors, on a server, or nowhere."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from assist.adapters.vectors.manifest import GraphsKept, Manifest, Pool
from assist.adapters.vectors.spans import Rows
from assist.domain.knowledge import Kind
from assist.errors import BadSetting
from assist.ports import Progress, Vectors


class Graphs(Protocol):
    """The graphs of one generation, open for reading."""

    def near(self, kind: Kind, vectors: Vectors, count: int) -> list[Rows] | None:
        """For each vector the rows a graph finds for it, near ones first, at most `count`.

        None where the graph cannot be asked now: every row is to be compared then. Raises
        `StoreUnavailable`.
        """
        ...

    def strays(self) -> Sequence[int]:
        """Rows that they are known not to lead to, beside those that the manifest names."""
        ...


class Place(NamedTuple):
    """Whose graphs: the generation, the folder of its vectors, what is written down of them."""

    generation: str
    folder: Path
    manifest: Manifest
    matrix: Vectors

    @property
    def graphed(self) -> tuple[Pool, ...]:
        """The kinds that have a graph."""
        return tuple(pool for pool in self.manifest.pools if pool.graph)

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many rows each of them has."""
        return {pool.kind: len(pool.rows) for pool in self.graphed}


class GraphStore(Protocol):
    """Keeps the graphs of all generations of a workspace; `kept` says where."""

    kept: GraphsKept

    def write(self, place: Place, progress: Progress) -> tuple[int, ...]:
        """Write the graphs of a generation that is being built; the rows that they do not lead to.

        `progress` counts rows, those first that need no graph.
        """
        ...

    def open(self, place: Place) -> Graphs:
        """The graphs of a complete generation. Raises `StoreUnavailable`, `BadSetting`."""
        ...

    def drop(self, keep: Sequence[str]) -> None:
        """Delete those of every generation but these."""
        ...

    def close(self) -> None:
        """Let go of what is open; the next call opens it again."""
        ...


class Unasked:
    """Graphs that are somewhere else: every row is compared, which finds the same and more."""

    def near(self, kind: Kind, vectors: Vectors, count: int) -> None:
        """None: not to be asked."""

    def strays(self) -> Sequence[int]:
        """None that matter."""
        return ()


class NoGraphs:
    """A `GraphStore` that keeps none. For several processes on one home, without a server."""

    kept: GraphsKept = "nowhere"

    def write(self, place: Place, progress: Progress) -> tuple[int, ...]:
        """Nothing is written."""
        progress("vectors", len(place.matrix), len(place.matrix))
        return ()

    def open(self, place: Place) -> Graphs:
        """Raises `BadSetting` where they lie in an embedded database."""
        if place.manifest.graphs != "folder" or not place.graphed:
            return Unasked()
        raise BadSetting(
            f"the knowledge base has {max(place.counts.values())} passages of a kind, and their "
            "graph lies in an embedded Chroma database, which serves one process",
            where="--workers",
            cure="set ASSIST_CHROMA_URL to a Chroma server (`chroma run`), or use --workers 1",
        )

    def drop(self, keep: Sequence[str]) -> None:
        """Nothing is there."""

    def close(self) -> None:
        """Nothing is open."""
