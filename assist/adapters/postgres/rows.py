"""Domain values <-> rows: JSON text that keeps every character, and versions by content."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from assist.domain.base import Model
from assist.domain.knowledge import Document, Passage
from assist.errors import BadInput, StoreUnavailable

Value = TypeVar("Value", bound=Model)
Item = TypeVar("Item")

BATCH_ROWS = 2_000
BATCH_CHARACTERS = 8_000_000
"""Of JSON per statement: bounds memory, and stays far below the 1 GB that PostgreSQL takes."""

NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""A NUL character as JSON writes it, but not a backslash before the letters `u0000`."""


@dataclass(frozen=True)
class Version:
    """A document with its passages, as it is stored once: `key` is the hash of all of it."""

    key: str
    document: Document
    body: str
    passages: tuple[tuple[Passage, str], ...]


def versions(documents: Sequence[Document], passages: Sequence[Passage]) -> Iterator[Version]:
    """Each document with its own passages.

    Raises `BadInput` naming an id that occurs twice, a passage without document,
    and text that cannot be stored.
    """
    refuse_repeats(document.id for document in documents)
    by_document: dict[str, list[Passage]] = {document.id: [] for document in documents}
    for passage in passages:
        if passage.document_id not in by_document:
            raise BadInput(
                f"passage {passage.id!r} is of document {passage.document_id!r}, which is not given"
            )
        by_document[passage.document_id].append(passage)
    return (_version(document, by_document[document.id]) for document in documents)


def refuse_repeats(ids: Iterable[str]) -> None:
    """Raises `BadInput` naming an id that occurs twice."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise BadInput(f"the id {one!r} occurs twice", cure="give each its own")
        seen.add(one)


def json_text(value: Model, what: str) -> str:
    """The value as JSON; raises `BadInput` naming `what` when it holds what is not text."""
    try:
        body = value.model_dump_json()
    except PydanticSerializationError as error:
        raise BadInput("holds half of a character pair", cure="repair it", where=what) from error
    if "u0000" in body and NUL.search(body):
        raise BadInput("holds a NUL character", cure="remove it", where=what)
    return body


def plain_text(text: str, what: str) -> str:
    """The text itself; raises `BadInput` naming `what` when it cannot be stored."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadInput("holds half of a character pair", cure="repair it", where=what) from error
    if "\x00" in text:
        raise BadInput("holds a NUL character", cure="remove it", where=what)
    return text


def content_hash(*parts: str) -> str:
    """SHA-256 of the parts, each with its length in front so that no two sequences are alike."""
    framed = (f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256("".join(framed).encode()).hexdigest()


def read_back(kind: type[Value], body: str) -> Value:
    """The value of a stored JSON text; raises `StoreUnavailable` if this release cannot read it."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise StoreUnavailable(
            f"a stored {kind.__name__} cannot be read by this release",
            cure="use the release that wrote it, or ingest again",
        ) from error


def batches(items: Iterable[Item], size: Callable[[Item], int]) -> Iterator[list[Item]]:
    """The items in their order, cut where a batch is full; `size` is in characters."""
    batch: list[Item] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += size(item)
        if len(batch) == BATCH_ROWS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def check_files(files: Mapping[str, str]) -> None:
    """Raises `BadInput` naming the file whose name or content cannot be stored."""
    for name, content in files.items():
        plain_text(name, f"the file name {name!r}")
        plain_text(content, name)


def _version(document: Document, passages: Sequence[Passage]) -> Version:
    where = f"document {document.id!r}"
    refuse_repeats(passage.id for passage in passages)
    body = json_text(document, where)
    dumped = tuple((passage, json_text(passage, where)) for passage in passages)
    return Version(content_hash(body, *(text for _, text in dumped)), document, body, dumped)
