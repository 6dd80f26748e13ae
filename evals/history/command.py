"""`assist-evals history`: what would have been suggested for tickets that were solved long ago."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.errors import BadInput
from assist.service.desk import Desk
from assist.wiring import opened
from evals.history.own_cases import solved_cases
from evals.history.report import rendered
from evals.history.results import History
from evals.history.run import replay_history
from evals.history.solved import read_solved
from evals.history.table import check_writable, write_csv
from evals.homes import own_settings, temporary_home
from evals.opening import desk_of, existing
from evals.running.ingesting import ingest_whole
from evals.suites import SUITES, find, load_suite

OWN = "cases"


@fails_cleanly
def history_command(
    solved: Annotated[
        Path | None,
        typer.Argument(metavar="SOLVED.jsonl", help="A solved ticket a line; or --cases."),
    ] = None,
    *,
    cases: Annotated[
        bool, typer.Option("--cases", metavar="", help="The home's own cases that have ended.")
    ] = False,
    suite: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Over a suite's corpus, instead of a home."),
    ] = None,
    suites: Annotated[
        Path, typer.Option(help="The suites file.", show_default="packaged")
    ] = SUITES,
    csv: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write a row per ticket here.")
    ] = None,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Suggest for solved tickets at their time, and compare with what agents did, step by step.

    Nothing is kept of it. A line that cannot be replayed is named and left out; the exit code is
    1 then.
    """
    if (solved is None) != cases:
        raise BadInput(
            "give either SOLVED.jsonl or --cases", where="SOLVED.jsonl", cure="see --help"
        )
    if suite and (cases or home):
        raise BadInput("--suite has a home of its own", where="--suite", cure="give one of them")
    if csv is not None:
        check_writable(csv)
    rows = list(read_solved(solved)) if solved else None
    with _corpus(suite, suites) if suite else desk_of(existing(home, workspace)) as desk:
        told = rows if rows is not None else list(solved_cases(desk.parts))
        history = replay_history(desk, told, str(solved or OWN), say)
    if csv is not None:
        write_csv(history, csv)
    _show(history, as_json)


@contextmanager
def _corpus(suite: str, suites: Path) -> Iterator[Desk]:
    """A desk of its own with a suite's knowledge base."""
    corpus = find(load_suite(suite, suites).corpus)
    with temporary_home() as home, opened(own_settings(home)) as desk:
        say(f"ingest {corpus}")
        ingest_whole(desk, corpus)
        yield desk


def _show(history: History, as_json: bool) -> None:  # noqa: FBT001
    for line in history.bad:
        say(f"left out: {line.told(history.source)}")
    if as_json:
        print(history.model_dump_json())
    else:
        Console(highlight=False).print(rendered(history))
    if history.bad:
        raise typer.Exit(1)
