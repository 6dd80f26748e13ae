"""Tells what a path is - KB root, folder of Markdown, BEIR corpus, one file - and reads it."""

from collections import Counter
from pathlib import Path

from assist.adapters.documents.files import UnreadableTextError, read_text, walk
from assist.adapters.documents.markdown import SUFFIXES, shelve_file
from assist.adapters.documents.rows import shelve_rows
from assist.adapters.documents.shelf import Shelf
from assist.domain.knowledge import Kind
from assist.errors import BadKnowledgeBase
from assist.ports import Reading

COMPANY_FILES = (
    "facts.yaml",
    "categories.yaml",
    "actions.yaml",
    "authority.yaml",
    "sla.yaml",
    "escalation.yaml",
    "records.yaml",
)
KIND_FOLDERS: dict[str, Kind] = {
    "articles": "kb",
    "policies": "policy",
    "precedents": "precedent",
}
"""Folders of a KB root whose name says what is in them."""
NOT_DOCUMENTS = ("README.md", "tickets")
"""In a KB root: how the format works, and sample tickets."""
UNREAD_SUFFIXES = frozenset({".html", ".htm", ".pdf", ".docx", ".doc", ".odt", ".rtf", ".rst"})
"""Text that people expect to be read; anything else beside the documents needs no word."""


class DocumentSource:
    """Reads paths; the adapter of `ports.Source`.

    What a document says about itself (front matter, row metadata) decides its kind; then the
    `kind` given; then the folder it is in; then `kb`.
    """

    def read(self, path: Path, kind: Kind | None) -> Reading:
        """Everything under `path`. Raises `BadKnowledgeBase` where nothing can be read at all."""
        resolved = path.resolve()
        shelf = Shelf(path)
        if resolved.is_dir():
            self._read_folder(resolved, kind, shelf)
        elif resolved.is_file():
            self._read_file(resolved, kind, shelf)
        else:
            raise BadKnowledgeBase(
                "no such file or folder", where=str(path), cure="give a path that exists"
            )
        reading = shelf.reading()
        if not reading.documents and not reading.files:
            raise _nothing_read(path, reading)
        return reading

    def _read_file(self, path: Path, kind: Kind | None, shelf: Shelf) -> None:
        if path.suffix.lower() == ".jsonl":
            shelve_rows(path, kind or "kb", shelf)
        elif path.suffix.lower() in SUFFIXES:
            shelve_file(path, path.name, kind or "kb", shelf)
        else:
            raise BadKnowledgeBase(
                f"{path.suffix or 'a file without suffix'} is not a kind of file we read",
                where=str(path),
                cure="give a folder, a .md or .txt file, or a corpus.jsonl",
            )

    def _read_folder(self, root: Path, kind: Kind | None, shelf: Shelf) -> None:
        if (root / "corpus.jsonl").is_file():
            shelve_rows(root / "corpus.jsonl", kind or "kb", shelf)
            return
        is_kb_root = any((root / name).is_dir() for name in KIND_FOLDERS) or any(
            (root / name).is_file() for name in COMPANY_FILES
        )
        leave_out = frozenset(root / name for name in NOT_DOCUMENTS) if is_kb_root else frozenset()
        unread: Counter[str] = Counter()
        for file in walk(root, shelf, leave_out):
            relative = file.relative_to(root)
            suffix = file.suffix.lower()
            if suffix in SUFFIXES:
                folder_kind = KIND_FOLDERS.get(relative.parts[0], "kb") if is_kb_root else "kb"
                shelve_file(file, relative.as_posix(), kind or folder_kind, shelf)
            elif is_kb_root and suffix in (".yaml", ".yml") and file.parent == root:
                self._read_company_file(file, shelf)
            elif suffix in UNREAD_SUFFIXES:
                unread[suffix] += 1
        for suffix, count in sorted(unread.items()):
            shelf.warn(root, f"{count} {suffix} files are not read", "convert them to Markdown")

    def _read_company_file(self, file: Path, shelf: Shelf) -> None:
        if file.name not in COMPANY_FILES:
            shelf.warn(file, "is not one of the company's files", f"use {', '.join(COMPANY_FILES)}")
            return
        try:
            shelf.files[file.name] = read_text(file)
        except UnreadableTextError as error:
            shelf.broken(file, error.problem, error.cure, line=error.line, known_id=file.name)


def _nothing_read(path: Path, reading: Reading) -> BadKnowledgeBase:
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    if errors:
        first = errors[0]
        more = f", and {len(errors) - 1} more problems" if len(errors) > 1 else ""
        return BadKnowledgeBase(
            f"nothing here can be read; {first.problem}{more}", where=first.where, cure=first.cure
        )
    return BadKnowledgeBase(
        "holds no documents",
        where=str(path),
        cure="give a folder with .md files, a KB root, or a folder with corpus.jsonl",
    )
