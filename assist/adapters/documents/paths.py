"""Tells what a path is - KB root, folder of documents, BEIR corpus, one file - and reads it."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from assist.adapters.documents import macros, solved, zendesk
from assist.adapters.documents.converter import Converter
from assist.adapters.documents.files import UnreadableTextError, read_text, walk
from assist.adapters.documents.formats import CONVERTED_SUFFIXES, shelve_converted
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
    "ticket_template.yaml",
    "tone.yaml",
)
KIND_FOLDERS: dict[str, Kind] = {
    "articles": "kb",
    "policies": "policy",
    "precedents": "precedent",
}
"""Folders of a KB root whose name says what is in them."""
MACROS, PRECEDENTS = "macros", "precedents"
"""Folders of a KB root in which exports of a helpdesk are read too."""
NOT_DOCUMENTS = ("README.md", "tickets")
"""In a KB root: how the format works, and sample tickets."""
UNREAD_SUFFIXES = frozenset({".doc", ".odt", ".rtf", ".rst", ".csv", ".jsonl"})
"""Text that people expect to be read; anything else beside the documents needs no word."""
TABLES = (".csv", ".jsonl")
"""Suffixes of what a helpdesk gives out a row at a time."""
TO_TEXT = "convert to Markdown, HTML, PDF or DOCX"
SEEN = 5
"""Suffixes that are named where nothing could be read."""
COLUMNS_ARE = "see Other formats in kb_corpus/README.md for the keys and columns we read"

Reader = Callable[[Path, str, Kind, Shelf], None]
"""Reads one file onto the shelf: the file, its id, its kind unless it says so, the shelf."""


def _macro(path: Path, relative: str, _: Kind, shelf: Shelf) -> None:
    macros.shelve_macro(path, relative, shelf)


def _articles(path: Path, _relative: str, _: Kind, shelf: Shelf) -> None:
    zendesk.shelve_export(path, shelf)


def _tickets(path: Path, _relative: str, _: Kind, shelf: Shelf) -> None:
    solved.shelve_solved(path, shelf)


EXPORTS: tuple[tuple[Callable[[Path], bool], Reader], ...] = (
    (zendesk.is_export, _articles),
    (macros.is_export, _macro),
    (solved.is_solved_tickets, _tickets),
)
"""What a helpdesk gives out, told by what the file holds; the first that fits reads it."""


def read_path(path: Path, kind: Kind | None) -> Reading:
    """Everything under `path`. Raises `BadKnowledgeBase` where nothing can be read at all."""
    resolved = path.resolve()
    shelf = Shelf(path)
    unread: Counter[str] = Counter()
    with Converter() as converter:
        if resolved.is_dir():
            unread = _Folder(resolved, kind, shelf, _readers(converter)).read()
        elif resolved.is_file():
            _read_file(resolved, kind or "kb", shelf, _readers(converter))
        else:
            raise BadKnowledgeBase(
                "no such file or folder", where=str(path), cure="give a path that exists"
            )
    reading = shelf.reading()
    if not reading.documents and not reading.files:
        raise _nothing_read(path, reading, unread)
    return reading


def _readers(converter: Converter) -> Mapping[str, Reader]:
    """The reader of each suffix."""
    converted = partial(shelve_converted, converter=converter)
    return dict.fromkeys(SUFFIXES, shelve_file) | dict.fromkeys(CONVERTED_SUFFIXES, converted)


def _export_reader(path: Path) -> Reader | None:
    return next((read for is_one, read in EXPORTS if is_one(path)), None)


def _read_file(path: Path, kind: Kind, shelf: Shelf, readers: Mapping[str, Reader]) -> None:
    """A file given alone."""
    suffix = path.suffix.lower()
    reader = readers.get(suffix)
    if reader is None and path.name != "corpus.jsonl":
        reader = _export_reader(path)
    if reader is not None:
        reader(path, path.name, kind, shelf)
    elif suffix == ".jsonl":
        shelve_rows(path, kind, shelf)
    elif suffix in (".json", ".csv"):
        _refuse_encoding(path, shelf)
        raise BadKnowledgeBase(
            f"is a {suffix} file, but no export of articles, macros or solved tickets",
            where=shelf.where(path),
            cure=COLUMNS_ARE,
        )
    else:
        raise BadKnowledgeBase(
            f"{path.suffix or 'a file without suffix'} is not a kind of file we read",
            where=shelf.where(path),
            cure="give a folder, a .md, .txt, .html, .pdf or .docx file, or an export as .json, "
            ".csv or .jsonl",
        )


def _refuse_encoding(path: Path, shelf: Shelf) -> None:
    """Raises `BadKnowledgeBase` where the file is told to be nothing because of how it is saved."""
    try:
        read_text(path)
    except UnreadableTextError as error:
        raise BadKnowledgeBase(
            error.problem, where=shelf.where(path, error.line), cure=error.cure
        ) from error


class _Folder:
    """A folder being read: each file by its place and its suffix."""

    def __init__(
        self, root: Path, kind: Kind | None, shelf: Shelf, readers: Mapping[str, Reader]
    ) -> None:
        self._root, self._kind, self._shelf, self._readers = root, kind, shelf, readers
        folders = (*KIND_FOLDERS, MACROS)
        self._is_kb = any((root / name).is_dir() for name in folders) or any(
            (root / name).is_file() for name in COMPANY_FILES
        )
        self._unread: Counter[str] = Counter()

    def read(self) -> Counter[str]:
        """Everything in it, or its `corpus.jsonl` alone; the suffixes of what was not read."""
        corpus = self._root / "corpus.jsonl"
        if corpus.is_file():
            shelve_rows(corpus, self._kind or "kb", self._shelf)
            return Counter()
        names = NOT_DOCUMENTS if self._is_kb else ()
        for file in walk(self._root, self._shelf, frozenset(self._root / name for name in names)):
            self._read_one(file)
        for suffix in sorted(self._unread.keys() & UNREAD_SUFFIXES):
            count = self._unread[suffix]
            files_are = "file is" if count == 1 else "files are"
            self._shelf.warn(
                self._root,
                f"{count} {suffix} {files_are} not read",
                self._tables_cure()
                if suffix in TABLES
                else "convert to Markdown, HTML, PDF or DOCX",
            )
        return self._unread

    def _tables_cure(self) -> str:
        """Where a table could be read."""
        if self._is_kb:
            return "convert to Markdown; solved tickets belong in precedents/ or are given alone"
        return f"convert to Markdown; of solved tickets, {COLUMNS_ARE}"

    def _read_one(self, file: Path) -> None:
        relative = file.relative_to(self._root)
        suffix = file.suffix.lower()
        folder = relative.parts[0] if self._is_kb and len(relative.parts) > 1 else ""
        if reader := self._reader(file, folder, suffix):
            kind = self._kind or KIND_FOLDERS.get(folder, "kb")
            reader(file, relative.as_posix(), kind, self._shelf)
        elif self._is_kb and suffix in (".yaml", ".yml") and file.parent == self._root:
            self._read_company_file(file)
        else:
            self._unread[suffix or file.name] += 1

    def _reader(self, file: Path, folder: str, suffix: str) -> Reader | None:
        if folder == MACROS and suffix == ".md":
            return _macro
        tickets = suffix in TABLES and (folder == PRECEDENTS or not self._is_kb)
        if suffix == ".json" or tickets:
            return _export_reader(file)
        return self._readers.get(suffix)

    def _read_company_file(self, file: Path) -> None:
        if file.name not in COMPANY_FILES:
            known = f"use {', '.join(COMPANY_FILES)}"
            self._shelf.warn(file, "is not one of the company's files", known)
            return
        try:
            self._shelf.files[file.name] = read_text(file)
        except UnreadableTextError as error:
            self._shelf.broken(file, error.problem, error.cure, line=error.line, known_id=file.name)


def _nothing_read(path: Path, reading: Reading, unread: Counter[str]) -> BadKnowledgeBase:
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    if errors:
        first = errors[0]
        more = f", and {len(errors) - 1} more problems" if len(errors) > 1 else ""
        return BadKnowledgeBase(
            f"nothing here can be read; {first.problem}{more}", where=first.where, cure=first.cure
        )
    if reading.problems:
        first = reading.problems[0]
        problem = f"holds no documents; {first.problem}"
        return BadKnowledgeBase(problem, where=str(path), cure=first.cure or COLUMNS_ARE)
    seen = ", ".join(f"{count} {suffix}" for suffix, count in unread.most_common(SEEN))
    return BadKnowledgeBase(
        f"holds no documents; seen: {seen}" if seen else "holds no documents",
        where=str(path),
        cure="give a KB root, a folder with .md, .html, .pdf or .docx files or exports of a "
        f"helpdesk, or one with corpus.jsonl; {COLUMNS_ARE}",
    )
