"""Documents -> passages -> vectors and the two derived indexes. What did not change is reused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assist.domain.knowledge import Document, Generation, Passage
from assist.ports import Progress, Vectors
from assist.retrieval.chunking import CHUNKING, chunk
from assist.service.parts import Parts

EMBED_AT_ONCE = 256
"""Texts per call: enough for the embedder to sort by length, few enough to show progress."""


@dataclass(frozen=True, slots=True)
class Previous:
    """What the serving generation lends to the next: passages by document and by id."""

    generation: Generation | None = None
    hashes: dict[str, str] = field(default_factory=dict)
    passages: dict[str, tuple[Passage, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Parts, serving: Generation | None) -> "Previous":
        """Nothing where another embedder or chunking made it."""
        if (
            serving is None
            or serving.embedder != parts.embedder.name
            or serving.chunking != CHUNKING
        ):
            return cls()
        grouped: dict[str, list[Passage]] = {}
        for passage in parts.knowledge.passages(serving.id):
            grouped.setdefault(passage.document_id, []).append(passage)
        return cls(
            generation=serving,
            hashes={d.id: d.content_hash for d in parts.knowledge.documents(serving.id)},
            passages={document_id: tuple(group) for document_id, group in grouped.items()},
        )


def silent(_stage: str, _done: int, _total: int) -> None:
    """A progress that shows nothing."""


def cut(
    parts: Parts, documents: Sequence[Document], previous: Previous, progress: Progress
) -> tuple[Passage, ...]:
    """All passages, in the order of `documents`."""
    limit = parts.embedder.max_pieces
    passages: list[Passage] = []
    for number, document in enumerate(documents, 1):
        if previous.hashes.get(document.id) == document.content_hash:
            passages += previous.passages.get(document.id, ())
        else:
            passages += chunk(document, parts.embedder.pieces, limit)
        progress("cut into passages", number, len(documents))
    return tuple(passages)


def embed(
    parts: Parts, passages: Sequence[Passage], previous: Previous, progress: Progress
) -> Vectors:
    """One row per passage; rows of passages that read the same as before are reused."""
    rows: Vectors = np.zeros((len(passages), parts.embedder.dimension), dtype=np.float32)
    reusable = _reusable(parts, passages, previous)
    missing = [i for i, passage in enumerate(passages) if passage.id not in reusable]
    for i, passage in enumerate(passages):
        if passage.id in reusable:
            rows[i] = reusable[passage.id]
    done = len(passages) - len(missing)
    for batch in _batches(missing):
        rows[batch] = parts.embedder.embed([passages[i].reading for i in batch])
        done += len(batch)
        progress("embed", done, len(passages))
    return rows


def _reusable(
    parts: Parts, passages: Sequence[Passage], previous: Previous
) -> dict[str, NDArray[np.float32]]:
    """Vectors of passages whose id and reading are as they were: a title may have changed."""
    if previous.generation is None or not parts.vectors.has(previous.generation.id):
        return {}
    before = {p.id: p.reading for group in previous.passages.values() for p in group}
    same = [p.id for p in passages if before.get(p.id) == p.reading]
    return parts.vectors.vectors(previous.generation.id, same) if same else {}


def _batches(indexes: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(indexes), EMBED_AT_ONCE):
        yield list(indexes[start : start + EMBED_AT_ONCE])
