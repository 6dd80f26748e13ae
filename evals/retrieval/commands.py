"""`assist-evals retrieval` and `assist-evals compare-retrieval`."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assist.cli.options import Home, Json, fails_cleanly, say
from assist.retrieval.run_file import check_writable, unwritable
from assist.retrieval.search import MAX_TOP_K
from evals.retrieval.beir import read_set
from evals.retrieval.measuring import RunFile, compare_files, measured
from evals.retrieval.metrics import DEEPEST
from evals.retrieval.report import compared, rendered
from evals.retrieval.results import RetrievalRun
from evals.retrieval.run import rank


class By(StrEnum):
    """What measures can be told apart by."""

    KIND = "kind"


QRELS_HELP = "Judgments: lines of query-id, corpus-id and score with tabs between them."


@fails_cleanly
def retrieval_command(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="BEIR_DIR", help="Holds corpus.jsonl, queries.jsonl and qrels/test.tsv."
        ),
    ],
    *,
    queries: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Other queries, by the ids of the judgments.",
            show_default="BEIR_DIR/queries.jsonl",
        ),
    ] = None,
    qrels: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=QRELS_HELP, show_default="BEIR_DIR/qrels/test.tsv"),
    ] = None,
    top_k: Annotated[
        int, typer.Option(min=DEEPEST, max=MAX_TOP_K, help="Documents ranked per query.")
    ] = 100,
    by: Annotated[By | None, typer.Option(help="Measure each kind of document apart too.")] = None,
    run: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the TREC run here.")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Compare with this TREC run, query by query."),
    ] = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Measure how well the documents of BEIR_DIR are ranked: recall, nDCG, MRR, 95 % intervals.

    The corpus is ingested into a home of its own, unless --home names one that holds it.
    """
    one = read_set(folder, queries, qrels)
    earlier = RunFile.read(baseline, one.judgments) if baseline else None
    if run is not None:
        check_writable(run)  # before minutes are spent on it
    ranked = rank(one, home=home, top_k=top_k, progress=say)
    if run is not None:
        _write(run, ranked.lines)
    kinds = sorted(set(one.kinds.values())) if by is By.KIND else ()
    found = measured(one, ranked, kinds=kinds, baseline=earlier)
    _tell(found)
    if as_json:
        print(found.model_dump_json())
    else:
        Console(highlight=False).print(rendered(found))


def _tell(found: RetrievalRun) -> None:
    """What the numbers leave out, or count in."""
    if left := found.without_relevant:
        say(f"note: {len(left)} queries have no relevant document and are left out")
    if empty := found.without_text:
        say(f"note: {len(empty)} queries have no text, find nothing and count as 0")
    for note in found.notes:
        say(f"note: {note}")


def _write(file: Path, lines: Sequence[str]) -> None:
    try:
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise unwritable(file, error) from error
    say(f"{len(lines)} lines written to {file}")


@fails_cleanly
def compare_command(
    run: Annotated[Path, typer.Argument(metavar="RUN_A", help="A TREC run.")],
    baseline: Annotated[Path, typer.Argument(metavar="RUN_B", help="What it is compared with.")],
    qrels: Annotated[Path, typer.Option(metavar="FILE", help=QRELS_HELP)],
    as_json: Json = False,
) -> None:
    """Compare two TREC runs: what RUN_A has more than RUN_B, with 95 % intervals and p."""
    found, notes = compare_files(run, baseline, qrels)
    for note in notes:
        say(f"note: {note}")
    if as_json:
        print(found.model_dump_json())
    else:
        Console(highlight=False).print(compared(found))
