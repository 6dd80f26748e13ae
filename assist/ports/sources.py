"""Reads a path into documents."""

from pathlib import Path
from typing import Protocol

from pydantic import Field

from assist.domain.base import Model
from assist.domain.knowledge import Document, Kind, ReadProblem


class Reading(Model):
    """What a source held: documents, the company's YAML files by name, and what went wrong."""

    root: str
    documents: tuple[Document, ...]
    files: dict[str, str] = Field(default_factory=dict)
    problems: tuple[ReadProblem, ...] = ()
    skipped_ids: tuple[str, ...] = ()
    """Ids of documents that are there but broken: their previous version is kept."""
    skipped_sources: tuple[str, ...] = ()
    """Files or folders that could not be read: what was read from them before is kept."""


class Source(Protocol):
    """Reads a path into documents."""

    def read(self, path: Path, kind: Kind | None) -> Reading:
        """Everything under `path`. Raises `BadKnowledgeBase` where it cannot be read at all."""
        ...
