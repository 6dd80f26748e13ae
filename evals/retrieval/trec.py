"""TREC run files: `qid Q0 DOCID rank score name`, one line per document."""

import math
from collections.abc import Iterable
from pathlib import Path

from assist.errors import BadInput

COLUMNS = "query Q0 document rank score name"


def read_run(file: Path) -> dict[str, tuple[str, ...]]:
    """The ranking in a file. Raises `BadInput` naming the line, and where there is none."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as error:
        raise BadInput("there is no such file", where=str(file), cure="give a TREC run") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"cannot be read: {error}", where=str(file), cure="give a TREC run"
        ) from error
    ranking = parse_run(lines, str(file))
    if not ranking:
        raise BadInput("no lines", where=str(file), cure=f"give lines of: {COLUMNS}")
    return ranking


def parse_run(lines: Iterable[str], where: str) -> dict[str, tuple[str, ...]]:
    """Query id -> document ids, by falling score as TREC tools read a run.

    Where scores are equal the rank decides, since that is the order a person was shown.
    Raises `BadInput` naming the line.
    """
    found: dict[str, dict[str, tuple[float, int]]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        query, document, order = _parsed(line, f"{where}:{number}")
        documents = found.setdefault(query, {})
        if document in documents:
            raise BadInput(
                f"document {document!r} is ranked twice for query {query!r}",
                where=f"{where}:{number}",
                cure="name each document once per query, where its best passage stands",
            )
        documents[document] = order
    return {
        query: tuple(sorted(documents, key=documents.__getitem__))
        for query, documents in found.items()
    }


def _parsed(line: str, where: str) -> tuple[str, str, tuple[float, int]]:
    cells = line.split()
    if len(cells) != len(COLUMNS.split()):
        raise BadInput(
            f"needs {len(COLUMNS.split())} columns, has {len(cells)}",
            where=where,
            cure=f"give {COLUMNS}",
        )
    query, _, document, rank, score, _ = cells
    try:
        falling, place = -float(score), int(rank)
    except ValueError as error:
        raise BadInput(
            f"rank {rank!r} or score {score!r} is no number", where=where, cure=f"give {COLUMNS}"
        ) from error
    if not math.isfinite(falling):
        raise BadInput(f"score {score!r} ranks nothing", where=where, cure="give a finite number")
    return query, document, (falling, place)
