"""`assist precedents`: what solved cases teach, shown beside the next one like it."""

from typing import Annotated

import typer

from assist import ports
from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.cli.progress import progress_bar
from assist.domain.jobs import IngestReport
from assist.domain.precedent import LABEL, SOURCE, Bar, PrecedentReport
from assist.errors import HomeServed
from assist.settings import Settings, read_settings

app = typer.Typer(
    name="precedents", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.callback()
def about() -> None:
    """Make precedents of solved cases: shown to agents, never quoted as policy."""


@app.command("make")
@fails_cleanly
def make_command(
    rating: Annotated[
        int,
        typer.Option(
            min=1, max=5, help="What a customer must have given it, where no later look held."
        ),
    ] = Bar().rating,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", metavar="", help="Show what would be made, and why not.")
    ] = False,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Make precedents of the solved cases that proved good, redacted, and publish them.

    Making them again changes nothing; one whose case has opened again is taken out. While a server
    runs on the home, it builds them.
    """
    settings, bar = read_settings(home, workspace), Bar(rating=rating)
    if dry_run:
        report, done = _looked(settings, bar), None
    else:
        with progress_bar() as progress:
            try:
                report, done = _made(settings, bar, progress)
            except HomeServed as served:
                report, done = _handed_in(settings, bar, served, progress)
    if as_json:
        made = done.model_dump(mode="json") if done else None
        print(_document(report, made))
        return
    _show(report, done)


def _looked(settings: Settings, bar: Bar) -> PrecedentReport:
    from assist.service.precedents import precedents
    from assist.wiring import archive

    with archive(settings) as store:
        return precedents(store, bar)


def _made(
    settings: Settings, bar: Bar, progress: ports.Progress
) -> tuple[PrecedentReport, IngestReport]:
    """As the owner of the home."""
    from assist.service.merging import Prune
    from assist.service.precedents import precedents, reading_of
    from assist.wiring import opened

    with opened(settings) as desk:
        report, started = precedents(desk.parts, bar), desk.parts.clock.now()
        reading = reading_of(report)
        return report, desk.publish(desk.parts, reading, Prune.GONE, progress, started)


def _handed_in(
    settings: Settings, bar: Bar, served: HomeServed, progress: ports.Progress
) -> tuple[PrecedentReport, IngestReport]:
    """As a guest: the server builds them."""
    from assist.cli.ingest import follow
    from assist.service.jobs import hand_in
    from assist.service.merging import Prune
    from assist.service.precedents import reading_of
    from assist.wiring import place, visiting

    if served.place != place(settings):
        raise served  # it serves another workspace or database, and would never look at ours
    report = _looked(settings, bar)
    with visiting(settings) as guest:
        reading = reading_of(report)
        job = hand_in(guest.jobs, guest.clock, reading, source=SOURCE, prune=Prune.GONE)
        return report, follow(settings, served, guest, job, progress)


def _document(report: PrecedentReport, made: object) -> str:
    import json

    return json.dumps({**report.model_dump(mode="json"), "ingest": made})


def _show(report: PrecedentReport, done: IngestReport | None) -> None:
    for one in report.precedents:
        title = one.document.title if one.document else ""
        print(f"{one.case_id}  {title} ({one.why})")
    for one in report.left_out:
        say(f"left out {one.case_id}: {one.why}")
    count = len(report.precedents)
    print(f"{count} made of solved cases, each shown as “{LABEL}”")
    if done is not None:
        print(f"{done.summary} (generation {done.generation}, {done.seconds:.1f} s)")
