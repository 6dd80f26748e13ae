"""Use case: documents are gone for good: from what serves, from what served, from every file.

Kept are suggestions, with what they quote: they are the record of what an agent was told.
"""

import difflib
from collections.abc import Sequence

from assist.domain.base import Model
from assist.domain.knowledge import Generation
from assist.errors import NoIndex, NotFound, NotReady
from assist.ports import Progress
from assist.service.auditing import operated
from assist.service.ingest import Check, build, drop_all_but
from assist.service.merging import Content
from assist.service.parts import Parts


class Erasure(Model):
    """What was erased and where. `older` generations had some of the documents and lost them."""

    documents: tuple[str, ...]
    generation: str
    """The one that serves now, without them."""
    older: int
    said: tuple[str, ...]
    """What was done to the database's files, and what was not."""


def erase(
    parts: Parts, document_ids: Sequence[str], *, check: Check, progress: Progress
) -> Erasure:
    """Publish what serves without these documents, and take them out of all that is kept.

    Run again after a failure or a kill, it goes on. Nobody else may search the home meanwhile.
    Raises `NotFound` where no generation has a document, `NotReady` while an ingest waits that
    might bring it back, and what `check` raises: then nothing has changed.
    """
    serving = parts.knowledge.current()
    if serving is None:
        raise NoIndex("nothing has been ingested yet", cure="run `assist ingest PATH`")
    if waiting := len(parts.jobs.unfinished()):
        cure = "let the server build them, or run `assist ingest`, and erase then"
        raise NotReady(f"{waiting} ingest jobs wait, which may hold the text", cure=cure)
    before = Content(parts.knowledge.documents(serving.id), parts.knowledge.files(serving.id))
    gone = frozenset(document_ids)
    _check_known(parts, gone, {document.id for document in before.documents}, serving)
    kept = tuple(document for document in before.documents if document.id not in gone)
    live = serving
    if len(kept) < len(before.documents):
        check(before.files, kept)
        live = build(parts, serving, Content(kept, before.files), progress)
        parts.knowledge.publish(live.id)
    older = parts.knowledge.erase(gone)
    operated(parts.audit, parts.clock, "erase", live.id, *sorted(gone))
    drop_all_but(parts, [live.id])
    return Erasure(
        documents=tuple(sorted(gone)),
        generation=live.id,
        older=older,
        said=parts.knowledge.scrub(),
    )


def _check_known(parts: Parts, wanted: frozenset[str], live: set[str], serving: Generation) -> None:
    unknown = wanted - live
    for generation in parts.knowledge.generations() if unknown else ():
        if generation.id != serving.id:
            unknown -= {document.id for document in parts.knowledge.documents(generation.id)}
    for one in sorted(unknown):
        near = difflib.get_close_matches(one, sorted(live), n=3, cutoff=0.5)
        cure = f"did you mean {', '.join(near)}?" if near else "ask `assist search` for ids"
        raise NotFound(f"no generation has a document {one!r}", cure=cure)
