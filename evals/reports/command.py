"""`assist-evals report`: a run as HTML, Markdown, JUnit XML and JSON."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from assist.cli.options import Json, fails_cleanly, say
from evals.running.reading import read_run


@fails_cleanly
def report_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder or run.json.")],
    *,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="One HTML file that needs no other.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A comment for a pull request.")
    ] = None,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="JUnit XML for a CI.")] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="RUN", help="An older run: what changed is told.")
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Older runs of the suite, for the trend."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Write reports of RUN; without an option, all of them into its folder. It gates nothing."""
    from evals.reports.gathering import Gathered, asked_beside, earlier_in
    from evals.reports.html import html as as_html
    from evals.reports.junit import junit as as_junit
    from evals.reports.markdown import markdown as as_markdown
    from evals.reports.short import short
    from evals.reports.writing import write_reports
    from evals.running.files import made, write

    read, folder = read_run(run), run if run.is_dir() else run.parent
    earlier = earlier_in(history, read) if history else ()
    older = read_run(against) if against else None
    gathered = Gathered(read, asked_beside(folder), older, earlier)
    wanted: tuple[tuple[Path | None, Callable[[], str]], ...] = (
        (html, lambda: as_html(gathered)),
        (markdown, lambda: as_markdown(gathered.view)),
        (junit, lambda: as_junit(gathered.run)),
    )
    for file, make in wanted:
        if file is not None:
            write(made(file.parent) / file.name, make())
            say(f"wrote {file}")
    if as_json:
        print(short(gathered.view).model_dump_json())
    elif not any((html, markdown, junit)):
        write_reports(gathered, folder)
        say(f"wrote the reports into {folder}")
