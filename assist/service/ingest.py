"""A path -> a new published generation of the knowledge base, or nothing when nothing changed.

`read`, then `prepare` against what serves, then `build` beside it, then the switch. Reading may
happen in another process, and earlier; preparing may not: what serves then is what is merged with.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assist.domain.jobs import IngestReport
from assist.domain.knowledge import Document, Generation, Kind, ReadProblem, Refusal
from assist.errors import BadKnowledgeBase
from assist.ports import Progress, Reading
from assist.retrieval.chunking import CHUNKING
from assist.service.auditing import operated
from assist.service.covering_lines import hand_on, name_of
from assist.service.index_repair import build_checked
from assist.service.indexing import Previous, cut, embed, lent_by
from assist.service.merging import Changes, Content, Prune, compare, fingerprint, gone, merge
from assist.service.parts import Parts
from assist.service.sent import without_taken
from assist.service.standing_precedents import standing
from assist.service.stated import lender_of

Check = Callable[[Mapping[str, str], Sequence[Document]], None]
"""Raises `BadKnowledgeBase` where the company's files or clauses do not compile."""
Switch = Callable[[str], None]
"""Makes a built generation the one that serves."""
InUse = Callable[[], Collection[str]]
"""Ids of generations that somebody is still searching."""


def ingest(
    parts: Parts,
    path: Path,
    *,
    check: Check,
    progress: Progress,
    kind: Kind | None = None,
    prune: Prune = Prune.NOTHING,
    in_use: InUse = tuple,
) -> IngestReport:
    """Read `path`, merge it with what is there, index the result beside, and switch to it.

    Until the switch the old generation serves, whatever happens. Raises `BadKnowledgeBase`
    where nothing can be read or `check` refuses what would be served.
    """
    started = parts.clock.now()
    progress("read", 0, 1)
    reading = parts.source.read(path, kind)
    progress("read", 1, 1)
    return ingest_reading(
        parts,
        reading,
        check=check,
        progress=progress,
        prune=prune,
        started=started,
        switch=parts.knowledge.publish,
        in_use=in_use,
    )


def ingest_reading(
    parts: Parts,
    reading: Reading,
    *,
    check: Check,
    progress: Progress,
    prune: Prune,
    started: datetime,
    switch: Switch,
    in_use: InUse,
) -> IngestReport:
    """The same for what has been read already. Raises `BadKnowledgeBase` as `check` does."""
    prepared = prepare(parts, reading, check=check, prune=prune)
    if prepared.unchanged:
        live = prepared.unchanged
        parts.knowledge.refuse(None)
    else:
        live = build(parts, prepared.serving, prepared.after, progress)
        switch(live.id)
        operated(parts.audit, parts.clock, "publish", live.id)
    drop_all_but(parts, {live.id, *in_use()})
    return _report(
        live,
        compare(prepared.before, prepared.after),
        prepared.reading,
        published=live is not prepared.unchanged,
        seconds=(parts.clock.now() - started).total_seconds(),
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a reading comes to beside what serves now, checked and not yet indexed."""

    serving: Generation | None
    before: Content
    after: Content
    mark: str
    reading: Reading
    """What was taken of what was read, and what must be said about it."""

    @property
    def unchanged(self) -> Generation | None:
        """The generation that serves, where it is already all this."""
        same = self.serving is not None and self.serving.fingerprint == self.mark
        return self.serving if same else None


def prepare(parts: Parts, reading: Reading, *, check: Check, prune: Prune) -> Prepared:
    """Merge with what serves now, check and fingerprint the result."""
    serving = parts.knowledge.current()
    before = _content(parts, serving)
    reading = without_taken(reading, before.documents)
    after = merge(before, reading, prune)
    after = replace(after, documents=standing(after.documents, parts.cases))
    if prune is Prune.NOTHING:
        reading = _with_gone(reading, gone(before, reading))
    try:
        check(after.files, after.documents)
    except BadKnowledgeBase as error:
        raise _refused(parts, serving, error) from error
    return Prepared(serving, before, after, _mark(parts, after), reading)


def _mark(parts: Parts, content: Content) -> str:
    return fingerprint(
        content, workspace=parts.workspace, embedder=parts.embedder.name, chunking=CHUNKING
    )


def _with_gone(reading: Reading, left: Sequence[Document]) -> Reading:
    """The reading, with a warning for each document that is gone from its folder and serves."""
    told = tuple(
        ReadProblem(
            where=document.source,
            problem=f"{document.id!r} is gone from the folder and goes on serving",
            cure="ingest with --prune to take it out",
            severity="warning",
        )
        for document in left
    )
    return reading.model_copy(update={"problems": (*reading.problems, *told)})


def _refused(parts: Parts, serving: Generation | None, error: BadKnowledgeBase) -> BadKnowledgeBase:
    """The error, remembered, and with what serves all the same."""
    if serving is None:
        return error
    parts.knowledge.refuse(
        Refusal(at=parts.clock.now(), where=error.where, problem=error.problem, cure=error.cure)
    )
    keeps = f"generation {serving.number} keeps serving"
    cure = f"{error.cure}; {keeps}" if error.cure else keeps
    return BadKnowledgeBase(error.problem, cure=cure, where=error.where)


def _content(parts: Parts, serving: Generation | None) -> Content:
    if serving is None:
        return Content((), {})
    return Content(parts.knowledge.documents(serving.id), parts.knowledge.files(serving.id))


def build(
    parts: Parts, serving: Generation | None, content: Content, progress: Progress
) -> Generation:
    """A whole generation beside the one that serves: staged, with its derived parts, looked up."""
    mark = _mark(parts, content)
    previous = Previous.of(parts, serving)
    passages = cut(parts, content.documents, previous, progress)
    read = embed(parts, passages, lent_by(parts, passages, previous), progress)
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
    lender = lender_of(parts, serving)
    build_checked(parts, generation.id, passages, read, progress, lender=lender)
    hand_on(parts, generation.id, passages, lender)
    return generation


def drop_all_but(parts: Parts, generations: Collection[str]) -> None:
    """Delete what was derived from all other generations; never during a build.

    Text that is not served any more is then in no file but the store's.
    """
    for part in (parts.catalogue, parts.vectors, parts.parts, parts.lexical):
        part.drop(list(generations))
    parts.statements.drop([*generations, *map(name_of, generations)])


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
