"""A BEIR folder -> `passages.jsonl`: what every peer is given, cut as we cut for ourselves."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from assist.adapters.documents import DocumentSource
from assist.errors import BadInput
from assist.retrieval.chunking import Pieces, chunk

PASSAGES = "passages.jsonl"


class Text(NamedTuple):
    """A passage as peers get it: `text` has the title and headings in front."""

    id: str
    document_id: str
    text: str


def cut_corpus(corpus: Path, pieces: Pieces, limit: int) -> Iterator[Text]:
    """The passages of the documents of a folder, no longer than `limit` word pieces.

    Raises `BadInput` where the folder cannot be read as documents.
    """
    for document in DocumentSource().read(corpus, None).documents:
        for passage in chunk(document, pieces, limit):
            yield Text(passage.id, passage.document_id, passage.reading)


def write_passages(passages: Iterable[Text], file: Path) -> int:
    """Write them as JSON Lines and say how many; the file is whole or not there."""
    part = file.with_suffix(".part")
    count = 0
    with part.open("w", encoding="utf-8") as lines:
        for count, passage in enumerate(passages, start=1):  # noqa: B007  the count is returned
            lines.write(json.dumps(passage._asdict(), ensure_ascii=False) + "\n")
    if not count:
        part.unlink()
        raise BadInput("no passages", where=str(file), cure="give a corpus with text in it")
    part.rename(file)
    return count


def read_passages(file: Path) -> list[Text]:
    """What `write_passages` wrote. Raises `BadInput` naming the line."""
    found = []
    with file.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                found.append(Text(str(row["id"]), str(row["document_id"]), str(row["text"])))
            except (ValueError, KeyError, TypeError) as error:
                raise BadInput(
                    f"no passage: {error!r}",
                    where=f"{file}:{number}",
                    cure="write it again from the corpus",
                ) from error
    return found
