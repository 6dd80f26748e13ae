"""Text -> vectors, by a sentence-transformers model in a folder; by default the packaged MiniLM.

Nothing is loaded until the first vector is asked for, and nothing is ever fetched. What people wait
for is computed by the model as compiled for this home, without torch; what comes by the thousands
by whatever is fastest here.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assist.adapters.embedding.batches import unheard
from assist.adapters.embedding.compiled import Engine
from assist.adapters.embedding.engines import Cut, Engines
from assist.adapters.embedding.model_folder import REINSTALL, ModelFolder
from assist.adapters.embedding.parts_seen import PartsSeen
from assist.adapters.embedding.query_cache import QueryCache, Row
from assist.adapters.embedding.tokens import encodable
from assist.adapters.embedding.weights import WeightHashes
from assist.errors import EmbedderUnavailable
from assist.ports import Read, Vectors

CACHED = 4096
"""Vectors of queries kept: 6 MB of the packaged model's."""
READ_LAST = 256
"""Vectors kept by what the model read, so that one text in two writings is computed once."""
Ranges = Sequence[tuple[int, int]]
AT_ONCE = 32_768
"""Texts of a corpus that are sorted by length together: 60 MB of pieces."""


class SentenceEmbedder:
    """An `Embedder`. `path` is a sentence-transformers folder with safetensors weights.

    Below `compiled` compiled models are kept; one that is missing, broken or of another model is
    compiled when the first text comes, which imports torch and takes up to half a minute. `engine`
    other than `auto` computes everything in that way. `cache` is how many vectors of queries are
    kept, 0 none. For `languages` and `sha256` see `ModelFolder`. An empty text is embedded as the
    model reads it: its special pieces alone, a unit vector like any other. Threads may share it.
    Raises `EmbedderUnavailable`.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        compiled: Path,
        languages: Sequence[str] = (),
        sha256: str | None = None,
        engine: Engine = "auto",
        cache: int = CACHED,
    ) -> None:
        folder = ModelFolder(path, WeightHashes(compiled), languages=languages, sha256=sha256)
        self._folder = folder
        self._engines = Engines(folder, compiled, engine)
        self.name = folder.name
        self.dimension = folder.dimension
        self.max_pieces = folder.max_pieces
        self.languages = folder.languages
        self.cache = QueryCache(cache)
        self._read = QueryCache(min(cache, READ_LAST))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit row of float32 per text; `max_pieces` word pieces of each are read."""
        read = [encodable(text) for text in texts]
        found = {text: row for text in set(read) if (row := self.cache.get(text)) is not None}
        missing = [text for text in dict.fromkeys(read) if text not in found]
        if missing:
            for text, row in zip(missing, self._computed(missing), strict=True):
                found[text] = row
                self.cache.put(text, row)
        return np.stack([found[text] for text in read]) if read else self._empty()

    def _computed(self, texts: Sequence[str]) -> list[Row]:
        """The vectors of texts; of those that the model reads alike one is computed.

        It sees no line breaks, and this one no capitals. What was read a moment ago is kept.
        """
        ids = self._folder.ids(texts)
        keys = [one.tobytes().hex() for one in ids]
        found = {key: row for key in set(keys) if (row := self._read.get(key)) is not None}
        first = {key: n for n, key in reversed([*enumerate(keys)]) if key not in found}
        if first:
            places = sorted(first.values())
            cut = Cut([texts[n] for n in places], [ids[n] for n in places])
            rows = self._unit(self._engines.for_query()(cut, unheard, None))
            for place, row in zip(places, rows, strict=True):
                found[keys[place]] = row
                self._read.put(keys[place], row)
        return [found[key] for key in keys]

    def embed_corpus(
        self, texts: Sequence[str], parts: Sequence[Ranges], done: Callable[[int], None]
    ) -> Read:
        """The same for thousands of texts, and their parts.

        `done` hears how many are ready, and may end it. Of a model that does not average its
        pieces no part has a vector.
        """
        vectors = [self._empty()]
        kept = PartsSeen(len(texts), max(map(len, parts), default=0), self.dimension)
        for start in range(0, len(texts), AT_ONCE):
            read = [encodable(text) for text in texts[start : start + AT_ONCE]]
            cut = Cut(read, self._folder.ids(read))
            mean = sum(map(len, cut.ids)) / len(read)
            compute = self._engines.for_corpus(round(mean * len(texts)))
            see = kept.seeing(start, self._spans(read, parts[start : start + AT_ONCE]))
            vectors.append(self._unit(compute(cut, _after(start, done), see)))
        return Read(np.concatenate(vectors), kept.vectors)

    def _spans(self, read: Sequence[str], parts: Sequence[Ranges]) -> list[list[tuple[int, int]]]:
        """The pieces of each part, of a model whose pieces can be averaged."""
        if not self._folder.averages:
            return []
        tokens, prompt = self._folder.tokens, self._folder.prompt
        return [
            tokens.spans(
                prompt + text, [(len(prompt) + start, len(prompt) + end) for start, end in ranges]
            )
            for text, ranges in zip(read, parts, strict=True)
        ]

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Character offsets (start, end) of the word pieces of `text`, untruncated, no specials."""
        return self._folder.tokens.pieces(text)

    def describe(self) -> str:
        """How vectors are computed in this home, and how near that comes to the reference."""
        return self._engines.told()

    def _unit(self, vectors: Vectors) -> Vectors:
        lengths = np.linalg.norm(vectors.astype(np.float64), axis=1, keepdims=True)
        if vectors.shape[1] != self.dimension or not (np.isfinite(lengths) & (lengths > 0)).all():
            raise EmbedderUnavailable(
                f"the model returned vectors that are not {self.dimension} finite numbers "
                "with a direction",
                cure=REINSTALL,
                where=str(self._folder.path),
            )
        return np.asarray(vectors / lengths, dtype=np.float32)

    def _empty(self) -> Vectors:
        return np.zeros((0, self.dimension), dtype=np.float32)


def _after(start: int, done: Callable[[int], None]) -> Callable[[int], None]:
    return lambda ready: done(start + ready)
