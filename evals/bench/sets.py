"""Evaluation sets kept outside the project: BEIR folders below `ASSIST_EVALSETS`."""

import csv
import json
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assist.errors import BadInput
from evals.bench.sizes import SEED

DEFAULT = "../shared/evalsets"


@dataclass(frozen=True, slots=True)
class EvalSet:
    """One set: its folder, its queries by id, and per query the documents known to answer it."""

    name: str
    folder: Path
    queries: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, int]]


def evalsets_folder() -> Path:
    """Where the sets should be; it need not exist."""
    return Path(os.environ.get("ASSIST_EVALSETS", DEFAULT))


def load_set(name: str) -> EvalSet | None:
    """The set of this name, or none where it is not there. Raises `BadInput` where it is broken."""
    folder = evalsets_folder() / name
    if not (folder / "corpus.jsonl").is_file():
        return None
    try:
        relevant = _relevant(folder / "qrels" / "test.tsv")
        queries = _queries(folder / "queries.jsonl")
    except (OSError, ValueError, KeyError) as error:
        raise BadInput(
            f"no BEIR folder: {error}", where=str(folder), cure="check ASSIST_EVALSETS"
        ) from error
    judged = {i: text for i, text in queries.items() if i in relevant}
    return EvalSet(name=name, folder=folder, queries=judged, relevant=relevant)


def sample(queries: Mapping[str, str], limit: int | None) -> dict[str, str]:
    """At most `limit` queries, the same ones each time."""
    ids = sorted(queries)
    if limit is not None and limit < len(ids):
        ids = sorted(random.Random(SEED).sample(ids, limit))  # noqa: S311  a sample, no secret
    return {query_id: queries[query_id] for query_id in ids}


def _queries(file: Path) -> dict[str, str]:
    with file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return {str(row["_id"]): str(row["text"]) for row in rows}


def _relevant(file: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            found.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    return found
