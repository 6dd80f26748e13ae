"""`assist ingest`: a path becomes the next generation of the knowledge base."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist import ports
from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.cli.progress import progress_bar
from assist.domain.jobs import IngestReport, Job
from assist.domain.knowledge import Kind
from assist.errors import HomeBusy, HomeServed
from assist.service.merging import Prune
from assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from assist.service.desk import Desk
    from assist.service.jobs import Guest

LOOK = 0.1
"""Seconds between looks at a job that a server builds: a look is one query of a local database."""


@fails_cleanly
def ingest_command(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            help="A knowledge base's folder; or a folder or file of Markdown, HTML, PDF or Word; "
            "a help-center export; solved tickets; a BEIR folder or corpus.jsonl.",
        ),
    ],
    kind: Annotated[
        Kind | None,
        typer.Option(
            help="What everything read is.", show_default="what each document says, else kb"
        ),
    ] = None,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune", metavar="", help="Take out documents that came from PATH and are gone there."
        ),
    ] = False,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Read PATH into the knowledge base; reading the same again changes nothing.

    What serves is switched once all is built. While `assist serve` runs on the home, it builds
    what was read here, and this command shows the progress. Exits 2 where a file cannot be read,
    after the rest was taken in.
    """
    settings = read_settings(home, workspace)
    what = (path, kind, Prune.GONE if prune else Prune.NOTHING)
    with progress_bar() as progress:
        try:
            report = _ingest(settings, *what, progress)
        except HomeServed as served:
            report = _hand_in(settings, served, *what, progress)
    for problem in report.problems:
        cure = f" ({problem.cure})" if problem.cure else ""
        say(f"{problem.severity}: {problem.where}: {problem.problem}{cure}")
    if as_json:
        print(report.model_dump_json())
    else:
        _show(report)
    if report.errors:
        raise typer.Exit(2)


def _ingest(
    settings: Settings, path: Path, kind: Kind | None, prune: Prune, progress: ports.Progress
) -> IngestReport:
    """As the owner of the home. What others sent before comes first."""
    from assist.wiring import opened

    with opened(settings) as desk:
        _finish_what_waits(desk, progress)
        return desk.ingest(path, kind=kind, prune=prune, progress=progress)


def _finish_what_waits(desk: "Desk", progress: ports.Progress) -> None:
    builder = desk.builder()
    builder.tidy()
    while job := builder.build_next(progress):
        result = job.report.summary if job.report else f"failed: {job.problem}"
        say(f"finished job {job.id}, which a server left ({job.source or 'sent'}): {result}")


def _hand_in(
    settings: Settings,
    served: HomeServed,
    path: Path,
    kind: Kind | None,
    prune: Prune,
    progress: ports.Progress,
) -> IngestReport:
    """As a guest: the server builds it, and where the server ends before, we do."""
    from assist.wiring import place, visiting

    if served.place != place(settings):
        raise served  # it serves another workspace or database, and would never look at ours
    with visiting(settings) as guest:
        job = guest.send(path, kind=kind, prune=prune, progress=progress)
        return follow(settings, served, guest, job, progress)


def follow(
    settings: Settings, served: HomeServed, guest: "Guest", job: Job, progress: ports.Progress
) -> IngestReport:
    """The report of a job once the server has built it, or we have, where the server has ended."""
    from assist.wiring import opened

    say(f"{served.url} serves this home and builds it as job {job.id}")

    def build_if_the_server_is_gone() -> None:
        time.sleep(LOOK)
        try:
            with opened(settings) as desk:
                say(f"the server at {served.url} has ended; building job {job.id} here")
                desk.builder().build_until(job.id, progress)
        except HomeBusy:
            return  # as it should be: somebody is there to build it

    try:
        return guest.follow(job.id, progress=progress, wait=build_if_the_server_is_gone)
    except KeyboardInterrupt:
        say(f"job {job.id} stays: the server, or the next ingest here, goes on with it")
        raise


def _show(report: IngestReport) -> None:
    print(f"{report.summary} (generation {report.generation}, {report.seconds:.1f} s)")
