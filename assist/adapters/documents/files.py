"""Files below a root, safely: no hidden ones, no links out of it, nothing too large or binary."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from assist.adapters.documents.shelf import Shelf

MAX_FILE_BYTES = 20_000_000
"""A support article of 20 MB is not one; it would also hold the reader's memory several times."""

_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WORD_LOCK = "~$"
"""How the files begin that Word keeps beside a document while it is open."""


class UnreadableTextError(ValueError):
    """Bytes that are not the text we read: the line, what is wrong, what to do."""

    def __init__(self, problem: str, cure: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.cure, self.line = problem, cure, line


def walk(root: Path, shelf: Shelf, leave_out: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """Regular files below the resolved `root`, folder by folder; what is refused is named."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            shelf.broken(folder, f"cannot be listed: {error.strerror}", "make it readable")
            continue
        inner: list[Path] = []
        for entry in entries:
            if entry.name.startswith((".", WORD_LOCK)) or entry in leave_out:
                continue
            if refusal := _refusal(entry, shelf.root):
                shelf.broken(entry, refusal, "put the file itself here")
            elif entry.is_file():
                yield entry
            elif entry.is_dir() and not entry.is_symlink():
                inner.append(entry)  # a linked folder inside the root is read where it really is
        folders += reversed(inner)


def _refusal(entry: Path, root: Path) -> str:
    """Why an entry is not followed; empty where it may be."""
    try:
        target = entry.resolve(strict=True)
        target.stat()
    except (OSError, RuntimeError):  # RuntimeError: how pathlib reports links in a circle
        return "is a link that leads nowhere" if entry.is_symlink() else "cannot be reached"
    return "" if target.is_relative_to(root) else "is a link that leads out of the folder"


def read_text(path: Path) -> str:
    """The file as text with line feeds as line ends. Raises `UnreadableTextError`."""
    return decode(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """What the file holds. Raises `UnreadableTextError` where it is too large or out of reach."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UnreadableTextError(
                f"has {size} bytes; at most {MAX_FILE_BYTES} are read", "split the file"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableTextError(
            f"cannot be read: {error.strerror}", "make the file readable"
        ) from error


def decode(data: bytes) -> str:
    """UTF-8 bytes, or UTF-16 with its mark, as text with line feeds as line ends.

    Raises `UnreadableTextError`, which names the encoding where it can be told.
    """
    if data.startswith(_UTF32):
        raise UnreadableTextError("is UTF-32, not UTF-8", "save it as UTF-8", 1)
    if data.startswith(_UTF16):
        try:
            return fold_line_ends(_whole(data.decode("utf-16")))
        except UnicodeDecodeError as error:
            raise UnreadableTextError("is not whole UTF-16", "save it as UTF-8") from error
    if (at := data.find(b"\x00")) >= 0:
        raise _binary(data.count(b"\n", 0, at) + 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _not_utf8(data, line) from error
    return fold_line_ends(text)


def roughly(data: bytes) -> str:
    """The bytes as text, good enough to tell what the file is: letters may be wrong."""
    try:
        return decode(data)
    except UnreadableTextError:
        return fold_line_ends(data.decode("latin-1"))


def _whole(text: str) -> str:
    if (at := text.find("\x00")) >= 0:
        raise _binary(text.count("\n", 0, at) + 1)
    return text


def _binary(line: int) -> UnreadableTextError:
    return UnreadableTextError("is binary (holds a NUL byte)", "convert it to text", line)


def _not_utf8(data: bytes, line: int) -> UnreadableTextError:
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return UnreadableTextError("is not UTF-8 text", "save it as UTF-8", line)
    return UnreadableTextError(
        "is not UTF-8 text; it looks like Windows-1252",
        "save it as UTF-8 (in Excel: CSV UTF-8)",
        line,
    )


def fold_line_ends(text: str) -> str:
    """The same text with every line end a line feed, so that checkouts hash alike everywhere."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
