"""A path -> a new published generation of the knowledge base, or nothing when nothing changed."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assist.domain.base import Model
from assist.domain.knowledge import Document, Generation, Kind, ReadProblem
from assist.ports import Progress, Reading
from assist.retrieval.chunking import CHUNKING
from assist.service.indexing import Previous, cut, embed
from assist.service.merging import Changes, Content, Prune, compare, fingerprint, merge
from assist.service.parts import Parts

Check = Callable[[Mapping[str, str], Sequence[Document]], None]
"""Raises `BadKnowledgeBase` where the company's files or clauses do not compile."""


class IngestReport(Model):
    """What an ingest did. `generation` is the one that serves afterwards."""

    generation: str
    published: bool
    added: int
    changed: int
    removed: int
    unchanged: int
    documents: int
    passages: int
    problems: tuple[ReadProblem, ...]
    """What could not be read, and what was read but holds nothing, by `severity`."""
    errors: int
    warnings: int
    seconds: float

    @property
    def summary(self) -> str:
        """One sentence for a person."""
        if not self.published:
            return f"nothing changed: {self.documents} documents, {self.passages} passages"
        return (
            f"{self.added} added, {self.changed} changed, {self.removed} removed, "
            f"{self.unchanged} unchanged: {self.documents} documents, {self.passages} passages"
        )


def ingest(
    parts: Parts,
    path: Path,
    *,
    check: Check,
    progress: Progress,
    kind: Kind | None = None,
    prune: Prune = Prune.NOTHING,
) -> IngestReport:
    """Read `path`, merge it with what is there, index the result beside, and switch to it.

    Until the switch the old generation serves, whatever happens. Raises `BadKnowledgeBase`
    where nothing can be read or `check` refuses what would be served.
    """
    started = parts.clock.now()
    progress("read", 0, 1)
    reading = parts.source.read(path, kind)
    progress("read", 1, 1)
    serving = parts.knowledge.current()
    before = _content(parts, serving)
    after = merge(before, reading, prune)
    check(after.files, after.documents)
    mark = fingerprint(
        after, workspace=parts.workspace, embedder=parts.embedder.name, chunking=CHUNKING
    )
    if serving is not None and serving.fingerprint == mark:
        live = serving
    else:
        live = _publish(parts, serving, after, mark, progress)
    return _report(
        live,
        compare(before, after),
        reading,
        published=live is not serving,
        seconds=(parts.clock.now() - started).total_seconds(),
    )


def _content(parts: Parts, serving: Generation | None) -> Content:
    if serving is None:
        return Content((), {})
    return Content(parts.knowledge.documents(serving.id), parts.knowledge.files(serving.id))


def _publish(
    parts: Parts, serving: Generation | None, content: Content, mark: str, progress: Progress
) -> Generation:
    """Index beside the serving generation and switch; the last move is the only visible one."""
    previous = Previous.of(parts, serving)
    passages = cut(parts, content.documents, previous, progress)
    vectors = embed(parts, passages, previous, progress)
    number = serving.number + 1 if serving else 1
    generation = Generation(
        id=f"g{number}-{mark[:16]}",
        number=number,
        fingerprint=mark,
        embedder=parts.embedder.name,
        chunking=CHUNKING,
        created_at=parts.clock.now(),
        documents=len(content.documents),
        passages=len(passages),
    )
    parts.knowledge.stage(generation, content.documents, passages, content.files)
    parts.vectors.build(generation.id, passages, vectors, progress)
    parts.lexical.build(generation.id, passages)
    parts.knowledge.publish(generation.id)
    # The generation before this one stays indexed: searches that have begun on it end on it.
    keep = [generation.id, serving.id] if serving else [generation.id]
    parts.vectors.drop(keep)
    parts.lexical.drop(keep)
    return generation


def _report(
    live: Generation, changes: Changes, reading: Reading, *, published: bool, seconds: float
) -> IngestReport:
    return IngestReport(
        generation=live.id,
        published=published,
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        unchanged=changes.unchanged,
        documents=live.documents,
        passages=live.passages,
        problems=reading.problems,
        errors=sum(problem.severity == "error" for problem in reading.problems),
        warnings=sum(problem.severity == "warning" for problem in reading.problems),
        seconds=seconds,
    )
