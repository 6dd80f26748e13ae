"""Which way of computing vectors is used for queries, and which for a corpus."""

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from assist.adapters.embedding.batches import Ids, See
from assist.adapters.embedding.compiled import (
    BULK,
    GRAPH,
    MANIFEST,
    Engine,
    Manifest,
    kept,
    name_of,
)
from assist.adapters.embedding.model_folder import ModelFolder
from assist.adapters.embedding.onnx_model import OnnxModel
from assist.adapters.embedding.torch_model import Reference, bulk_model, torch_is_imported
from assist.adapters.generations import GenerationFolders
from assist.adapters.home import writing
from assist.adapters.processor import computes_bfloat16, has_cuda, usable_cores
from assist.ports import Vectors

log = logging.getLogger(__name__)
IMPORTING = 5.0
LOADING = 0.5
"""Seconds until torch, and then the model in it, computes."""
LOCK = "lock"


class Cut(NamedTuple):
    """Texts as they are, and what the model reads of each."""

    texts: Sequence[str]
    ids: Sequence[Ids]


Compute = Callable[[Cut, Callable[[int], None], See | None], Vectors]
"""Vectors as the model makes them, of any length; the second argument hears how many are ready,
the third is shown each text's pieces, but not by the reference."""


class Engines:
    """The ways to compute a model's vectors, each made ready when it is first asked for."""

    def __init__(self, folder: ModelFolder, compiled: Path, engine: Engine) -> None:
        self._folder = folder
        self._engine = engine
        self._home = GenerationFolders(compiled)
        self._lock = threading.RLock()
        self._query: Compute | None = None
        self._bulk: Compute | None = None
        self._manifest: Manifest | None = None

    def for_query(self) -> Compute:
        """What computes texts that somebody waits for."""
        with self._lock:
            if self._query is None:
                self._query = self._query_engine()
            return self._query

    def for_corpus(self, pieces: int) -> Compute:
        """What computes so many pieces soonest, the time to make it ready included."""
        query = self.for_query()
        with self._lock:
            if self._bulk is None and self._worth_bulk(pieces):
                bulk = bulk_model(self._folder)
                self._bulk = lambda cut, done, see: bulk.vectors(cut.ids, done, see)
            return self._bulk or query

    def told(self) -> str:
        """What computes, in a sentence; nothing is made ready for it."""
        if self._engine == "reference":
            return "sentence-transformers itself, as asked for"
        built = self._home.folder(name_of(self._folder, self._engine))
        manifest = kept(built, self._folder)
        return manifest.note if manifest else "not compiled yet: the first text takes some seconds"

    def _query_engine(self) -> Compute:
        if self._engine != "reference":
            built, self._manifest = self._compiled()
            if self._manifest.engine != "reference":
                model = OnnxModel(built / GRAPH)
                return lambda cut, done, see: model.vectors(cut.ids, done, see)
        reference = Reference(self._folder)
        return lambda cut, done, _see: reference.vectors(cut.texts, done)

    def _worth_bulk(self, pieces: int) -> bool:
        made = self._manifest
        if made is None or made.engine == "reference" or self._engine != "auto":
            return False
        if BULK not in made.rates or not computes_bfloat16():
            return False
        start = LOADING if torch_is_imported() else IMPORTING + LOADING
        saved = 1 / made.rates[made.engine] - (0.0 if has_cuda() else 1 / made.rates[BULK])
        return saved * pieces / usable_cores() > start

    def _compiled(self) -> tuple[Path, Manifest]:
        """The folder of the compiled model, made now if it must be; by one process at a time."""
        name = name_of(self._folder, self._engine)
        built = self._home.folder(name)
        manifest = kept(built, self._folder)
        if manifest is not None:
            return built, manifest
        with writing(self._home.root):
            self._home.root.mkdir(parents=True, exist_ok=True)
        with FileLock(self._home.root / LOCK):
            manifest = kept(built, self._folder)  # another process may have made it meanwhile
            return built, manifest or self._make(name, built)

    def _make(self, name: str, built: Path) -> Manifest:
        from assist.adapters.embedding.compiling import compiled

        if built.exists():
            log.warning("%s is broken or of another processor: compiling again", built)
        with self._home.staged(name) as folder, writing(folder):
            manifest = compiled(self._folder, folder, self._engine)
            (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2), "utf-8")
        return manifest
