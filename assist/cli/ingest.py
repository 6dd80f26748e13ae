"""`assist ingest`: a path becomes the next generation of the knowledge base."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assist import ports
from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.domain.knowledge import Kind
from assist.service.ingest import IngestReport
from assist.service.merging import Prune
from assist.settings import read_settings


@fails_cleanly
def ingest_command(
    path: Annotated[
        Path, typer.Argument(help="KB root, Markdown folder, BEIR folder or corpus.jsonl.")
    ],
    kind: Annotated[Kind | None, typer.Option(help="Kind of everything read.")] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Drop documents of this path that are gone.")
    ] = False,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Read PATH and publish it; reading the same again changes nothing."""
    from assist.wiring import opened

    with opened(read_settings(home, workspace)) as desk, _progress() as progress:
        report = desk.ingest(
            path, kind=kind, prune=Prune.GONE if prune else Prune.NOTHING, progress=progress
        )
    for problem in report.problems:
        cure = f" ({problem.cure})" if problem.cure else ""
        say(f"{problem.severity}: {problem.where}: {problem.problem}{cure}")
    if as_json:
        print(report.model_dump_json())
    else:
        _show(report)
    if report.errors:
        raise typer.Exit(2)


@contextmanager
def _progress() -> Iterator[ports.Progress]:
    """A bar on a terminal, nothing in a pipe."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        tasks = {}

        def step(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield step


def _show(report: IngestReport) -> None:
    print(f"{report.summary} (generation {report.generation}, {report.seconds:.1f} s)")
