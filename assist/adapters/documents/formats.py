"""An HTML, PDF or DOCX file -> a document whose text is Markdown."""

import re
from pathlib import Path

from assist.adapters.documents.attributes import default_audience, read_attributes
from assist.adapters.documents.conversion import READERS
from assist.adapters.documents.converted import UnconvertibleError
from assist.adapters.documents.converter import Converter
from assist.adapters.documents.shelf import Shelf
from assist.domain.knowledge import Document, Kind

_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
CONVERTED_SUFFIXES = frozenset(READERS)


def shelve_converted(
    path: Path, relative: str, kind: Kind, shelf: Shelf, converter: Converter
) -> None:
    """Read one file onto the shelf; `relative` is its id and `kind` its kind unless it says so."""
    try:
        made = converter.convert(path)
    except UnconvertibleError as error:
        shelf.broken(path, error.problem, error.cure)
        return
    attributes, faults = read_attributes(made.values)
    if faults:
        key, fault = next(iter(faults.items()))
        shelf.broken(path, f"meta assist:{key} {fault}", "correct the value")
        return
    for note in made.notes:
        shelf.warn(path, note)
    kind = attributes.pop("kind", kind)
    defaults = {
        "id": relative,
        "title": made.title or path.stem,
        "audience": default_audience(kind),
        "language": made.language if _LANGUAGE.match(made.language) else "en",
    }
    shelf.add(
        Document(
            kind=kind,
            text=made.text,
            source=path.as_posix(),
            front_matter=made.values,
            **(defaults | attributes),
        ),
        path,
    )
