"""Documents -> passages in rows -> what is embedded of them. What did not change is reused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assist.domain.knowledge import Document, Generation, Passage
from assist.ports import Progress, Read
from assist.retrieval.chunking import CHUNKING, chunk
from assist.retrieval.parts import parts as parts_of
from assist.retrieval.rows import in_rows
from assist.service.embedded import merged
from assist.service.parts import Parts


@dataclass(frozen=True, slots=True)
class Previous:
    """What an older generation lends to a new one: its passages by document, and their vectors."""

    generation: Generation | None = None
    hashes: dict[str, str] = field(default_factory=dict)
    passages: dict[str, tuple[Passage, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Parts, generation: Generation | None) -> "Previous":
        """Nothing where another embedder or chunking made it."""
        if (
            generation is None
            or generation.embedder != parts.embedder.name
            or generation.chunking != CHUNKING
        ):
            return cls()
        grouped: dict[str, list[Passage]] = {}
        for passage in parts.knowledge.passages(generation.id):
            grouped.setdefault(passage.document_id, []).append(passage)
        return cls(
            generation=generation,
            hashes={d.id: d.content_hash for d in parts.knowledge.documents(generation.id)},
            passages={document_id: tuple(group) for document_id, group in grouped.items()},
        )


def silent(_stage: str, _done: int, _total: int) -> None:
    """A progress that shows nothing."""


def cut(
    parts: Parts, documents: Sequence[Document], previous: Previous, progress: Progress
) -> tuple[Passage, ...]:
    """All passages, in the order of their rows."""
    limit = parts.embedder.max_pieces
    passages: list[Passage] = []
    for number, document in enumerate(documents, 1):
        if previous.hashes.get(document.id) == document.content_hash:
            passages += previous.passages.get(document.id, ())
        else:
            passages += chunk(document, parts.embedder.pieces, limit)
        progress("cut into passages", number, len(documents))
    return in_rows(passages)


@dataclass(frozen=True, slots=True)
class Lent:
    """What a generation has of what is embedded: row here -> row there."""

    generation: str = ""
    rows: Mapping[int, int] = field(default_factory=dict)


def embed(parts: Parts, passages: Sequence[Passage], lent: Lent, progress: Progress) -> Read:
    """One row per passage; those that are lent are copied, all others embedded at once."""
    missing = [row for row in range(len(passages)) if row not in lent.rows]
    here, there = list(lent.rows), list(lent.rows.values())
    known = _stored(parts, lent.generation, there) if here else None
    made = _embedded(parts, [passages[row] for row in missing], len(passages), progress)
    return merged(len(passages), [(here, known), (missing, made)]) if known else made


def _embedded(parts: Parts, passages: Sequence[Passage], total: int, progress: Progress) -> Read:
    before = total - len(passages)
    read = parts.embedder.embed_corpus(
        [passage.reading for passage in passages],
        [parts_of(passage) for passage in passages],
        lambda done: progress("embed", before + done, total),
    )
    progress("embed", total, total)
    return read


def _stored(parts: Parts, generation: str, rows: Sequence[int]) -> Read:
    return Read(parts.vectors.vectors(generation, rows), parts.parts.parts(generation, rows))


def lent_by(parts: Parts, passages: Sequence[Passage], previous: Previous) -> Lent:
    """What an older generation has of passages whose id and reading are as they were.

    A title may have changed. The rows there are those of the catalogue on disk, which what was
    embedded stands beside, not those that this release would choose.
    """
    if previous.generation is None or not _whole(parts, previous.generation.id):
        return Lent()
    here = {passage.id: row for row, passage in enumerate(passages)}
    rows: dict[int, int] = {}
    for document_id, before in previous.passages.items():
        there = parts.catalogue.document_rows(previous.generation.id, document_id)
        if len(there) != len(before):
            continue
        for passage, row in zip(before, there, strict=True):
            new = here.get(passage.id)
            if new is not None and passages[new].reading == passage.reading:
                rows[new] = row
    return Lent(previous.generation.id, rows)


def _whole(parts: Parts, generation: str) -> bool:
    """Whether a generation's catalogue and what was embedded are there as they were written."""
    return all(
        part.has(generation) and not part.faults(generation)
        for part in (parts.catalogue, parts.vectors, parts.parts)
    )
