"""A bench -> tables for a person."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from evals.bench.results import Bench


def show(bench: Bench, console: Console) -> None:
    """Print every table, then what was left out."""
    commit = f", commit {bench.git_sha[:12]}" if bench.git_sha else ""
    console.print(f"assist {bench.assist_version}{commit}; {bench.machine}; size {bench.size}")
    first = bench.first_suggestion
    each = ", ".join(f"{s:.2f}" for s in first.seconds)
    console.print(f"time to first suggestion of a fresh process: {first.median:.2f} s (of {each})")
    for table in _tables(bench):
        if table.row_count:
            console.print(table)
    for line in bench.skipped:
        console.print(f"skipped {line}")
    console.print(f"measured in {bench.seconds:.0f} s")


def _tables(bench: Bench) -> Iterator[Table]:
    yield _table(
        ("warm", "corpus", "n", "p50 ms", "p95 ms"),
        [(r.operation, r.corpus, r.n, r.p50_ms, r.p95_ms) for r in bench.latencies],
    )
    yield _table(
        ("ingest", "passages", "seconds", "process s", "passages/s"),
        [(r.corpus, r.passages, r.seconds, r.wall, r.passages_per_second) for r in bench.ingests],
    )
    yield _table(
        ("peak memory (sum of PSS)", "MB", "of it database", "samples"),
        [(r.command, r.peak_mb, r.database_mb, r.samples) for r in bench.memory],
    )
    yield _table(
        ("retrieval", "by", "n", "recall@10", "±", "nDCG@10", "±"),
        [
            (
                r.corpus,
                r.retriever,
                r.n,
                *_three(r.recall_at_10, r.recall_pm, r.ndcg_at_10, r.ndcg_pm),
            )
            for r in bench.retrieval
        ],
    )
    yield _table(
        ("corpus", "questions of", "n", "should be", "were", "low", "high", "rightly"),
        [
            (r.corpus, r.source, r.n, r.due, *_three(r.share, r.low, r.high, r.right))
            for r in bench.answering
        ],
    )


def _three(*values: float | None) -> tuple[str, ...]:
    return tuple("" if value is None else f"{value:.3f}" for value in values)


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for number, name in enumerate(columns):
        table.add_column(name, justify="left" if number == 0 else "right")
    for row in rows:
        table.add_row(*(str(value) for value in row))
    return table
