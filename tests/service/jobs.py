"""A desk whose jobs are sent and built at once, over fakes: what the tests of jobs share."""

import json
from pathlib import Path
from typing import Any

from assist.adapters.uploads import FolderUploads
from assist.domain.jobs import Job
from assist.domain.knowledge import Kind
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.service.jobs import Guest, new_job
from assist.service.merging import Prune
from assist.service.sent import DOCUMENTS
from tests.service.parts import some_parts

BROKEN_POLICY = """---
id: returns
title: Returns
version: "1"
owner: Care
effective: 2026-01-01
purpose: Trust.
clauses:
  - id: returns.window
    type: standard
    actions: [refund]
    effect: allow
    reason: It is open.
    text: Send it back.
---
Send it back.
"""


def an_owner(folder: Path, limit: int = 1_000_000) -> Desk:
    """An owner whose home holds nothing yet."""
    uploads = FolderUploads(folder / "uploads", limit=limit)
    return Desk(parts=some_parts(uploads=uploads), records_for=lambda _files: None)


def guest_of(desk: Desk) -> Guest:
    return Guest(desk.parts.jobs, desk.parts.source, desk.parts.clock)


def sent(desk: Desk, path: Path, **options: Any) -> Job:
    """A path read by another process and handed in."""
    given = {"kind": None, "prune": Prune.NOTHING, "progress": silent}
    return guest_of(desk).send(path, **(given | options))


def uploaded(
    desk: Desk,
    source: str = "wiki",
    kind: Kind | None = None,
    prune: Prune = Prune.NOTHING,
    **files: str,
) -> Job:
    """Files that came over HTTP; `__` in a name stands for its dot."""
    job = new_job(
        f"j-{len(desk.parts.jobs.latest(999))}",
        desk.parts.clock,
        sent_as="documents" if DOCUMENTS in map(_dotted, files) else "files",
        source=source,
        kind=kind,
        prune=prune,
    )
    with desk.parts.uploads.receive(job.id) as upload:
        for name, text in files.items():
            upload.begin(_dotted(name))
            upload.write(text.encode())
    desk.parts.jobs.add(job, None)
    return job


def _dotted(name: str) -> str:
    return name.replace("__", ".")


def built(desk: Desk) -> list[Job]:
    """Every job that waits, built; as they ended."""
    builder = desk.builder()
    return list(iter(lambda: builder.build_next(silent), None))


def texts(desk: Desk) -> dict[str, str]:
    serving = desk.parts.knowledge.current()
    found = desk.parts.knowledge.documents(serving.id) if serving else ()
    return {document.id: document.text for document in found}


def row(document_id: str, text: str, **more: Any) -> str:
    """A row of a corpus."""
    return json.dumps({"_id": document_id, "text": text} | more) + "\n"
