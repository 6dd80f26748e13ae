"""A `VectorIndex` on disk: a mapped matrix for exact search, graphs where there are many rows."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assist.adapters.generations import GenerationFolders
from assist.adapters.home import writing
from assist.adapters.vectors.choice import Choice
from assist.adapters.vectors.chroma import FolderGraphs
from assist.adapters.vectors.graphs import GraphStore, Place
from assist.adapters.vectors.manifest import Manifest, pools_of
from assist.adapters.vectors.matrix import are_unit, write_matrix
from assist.adapters.vectors.opened import Opened
from assist.adapters.vectors.soundness import faults_of, lost_rows
from assist.adapters.vectors.spans import spans
from assist.domain.knowledge import Passage
from assist.errors import EmbedderUnavailable, StoreUnavailable
from assist.ports import Progress, Ranked, Runs, Vectors


class StoredVectors:
    """A folder per generation below `path`; `graphs` say where graphs of neighbors are kept.

    A half-written generation looks like no other, because its folder is renamed when it is whole,
    and an old one leaves nothing behind, because its folder is removed. Raises `StoreUnavailable`
    and `DiskFull`.
    """

    def __init__(
        self,
        path: Path,
        choice: Choice | None = None,
        graphs: GraphStore | None = None,
        folders: type[GenerationFolders] = GenerationFolders,
    ) -> None:
        self._folders = folders(path)
        self._choice = choice or Choice()
        self._graphs = graphs or FolderGraphs()
        self._opened: dict[str, Opened] = {}
        self._lock = threading.Lock()

    def build(
        self, generation: str, passages: Sequence[Passage], vectors: Vectors, progress: Progress
    ) -> None:
        """Write the generation beside the others; it becomes visible in one move.

        Raises `EmbedderUnavailable` where the vectors cannot be compared: not one for each
        passage, or not of length 1.
        """
        _require_comparable(vectors, len(passages))
        pools = pools_of(passages, self._choice.exact_rows)
        with self._folders.staged(generation) as folder:
            with writing(folder):
                checksums = write_matrix(folder, vectors)
            manifest = Manifest(
                count=len(vectors),
                dimension=vectors.shape[1],
                pools=pools,
                strays=(),
                checksums=checksums,
                graphs=self._graphs.kept,
            )
            strays = self._graphs.write(Place(generation, folder, manifest, vectors), progress)
            with writing(folder):
                manifest.model_copy(update={"strays": strays}).write(folder)
        with self._lock:
            self._opened.pop(generation, None)

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        return self._folders.has(generation)

    def vectors(self, generation: str, rows: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """The stored vectors of these rows, in this order."""
        opened = self._open(generation)
        asked = np.asarray(rows, dtype=np.int64)
        opened.require_rows(asked)
        return opened.matrix.rows[asked]

    def nearest(
        self, generation: str, vector: NDArray[np.float32], limit: int, within: Runs
    ) -> Ranked:
        """The rows of `within` whose vectors are nearest, with their cosines."""
        return self._open(generation).nearest(vector[np.newaxis], limit, spans(within))[0]

    def nearest_each(
        self, generation: str, vectors: Vectors, limit: int, within: Runs
    ) -> list[Ranked]:
        """The same for each of these vectors."""
        return self._open(generation).nearest(vectors, limit, spans(within))

    def unfindable(self, generation: str, rows: Sequence[int], progress: Progress) -> list[int]:
        """Those of these rows that their own vector does not find among the nearest."""
        opened = self._open(generation)
        asked = np.asarray(rows, dtype=np.int64)
        opened.require_rows(asked)
        return lost_rows(opened, asked, progress)

    def faults(self, generation: str) -> tuple[str, ...]:
        """What is not as it was written, in words; of large generations a sample is looked at."""
        try:
            Manifest.read(self._folders.folder(generation))  # what is opened may have gone since
            return faults_of(self._open(generation))
        except StoreUnavailable as error:
            return (str(error),)

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        with self._lock:
            self._opened = {name: o for name, o in self._opened.items() if name in keep}
        self._folders.drop(keep)
        self._graphs.drop(keep)

    def close(self) -> None:
        """Let go of every generation; the next call opens what it needs."""
        with self._lock:
            self._opened = {}
        self._graphs.close()

    def _open(self, generation: str) -> Opened:
        with self._lock:
            if generation not in self._opened:
                folder = self._folders.folder(generation)
                self._opened[generation] = Opened(folder, self._choice, self._graphs, generation)
            return self._opened[generation]


def _require_comparable(vectors: Vectors, passages: int) -> None:
    if vectors.ndim != 2 or len(vectors) != passages or not are_unit(vectors):
        raise EmbedderUnavailable(
            f"the embedding model gave vectors of shape {vectors.shape} for {passages} passages, "
            "or some that are not of length 1",
            cure="name another in ASSIST_EMBEDDER, or unset it to use the packaged model",
        )
