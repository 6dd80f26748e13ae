"""Queries in, a TREC run out: `qid Q0 DOCID rank score assist`, one line per document."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from assist.domain.knowledge import Hit
from assist.errors import BadInput

RUN_NAME = "assist"


def read_queries(path: Path) -> tuple[tuple[str, str], ...]:
    """(id, text) per line of a BEIR `queries.jsonl`. Raises `BadInput` naming the line."""
    try:
        # Only a line feed ends a line: U+2028 and U+0085 stand unescaped inside JSON strings.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"cannot be read: {error}", where=str(path), cure="give UTF-8 JSON Lines"
        ) from error
    found = tuple(
        _query(line, f"{path}:{n}") for n, line in enumerate(lines, start=1) if line.strip()
    )
    if not found:
        raise BadInput(
            "no queries", where=str(path), cure='give lines of {"_id": "1", "text": "..."}'
        )
    return found


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
