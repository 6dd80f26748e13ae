"""`python -m evals.bench.growth`: how the vector index grows, from a thousand rows to a million."""

import os
import platform
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich import box
from rich.console import Console
from rich.table import Table

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.adapters.vectors import StoredVectors
from assist.cli.options import Json, fails_cleanly, say
from assist.domain.knowledge import Passage
from assist.errors import BadInput
from assist.ports import Embedder, Progress, Vectors
from assist.retrieval.chunking import chunk
from assist.wiring import kb_source
from evals.bench.growth_results import Asked, Grown, Growth
from evals.bench.jittered import JITTER, filtered, grown
from evals.bench.sets import evalsets_folder, load_set
from evals.bench.sizes import ALL_SETS
from evals.bench.speed import percentile

GENERATION = "growth"
SIZES = "1000,3000,10000,30000,100000,200000"
SHARES = (1.0, 0.5, 0.1, 0.01)
LIMIT = 50
"""Rows asked for, as a hybrid search does; recall is of the first 10 of them."""
LOOKED_UP = 2_000
TOLD = 20_000
"""Rows between two words about a build."""


def measure_growth(
    real: Vectors, queries: Vectors, sizes: Sequence[int], progress: Progress
) -> Growth:
    """Build and ask an index of each size, one after another, in a folder that is removed.

    `real` are the vectors of passages, `queries` of distinct queries.
    """
    return Growth(
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
        dimension=real.shape[1],
        limit=LIMIT,
        jitter=JITTER,
        sizes=tuple(_grown(real, queries, size, progress) for size in sizes),
    )


def _grown(real: Vectors, queries: Vectors, size: int, progress: Progress) -> Grown:
    vectors = grown(real, size)
    with tempfile.TemporaryDirectory(prefix="assist-growth-") as folder:
        path = Path(folder)
        began = time.perf_counter()
        StoredVectors(path).build(GENERATION, _passages(size), vectors, progress)
        built = time.perf_counter()
        index = StoredVectors(path)
        index.nearest(GENERATION, queries[0], LIMIT, ((0, size),))
        opened = time.perf_counter()
        index.faults(GENERATION)
        checked = time.perf_counter()
        tried = np.unique(np.linspace(0, size - 1, min(LOOKED_UP, size), dtype=np.int64)).tolist()
        asked = tuple(_asked(index, vectors, queries, share, progress) for share in SHARES)
        lost = index.unfindable(GENERATION, tried, progress)
        taken = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        index.close()
    return Grown(
        passages=size,
        real=min(size, len(real)),
        build_seconds=round(built - began, 2),
        bytes_per_passage=round(taken / size, 1),
        open_seconds=round(opened - built, 3),
        check_ms=round(1000 * (checked - opened), 1),
        looked_up=len(tried),
        lost=len(lost),
        asked=asked,
    )


def _asked(
    index: StoredVectors, vectors: Vectors, queries: Vectors, share: float, progress: Progress
) -> Asked:
    within = filtered(len(vectors), share)
    rows = np.concatenate([np.arange(start, stop) for start, stop in within])
    taken, recalled = [], []
    for number, query in enumerate(queries):
        began = time.perf_counter()
        found = index.nearest(GENERATION, query, LIMIT, within).rows[:10]
        taken.append(1000 * (time.perf_counter() - began))
        due = _nearest(vectors, query, rows)
        recalled.append(len(np.intersect1d(found, due)) / len(due))
        progress(f"share {share:g}", number + 1, len(queries))
    return Asked(
        share=share,
        runs=len(within),
        n=len(queries),
        p50_ms=round(percentile(taken, 50), 2),
        p95_ms=round(percentile(taken, 95), 2),
        recall_at_10=round(float(np.mean(recalled)), 4),
    )


def _nearest(
    vectors: Vectors, query: NDArray[np.float32], rows: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The ten nearest of these rows, by comparing with every one."""
    scores = (vectors @ query)[rows]
    best: NDArray[np.int64] = rows[np.argsort(-scores, kind="stable")[:10]]
    return best


def _passages(count: int) -> Sequence[Passage]:
    """The index asks passages for their kind only, so that one can stand for all."""
    one = Passage(id="p", document_id="d", kind="kb", title="", text="", start=0, end=0, position=0)
    return [one] * count


def _real(embedder: Embedder, names: Sequence[str]) -> tuple[Vectors, Vectors]:
    """The vectors of the passages of these evaluation sets, and of their judged queries."""
    sets = [one for name in names if (one := load_set(name))]
    if not sets:
        raise BadInput(
            "none of the evaluation sets is there",
            where=str(evalsets_folder()),
            cure="set ASSIST_EVALSETS",
        )
    documents = [d for one in sets for d in kb_source().read(one.folder, None).documents]
    passages = (p for d in documents for p in chunk(d, embedder.pieces, embedder.max_pieces))
    texts = list(dict.fromkeys(passage.reading for passage in passages))
    queries = [text for one in sets for text in one.queries.values()]
    say(f"embedding {len(texts)} passages and {len(queries)} queries")
    read = embedder.embed_corpus(texts, [()] * len(texts), lambda _: None)
    return read.vectors, embedder.embed(queries)


def _lines(growth: Growth) -> Iterator[tuple[object, ...]]:
    for size in growth.sizes:
        for asked in size.asked:
            yield (
                size.passages,
                size.real,
                f"{asked.share:g}",
                f"{asked.p50_ms:.2f}",
                f"{asked.p95_ms:.2f}",
                f"{asked.recall_at_10:.4f}",
                f"{size.build_seconds:.1f}",
                f"{size.bytes_per_passage:.0f}",
                f"{size.open_seconds:.2f}",
                f"{size.check_ms:.0f}",
                f"{size.lost}/{size.looked_up}",
            )


COLUMNS = (
    "passages", "real", "share", "p50 ms", "p95 ms", "recall@10", "build s", "bytes/passage",
    "open s", "check ms", "lost",
)  # fmt: skip


def show(growth: Growth, console: Console) -> None:
    """Print the table."""
    table = Table(*COLUMNS, box=box.SIMPLE_HEAD)
    for line in _lines(growth):
        table.add_row(*(str(value) for value in line))
    console.print(
        f"{growth.machine}; {growth.dimension} numbers; the {growth.limit} nearest; "
        f"beyond the real vectors jittered ones (noise of length {growth.jitter:g})"
    )
    console.print(table)


@fails_cleanly
def growth_command(
    sizes: Annotated[str, typer.Option(help="Numbers of passages, with commas.")] = SIZES,
    queries: Annotated[int, typer.Option(help="Distinct queries for each share.")] = 200,
    as_json: Json = False,
) -> None:
    """Nearest neighbors of real queries among real passages, and among jittered ones beyond.

    The evaluation sets are looked for in ASSIST_EVALSETS (default ../shared/evalsets).
    """
    try:
        counts = [int(size) for size in sizes.split(",")]
    except ValueError as error:
        raise BadInput(
            f"--sizes {sizes} is no list of numbers", cure="--sizes 1000,10000"
        ) from error
    with tempfile.TemporaryDirectory(prefix="assist-growth-") as folder:
        real, asked = _real(SentenceEmbedder(compiled=Path(folder)), ALL_SETS)
    spread = np.linspace(0, len(asked) - 1, min(queries, len(asked)), dtype=int)
    growth = measure_growth(real, asked[spread], counts, _told)
    if as_json:
        print(growth.model_dump_json())
    else:
        show(growth, Console(highlight=False))


def _told(stage: str, done: int, total: int) -> None:
    """Every so often, of what takes long."""
    if total >= TOLD and done % TOLD == 0:
        say(f"{stage}: {done} of {total}")


if __name__ == "__main__":
    typer.run(growth_command)
