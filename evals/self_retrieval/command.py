"""`assist-evals self-retrieval`: is every article of a knowledge base found by its own words?"""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assist.cli.options import Json, fails_cleanly, say
from assist.errors import BadInput
from assist.retrieval.filters import read_day
from evals.self_retrieval.report import rendered
from evals.self_retrieval.results import SelfRetrieval
from evals.self_retrieval.run import run_self_retrieval


@fails_cleanly
def self_retrieval_command(
    source: Annotated[
        Path, typer.Argument(metavar="KB_ROOT|BEIR_DIR", help="What `assist ingest` reads.")
    ],
    *,
    on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day asked about.", show_default="today"),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="So many documents, drawn.", show_default="all"),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="S", help="By which they are drawn.")] = 0,
    at_least: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            min=0,
            max=1,
            help="Exit 1 where recall@10 of what customers read is less.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask for each document by its title, its headings and other words for them.

    Lists what nobody can find and for which words, what is hard to find and why, and pairs that
    take each other's place. What is internal, and editions of another time, are counted apart.
    """
    if not source.exists():
        cure = "give a KB root, a folder of articles or a BEIR folder"
        raise BadInput("there is no such folder", where=str(source), cure=cure)
    found = run_self_retrieval(source, on=_day(on), sample=sample, seed=seed, progress=say)
    for note in found.notes:
        say(f"note: {note}")
    if as_json:
        print(found.model_dump_json())
    else:
        Console(highlight=False).print(rendered(found))
    if at_least is not None and _recall(found) < at_least:
        say(f"recall@10 is {_recall(found):.3f}, less than {at_least}")
        raise typer.Exit(1)


def _day(on: str | None) -> date | None:
    try:
        return read_day(on) if on else None
    except ValueError as error:
        cure = "write it like 2026-11-20"
        raise BadInput(f"{on!r} is not a date", where="--on", cure=cure) from error


def _recall(found: SelfRetrieval) -> float:
    """Of what customers read, by all queries; 0 where there is nothing they read."""
    rows = (row for row in found.measures if (row.group, row.kind) == ("customer", "all"))
    return next((row.metrics["recall@10"].mean for row in rows), 0.0)
