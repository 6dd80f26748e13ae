"""`assist trends`: what came, how fast and how well it went, and what changed."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.cli.table import show_table
from assist.domain.trend_report import TrendReport
from assist.errors import BadInput
from assist.settings import read_settings

SHOWN = 8
"""Of a kind that a terminal shows; --json has all."""


@fails_cleanly
def trends_command(
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="The first day that counts.", show_default="13 weeks before"
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The last day that counts.", show_default="now"),
    ] = None,
    csv_file: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Also write a row per category and step."),
    ] = None,
    issues_file: Annotated[
        Path | None,
        typer.Option("--issues", metavar="FILE", help="Also write a row per issue, as CSV."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="OUT", help="Also write a page that needs no other file."),
    ] = None,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Show what the cases of a time tell, and what the company should learn from them.

    Volume and its changes, speed, outcomes; what keeps coming and what it costs, clauses that rub,
    what need not have come, praise. Works beside a running server.
    """
    from assist.service.trends.desk import TrendDesk
    from assist.service.trends.lessons_told import issues_csv
    from assist.service.trends.told import as_csv
    from assist.wiring import archive  # opens neither an index nor a model

    first, last = _day(since, "--since"), _day(until, "--until")
    settings = read_settings(home, workspace)
    with archive(settings) as store:
        found = TrendDesk(store, settings.handling).report(datetime.now(UTC), first, last)
    _write(csv_file, lambda: as_csv(found))
    _write(issues_file, lambda: issues_csv(found))
    _write(html, lambda: _page(found))
    if as_json:
        print(found.model_dump_json())
    else:
        _show(found)


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        problem = f"{text!r} is no date"
        raise BadInput(problem, where=option, cure="write it as 2026-11-20") from error


def _write(path: Path | None, made: Callable[[], str]) -> None:
    if path is None:
        return
    try:
        path.write_text(made(), encoding="utf-8")
    except OSError as error:
        problem = error.strerror or "cannot be written"
        raise BadInput(problem, where=str(path), cure="choose another place") from error
    say(f"written to {path}")


def _page(found: TrendReport) -> str:
    from assist.web.pages.trends_report import trends_page  # templates take a fifth of a second

    return trends_page(found)


def _show(found: TrendReport) -> None:
    from assist.service.trends.told import RATES, SPEEDS, changes_of, rate_says, speed_says, summary

    print(summary(found))
    for note in found.notes:
        print(note)
    if not found.cases:
        return
    rows = [(one.category, str(one.total), str(one.before)) for one in found.volumes]
    show_table(("category", "cases", "before"), rows)
    for line in changes_of(found.volumes):
        print(line)
    for speed in found.speeds:
        print(f"{SPEEDS[speed.name]}: {speed_says(speed)}")
    for rate in found.rates:
        print(f"{RATES[rate.name]}: {rate_says(rate)}")
    _show_lessons(found)


def _show_lessons(found: TrendReport) -> None:
    from assist.service.trends.lessons_told import due_to, friction_says, issue_says

    print("keeps coming:" if found.systemic else "no five cases are alike")
    for issue in found.systemic[:SHOWN]:
        print("  " + "\n    ".join(issue_says(issue)))
    _lines("clauses that rub:", [friction_says(one) for one in found.friction])
    told = (f"{one.category}: {one.says}; {one.helps} would help" for one in found.preventable)
    _lines("need not have come:", list(told))
    _lines(
        "praise:", [f"{one.ticket_id}, for {due_to(one)}: “{one.words}”" for one in found.praise]
    )


def _lines(title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    print(title)
    for line in lines[:SHOWN]:
        print(f"  {line}")
    if len(lines) > SHOWN:
        print(f"  and {len(lines) - SHOWN} more; --json has all")
