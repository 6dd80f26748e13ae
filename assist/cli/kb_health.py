"""`assist kb-health` and `assist training-needs`: how articles do, and what agents should learn."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.cli.table import show_table
from assist.domain.kb_health import KbHealth, TrainingNeeds
from assist.errors import BadInput
from assist.settings import read_settings

Since = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="From this day on.", show_default="90 days ago"),
]
SHOWN = 15
"""Articles that a terminal shows; --csv, --markdown and --json have all."""


@fails_cleanly
def kb_health_command(
    since: Since = None,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Also write a row per article.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write a page of Markdown.")
    ] = None,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Show how each article does: use, success, review, faults; what to review first on top.

    Of the generation that serves, with the suggestions and feedback kept. Nothing changes.
    """
    from assist.service.kb_health.tables import as_csv, as_markdown
    from assist.wiring import opened

    day = _day(since)
    with opened(read_settings(home, workspace)) as desk:
        found = desk.health.whole(day)
    _write(csv_file, lambda: as_csv(found))
    _write(markdown, lambda: as_markdown(found))
    if as_json:
        print(found.model_dump_json())
    else:
        _show(found)


@fails_cleanly
def training_needs_command(
    since: Since = None,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """List topics in which agents set aside suggestions that were right.

    By topic, never by name; a topic of fewer than three agents is counted and not told.
    """
    from assist.wiring import opened

    day = _day(since)
    with opened(read_settings(home, workspace)) as desk:
        found = desk.health.training(day)
    if as_json:
        print(found.model_dump_json())
    else:
        _show_needs(found)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        problem = f"{text!r} is no date"
        raise BadInput(problem, where="--since", cure="write it as 2026-11-20") from error


def _write(path: Path | None, made: Callable[[], str]) -> None:
    if path is None:
        return
    try:
        path.write_text(made(), encoding="utf-8")
    except OSError as error:
        problem = error.strerror or "cannot be written"
        raise BadInput(problem, where=str(path), cure="choose another place") from error
    say(f"written to {path}")


def _show(found: KbHealth) -> None:
    from assist.service.kb_health.tables import short, summary

    print(summary(found))
    for note in found.notes:
        print(note)
    wanted = [one for one in found.articles if one.reasons]
    if not wanted:
        print("nothing wants review")
        return
    columns = ("article", "owner", "shown", "cited", "opened", "taken", "solved", "why")
    show_table(
        columns,
        [
            (one.document_id, one.owner, str(one.shown), str(one.cited), str(one.opened),
             short(one.taken), short(one.solved), "; ".join(one.reasons))
            for one in wanted[:SHOWN]
        ],
    )  # fmt: skip
    if len(wanted) > SHOWN:
        print(f"and {len(wanted) - SHOWN} more; --csv, --markdown and --json have all")


def _show_needs(found: TrainingNeeds) -> None:
    print(
        f"{found.since:%Y-%m-%d} to {found.until:%Y-%m-%d}: {found.overridden} suggestions were "
        f"set aside, {found.right} of them proved right"
    )
    for gap in found.gaps:
        print(f"{gap.label}: {gap.reason}")
        for quote in gap.evidence:
            print(f"    {quote.source}: “{' '.join(quote.text.split())}”")
        print(f"    tickets: {', '.join(ticket.ticket_id for ticket in gap.tickets)}")
    for note in found.notes:
        print(note)
