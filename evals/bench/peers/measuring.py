"""Run in a peer's own environment: passages and queries in, a TREC run and measurements out.

    python -I measuring.py STACK.py --passages FILE --queries FILE … --model DIR --out DIR

Needs the standard library and what the stack itself needs, and nothing of this project, so that a
peer is measured as its own users have it. A stack is a file with a class `Stack`:

    Stack(model: Path, folder: Path)         loads the model; `folder` is empty, for what it saves
    ingest(ids, texts, vectors) -> None      from texts to searchable; `vectors` is none or (n, d)
    searching(depth) -> (query) -> ids       passages, best first, when asked for `depth` of them
    close() -> None                          if it has one: called before `folder` is removed

Written below `--out`: for each query file NAME.jsonl a run NAME.trec, and `measured.json` last.
"""

import argparse
import importlib.util
import json
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

Searching = Callable[[str], Sequence[str]]

DEPTH = 100
"""Passages asked for in a run; a document stands where its best passage stands."""
TIMED_DEPTH = 10
"""Passages asked for when time is taken: what somebody who searches looks at."""
TIMED = 200
"""Distinct queries that are timed, at most, unless `--timed` says otherwise."""


def main(arguments: Sequence[str]) -> None:
    """Measure one stack. An unfit file or a failing stack ends it with a traceback."""
    given = _parser().parse_args(arguments)
    passages = list(json_lines(given.passages))
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        stack = load_stack(given.stack, given.model, Path(folder))
        loaded = time.perf_counter() - started
        seconds = _ingest(stack, passages, given.vectors)
        documents = {row["id"]: row["document_id"] for row in passages}
        count = len(passages)
        del passages  # or their texts would be counted as the stack's memory
        runs = [_queries(stack, documents, file, given) for file in given.queries]
        found = {
            "passages": count,
            "vectors_given": given.vectors is not None,
            "load_seconds": round(loaded, 2),
            "ingest_seconds": round(seconds, 2),
            "rss_mb": resident_mb(),
            "timed_depth": TIMED_DEPTH,
            "runs": runs,
        }
        getattr(stack, "close", lambda: None)()
    (given.out / "measured.json").write_text(json.dumps(found, indent=1), encoding="utf-8")


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def load_stack(file: Path, model: Path, folder: Path) -> Any:
    """The `Stack` of this file, its model loaded."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Stack(model, folder)


def best_documents(passages: Sequence[str], documents: Mapping[str, str]) -> list[str]:
    """The documents of these passages, each where its first passage stands."""
    return list(dict.fromkeys(documents[passage] for passage in passages))


def run_lines(query_id: str, ranked: Sequence[str], name: str) -> Iterator[str]:
    """TREC lines. The score is 1 / rank: peers' scores tie or are missing, their order is not."""
    for rank, document in enumerate(ranked, start=1):
        yield f"{column(query_id)} Q0 {column(document)} {rank} {1 / rank:.6f} {name}"


def column(value: str) -> str:
    """TREC columns are split at white space, so an id must hold none."""
    return "_".join(value.split())


def timings(texts: Sequence[str], search: Searching, timed: int) -> dict[str, float | int]:
    """Milliseconds over distinct texts, one by one; the first, which may load, stands apart."""
    taken = []
    for text in islice(dict.fromkeys(texts), timed):
        started = time.perf_counter()
        search(text)
        taken.append((time.perf_counter() - started) * 1000)
    rest = sorted(taken[1:]) or taken
    return {
        "timed": len(taken),
        "first_ms": round(taken[0], 2),
        "p50_ms": round(percentile(rest, 50), 2),
        "p95_ms": round(percentile(rest, 95), 2),
    }


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The smallest of these values that is not below `percent` of them."""
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def resident_mb() -> float:
    """What this process holds in memory now, in 10**6 bytes, as Linux counts it."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) * 1024 / 1e6, 1)
    raise OSError("/proc/self/status does not say VmRSS")


def _ingest(stack: Any, passages: Sequence[Mapping[str, str]], file: Path | None) -> float:
    """Seconds from texts to searchable."""
    ids, texts, vectors = [p["id"] for p in passages], [p["text"] for p in passages], None
    if file is not None:
        import numpy as np

        vectors = np.load(file)
        if len(vectors) != len(ids):
            raise ValueError(f"{file} has {len(vectors)} rows for {len(ids)} passages")
    started = time.perf_counter()
    stack.ingest(ids, texts, vectors)
    return time.perf_counter() - started


def _queries(
    stack: Any, documents: Mapping[str, str], file: Path, given: argparse.Namespace
) -> dict[str, Any]:
    """Time the queries of a file, then write their run; a query without text finds nothing."""
    rows = [row for row in json_lines(file) if row["text"].strip()]
    timed = timings([row["text"] for row in rows], stack.searching(TIMED_DEPTH), given.timed)
    search = stack.searching(DEPTH)
    part = given.out / f"{file.stem}.part"
    with part.open("w", encoding="utf-8") as run:
        for row in rows:
            ranked = best_documents(search(row["text"]), documents)
            run.writelines(line + "\n" for line in run_lines(row["_id"], ranked, given.out.name))
    part.rename(part.with_suffix(".trec"))  # a run is whole or not there
    return {"queries": file.stem, "n": len(rows), **timed}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("stack", type=Path)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True, action="append")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--timed", type=int, default=TIMED)
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
