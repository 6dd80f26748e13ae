"""What is found in a knowledge base: searches for its own titles, before and after a restore."""

from collections.abc import Sequence

from assist.domain.backup import Compared, Sample, WorkspaceBackup
from assist.service.desk import Desk

QUERIES = 20
"""Spread evenly over the documents: a lost or swapped part is seen by the first of them."""
FOUND = 5


def samples_of(desk: Desk) -> tuple[Sample, ...]:
    """Searches for titles of what serves, and what they find. Raises `NoIndex`."""
    library = desk.opened().library
    ids = library.document_ids()
    step = max(1, len(ids) // QUERIES)
    titles = [library.document(one)[0].title or one for one in ids[::step][:QUERIES]]
    return tuple(Sample(query=title, found=_found(desk, title)) for title in dict.fromkeys(titles))


def compared(desk: Desk, kept: WorkspaceBackup) -> Sequence[Compared]:
    """The searches of a backup, made again."""
    return [
        Compared(
            workspace=kept.workspace,
            query=one.query,
            before=one.found,
            after=_found(desk, one.query),
        )
        for one in kept.samples
    ]


def _found(desk: Desk, query: str) -> tuple[str, ...]:
    hits = desk.search(query, top_k=FOUND, filters={})
    return tuple(hit.passage_id for hit in hits)
