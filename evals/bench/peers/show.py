"""What the peers are worth -> tables for a person."""

from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.table import Table

from assist.domain.base import Model
from evals.bench.peers.running import Measured
from evals.retrieval.results import Measures


class PeersBench(Model):
    """What each peer took, and query file -> peer -> quality where there are judgments."""

    measured: dict[str, Measured]
    quality: dict[str, dict[str, Measures]]


def show(found: PeersBench, console: Console) -> None:
    """For each query file what every peer took, and what its ranking is worth where judged.

    Tables fit 80 columns; what is not in them is in the JSON.
    """
    names = dict.fromkeys(run.queries for one in found.measured.values() for run in one.runs)
    for queries in names:
        console.print(_took(queries, found.measured))
        if queries in found.quality:
            console.print(_worth(queries, found.quality[queries]))


def _took(queries: str, measured: Mapping[str, Measured]) -> Table:
    """Where vectors were given, the seconds it took to take them are in brackets."""
    table = _table(f"{queries}: what it takes", "peer passages ingest-s MB first-ms p50-ms p95-ms")
    for name, one in measured.items():
        seconds = f"{one.ingest_seconds:.1f}"
        ingest = f"({seconds})" if one.vectors_given else seconds
        corpus = (name, str(one.passages), ingest, f"{one.rss_mb:.0f}")
        for run in one.runs:
            if run.queries == queries:
                times = (run.first_ms, run.p50_ms, run.p95_ms)
                table.add_row(*corpus, *(f"{time:.1f}" for time in times))
    return table


def _worth(queries: str, peers: Mapping[str, Measures]) -> Table:
    table = _table(f"{queries}: what it is worth", "peer n recall@10 MRR@10 nDCG@10 95%")
    for name, measures in peers.items():
        means = (measures.metrics[metric].mean for metric in ("recall@10", "MRR@10", "nDCG@10"))
        gain = measures.metrics["nDCG@10"]
        ends = "none" if gain.low is None else f"{gain.low:.3f}-{gain.high:.3f}"
        table.add_row(name, str(measures.n), *(f"{mean:.3f}" for mean in means), ends)
    return table


def _table(title: str, columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for number, name in enumerate(columns.split()):
        table.add_column(name, justify="left" if number == 0 else "right")
    return table
