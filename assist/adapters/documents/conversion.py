"""An HTML, PDF or DOCX file -> Markdown, by the reader of its suffix; whatever fails is named.

Libraries are imported by the reader that needs them, in the process that converts.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from assist.adapters.documents.converted import Converted, UnconvertibleError
from assist.adapters.documents.files import MAX_FILE_BYTES

Alive = Callable[[], None]
"""Called while a long file is read, to say that it goes on."""


def _html(data: bytes, _: Alive) -> Converted:
    from assist.adapters.documents.html import read_html

    return read_html(data)


def _pdf(data: bytes, alive: Alive) -> Converted:
    from assist.adapters.documents.pdf import read_pdf

    return read_pdf(data, alive)


def _docx(data: bytes, _: Alive) -> Converted:
    from assist.adapters.documents.docx import read_docx

    return read_docx(data)


READERS: Mapping[str, Callable[[bytes, Alive], Converted]] = {
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
}


def convert(path: Path, alive: Alive) -> Converted:
    """The file as Markdown. Raises `UnconvertibleError`, whatever its reader stumbles over."""
    try:
        made = _made(READERS[path.suffix.lower()], path.read_bytes(), alive)
    except UnconvertibleError:
        raise
    except OSError as error:
        raise UnconvertibleError(
            f"cannot be read: {error.strerror or error}", "make the file readable"
        ) from error
    except MemoryError as error:
        raise UnconvertibleError(
            "needs more memory than a document may", "split the file"
        ) from error
    # The outermost edge: readers of hostile files fail in ways that nobody has listed.
    except Exception as error:
        kind = path.suffix.lower().lstrip(".").upper()
        raise UnconvertibleError(
            f"is not a {kind} file that can be read: {type(error).__name__} {error}".rstrip(),
            "open it and export it again",
        ) from error
    return made


def _made(read: Callable[[bytes, Alive], Converted], data: bytes, alive: Alive) -> Converted:
    if not data.strip():
        raise UnconvertibleError("is empty", "remove the file or export it again")
    made = read(data, alive)
    if not made.text.strip():
        raise UnconvertibleError("holds no text", "write the article or remove the file")
    if len(made.text) > MAX_FILE_BYTES:
        raise UnconvertibleError(
            f"holds {len(made.text)} characters; at most {MAX_FILE_BYTES} are read",
            "split the file",
        )
    return made
