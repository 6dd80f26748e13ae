"""What is gathered while a path is read: documents by id, problems, and what must be kept."""

import hashlib
import json
from pathlib import Path

from assist.domain.knowledge import Document, ReadProblem
from assist.ports import Reading

_OWN_IDS = {
    "policy": "give each policy its own id; a new edition has one too and names the old one in "
    "supersedes",
}


class Shelf:
    """Collects documents and problems of one reading. The first document with an id keeps it."""

    def __init__(self, given: Path) -> None:
        self._given = given
        self.root = given.resolve()
        self._documents: dict[str, Document] = {}
        self._places: dict[str, str] = {}
        self._problems: list[ReadProblem] = []
        self._skipped_ids: list[str] = []
        self._skipped_sources: list[str] = []
        self.files: dict[str, str] = {}

    def where(self, path: Path, line: int | None = None) -> str:
        """`file` or `file:line`, the file as the caller would type it."""
        shown = self._given / path.relative_to(self.root) if path != self.root else self._given
        return f"{shown}:{line}" if line else str(shown)

    def add(self, document: Document, path: Path, line: int | None = None) -> None:
        """Keep the document, hashed; a second one with its id is a problem."""
        where = self.where(path, line)
        if document.id in self._places:
            self._problem(
                where,
                f"the id {document.id!r} is already used at {self._places[document.id]}",
                _OWN_IDS.get(document.kind, "give each document its own id"),
            )
            return
        self._places[document.id] = where
        self._documents[document.id] = document.model_copy(
            update={"content_hash": content_hash(document)}
        )

    def broken(
        self, path: Path, problem: str, cure: str, *, line: int | None = None, known_id: str = ""
    ) -> None:
        """Name something that cannot be read; its previous version is kept.

        With `known_id` only that document is kept, else everything that came from `path`.
        """
        self._problem(self.where(path, line), problem, cure)
        if known_id:
            self.keep(known_id)
        else:
            self._skipped_sources.append(path.as_posix())

    def keep(self, document_id: str) -> None:
        """Keep the previous version of this document, wherever it came from."""
        self._skipped_ids.append(document_id)

    def warn(self, path: Path, problem: str, cure: str = "", *, line: int | None = None) -> None:
        """Name something that was read but holds nothing, or was left out on purpose."""
        self._problems.append(
            ReadProblem(
                where=self.where(path, line), problem=problem, cure=cure, severity="warning"
            )
        )

    def reading(self) -> Reading:
        """Everything gathered, documents in the order they were found."""
        return Reading(
            root=self.root.as_posix(),
            documents=tuple(self._documents.values()),
            files=self.files,
            problems=tuple(self._problems),
            skipped_ids=tuple(self._skipped_ids),
            skipped_sources=tuple(self._skipped_sources),
        )

    def _problem(self, where: str, problem: str, cure: str) -> None:
        self._problems.append(ReadProblem(where=where, problem=problem, cure=cure))


def content_hash(document: Document) -> str:
    """SHA-256 over the canonical JSON of everything in the document but the hash itself."""
    fields = document.model_dump(mode="json", exclude={"content_hash"})
    canonical = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
