"""A Markdown or plain text file -> a document."""

import re
from pathlib import Path

from assist.adapters.documents.attributes import default_audience, read_attributes
from assist.adapters.documents.files import UnreadableTextError, read_text
from assist.adapters.documents.front_matter import (
    FrontMatter,
    FrontMatterError,
    guess_id,
    split_front_matter,
)
from assist.adapters.documents.shelf import Shelf
from assist.domain.knowledge import Document, Kind

SUFFIXES = frozenset({".md", ".markdown", ".txt"})

_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


def shelve_file(path: Path, relative: str, kind: Kind, shelf: Shelf) -> None:
    """Read one file onto the shelf; `relative` is its id and `kind` its kind unless it says so."""
    try:
        text = read_text(path)
    except UnreadableTextError as error:
        shelf.broken(path, error.problem, error.cure, line=error.line)
        return
    try:
        matter = _front_matter(path, text)
        document = _document(matter, path, relative, kind)
    except FrontMatterError as error:
        shelf.broken(path, error.problem, error.cure, line=error.line)
        if known := guess_id(text):
            shelf.keep(known)
        return
    if not document.text:
        shelf.warn(path, "holds no text", "write the article or remove the file")
    shelf.add(document, path)


def _front_matter(path: Path, text: str) -> FrontMatter:
    if path.suffix.lower() == ".txt":
        return FrontMatter({}, {}, text.strip("\n"))
    return split_front_matter(text)


def _document(matter: FrontMatter, path: Path, relative: str, kind: Kind) -> Document:
    attributes, faults = read_attributes(matter.values)
    for key, fault in faults.items():
        raise FrontMatterError(matter.lines.get(key, 1), f"{key} {fault}", "correct the value")
    kind = attributes.pop("kind", kind)
    heading = _HEADING.search(matter.body) if path.suffix.lower() != ".txt" else None
    defaults = {
        "id": relative,
        "title": heading.group(1) if heading else path.stem,
        "audience": default_audience(kind),
    }
    return Document(
        kind=kind,
        text=matter.body if matter.body.strip() else "",
        source=path.as_posix(),
        front_matter=matter.values,
        front_matter_lines=matter.lines,
        **(defaults | attributes),
    )
