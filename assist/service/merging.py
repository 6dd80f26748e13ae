"""What a generation held and what was read -> what the next one holds. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from assist.domain.knowledge import Document
from assist.ports import Reading


class Prune(Enum):
    """What becomes of what came from the same path before and is gone from it now."""

    NOTHING = "nothing"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Content:
    """Everything in one generation, before it is cut into passages. Documents ordered by id."""

    documents: tuple[Document, ...]
    files: Mapping[str, str]
    """The company's YAML files by name."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many documents differ between two contents."""

    added: int
    changed: int
    removed: int
    unchanged: int


def merge(before: Content, reading: Reading, prune: Prune) -> Content:
    """Documents replaced by id and files by name; with `Prune.GONE`, what is gone goes.

    What could not be read this time (`skipped_ids`, `skipped_sources`) is never pruned.
    """
    read = {document.id: document for document in reading.documents}
    kept = {
        document.id: document
        for document in before.documents
        if prune is Prune.NOTHING or not _is_gone(document, reading)
    }
    merged = kept | read
    return Content(
        documents=tuple(merged[document_id] for document_id in sorted(merged)),
        files=_merged_files(before, reading, prune),
    )


def gone(before: Content, reading: Reading) -> tuple[Document, ...]:
    """What came from the root that was read now, is not there any more, and would be pruned."""
    read = {document.id for document in reading.documents}
    return tuple(d for d in before.documents if d.id not in read and _is_gone(d, reading))


def _is_gone(document: Document, reading: Reading) -> bool:
    """Came from the root that was read now, and nothing excuses its absence."""
    return (
        is_below(document.source, reading.root)
        and document.id not in reading.skipped_ids
        and not any(is_below(document.source, source) for source in reading.skipped_sources)
    )


def is_below(source: str, root: str) -> bool:
    """Whether a document of this source came from this root."""
    return source == root or source.startswith(root.rstrip("/") + "/")


def _merged_files(before: Content, reading: Reading, prune: Prune) -> dict[str, str]:
    """One company has one set of files: pruning drops those that the set read now lacks."""
    old = dict(before.files)
    if prune is Prune.GONE and reading.files:
        old = {name: text for name, text in old.items() if name in reading.skipped_ids}
    return old | reading.files


def fingerprint(content: Content, *, workspace: str, embedder: str, chunking: str) -> str:
    """SHA-256 over the content and what indexes it: equal fingerprints, nothing to do."""
    fields = {
        "workspace": workspace,
        "embedder": embedder,
        "chunking": chunking,
        "documents": [[d.id, d.content_hash] for d in content.documents],
        "files": dict(content.files),
    }
    canonical = json.dumps(fields, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def compare(before: Content, after: Content) -> Changes:
    """A document is changed where anything but the place it was read from differs.

    Lines of the front matter are such a place: what is stored has none.
    """
    old = {document.id: _matter(document) for document in before.documents}
    new = {document.id: _matter(document) for document in after.documents}
    shared = old.keys() & new.keys()
    changed = sum(old[document_id] != new[document_id] for document_id in shared)
    return Changes(
        added=len(new.keys() - old.keys()),
        changed=changed,
        removed=len(old.keys() - new.keys()),
        unchanged=len(shared) - changed,
    )


def _matter(document: Document) -> Document:
    return document.model_copy(update={"source": "", "content_hash": "", "front_matter_lines": {}})
