"""Queries in, a TREC run out: `qid Q0 DOCID rank score assist`, one line per document."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from assist.domain.knowledge import Hit
from assist.errors import BadInput

RUN_NAME = "assist"


def read_queries(path: Path) -> tuple[tuple[str, str], ...]:
    """(id, text) per line of a BEIR `queries.jsonl`; no two ids are one in a run.

    Raises `BadInput` naming the line.
    """
    found: list[tuple[str, str]] = []
    taken: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            query_id, text = _query(line, f"{path}:{number}")
            _check_new(query_id, taken, f"{path}:{number}")
            taken[column(query_id)] = query_id, number
            found.append((query_id, text))
    if not found:
        raise BadInput(
            "no queries", where=str(path), cure='give lines of {"_id": "1", "text": "..."}'
        )
    return tuple(found)


def _lines(path: Path) -> list[str]:
    try:
        # Only a line feed ends a line: U+2028 and U+0085 stand unescaped inside JSON strings.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as error:
        raise BadInput(
            "there is no such file", where=str(path), cure="give a file of JSON Lines"
        ) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise BadInput(
            f"cannot be read: {why}", where=str(path), cure="give a file of JSON Lines"
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput(
            f"byte {error.start} is not UTF-8", where=str(path), cure="save it as UTF-8 text"
        ) from error


def _check_new(query_id: str, taken: Mapping[str, tuple[str, int]], where: str) -> None:
    """A run names a query by its id alone: of two with one id nobody could tell the hits apart."""
    if column(query_id) not in taken:
        return
    other, line = taken[column(query_id)]
    if other == query_id:
        problem = f"query {query_id!r} is given twice, first in line {line}"
    else:
        problem = (
            f"ids {other!r} (line {line}) and {query_id!r} are one in a TREC run, "
            "which has no white space"
        )
    raise BadInput(problem, where=where, cure="give each query an id of its own")


def check_writable(path: Path) -> None:
    """Whether a run can be written there, before the work; what is there stays as it is.

    Raises `BadInput`.
    """
    is_new = not path.exists()
    if not (is_new or path.is_file() or path.is_dir()):
        return  # a pipe or a device: to open it twice could end whoever reads it
    try:
        path.open("ab").close()
        if is_new:
            path.unlink()
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> BadInput:
    """What to tell whoever named a file that no run can be written to."""
    why = error.strerror or str(error)
    return BadInput(f"cannot be written: {why}", where=str(path), cure="check --run")


def _query(line: str, where: str) -> tuple[str, str]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"not JSON: {error}", where=where, cure="one JSON object per line"
        ) from error
    query_id = data.get("_id", data.get("id")) if isinstance(data, dict) else None
    if query_id is None or not isinstance(data.get("text"), str):
        raise BadInput(
            "needs `_id` and `text`", where=where, cure='e.g. {"_id": "1", "text": "..."}'
        )
    return str(query_id), data["text"]


def run_lines(
    queries: Iterable[tuple[str, str]], search: Callable[[str], tuple[Hit, ...]]
) -> Iterator[str]:
    """The run, best document first per query; a query without text finds nothing."""
    for query_id, text in queries:
        hits = search(text) if text.strip() else ()
        for rank, hit in enumerate(hits, start=1):
            ids = f"{column(query_id)} Q0 {column(hit.document_id)}"
            yield f"{ids} {rank} {hit.score:.6f} {RUN_NAME}"


def column(value: str) -> str:
    """An id as a run names it: TREC columns are split at white space, so it must hold none."""
    return "_".join(value.split())
