"""`assist suggest`: tickets in, suggestions out."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.cli.show import show_suggestion
from assist.cli.tickets import read_tickets
from assist.errors import AssistError, BadInput, BadSetting
from assist.settings import Mode, read_settings


@fails_cleanly
def suggest_command(
    tickets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TICKET.json|TICKETS.jsonl|-", help="Files, or - for stdin [default: -]."
        ),
    ] = None,
    as_json: Json = False,
    mode: Annotated[Mode | None, typer.Option(help="How the draft is made.")] = None,
    level: Annotated[str, typer.Option(help="Authority level the verdicts are for.")] = "agent",
    at: Annotated[
        str | None, typer.Option(help="Judge as of this ISO time [default: now].")
    ] = None,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Suggest for tickets: JSON in; readable text, or JSON Lines with --json, out."""
    settings = read_settings(home, workspace)
    if (mode or settings.mode) == "llm":
        raise BadSetting(
            "no model endpoint can be used in this version",
            where="--mode",
            cure="use --mode extractive or auto",
        )
    moment = _moment(at)
    broken = 0
    from assist.wiring import opened

    with opened(settings) as desk:
        for where, ticket in read_tickets(tickets or ["-"]):
            if isinstance(ticket, AssistError):
                broken += 1
                say(f"error: {where}: {ticket}")
                continue
            try:
                suggestion = asyncio.run(desk.suggest(ticket, at=moment, level=level))
            except BadInput as error:
                broken += 1
                say(f"error: {where}: {error}")
                continue
            if as_json:
                print(suggestion.model_dump_json(), flush=True)
            else:
                show_suggestion(ticket, suggestion)
    if broken:
        raise typer.Exit(2)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadSetting(
            f"{text!r} is no ISO time", where="--at", cure="e.g. 2026-11-20T10:00:00Z"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
