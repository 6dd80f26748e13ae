"""`assist suggest`: tickets in, suggestions out."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from assist.cli.options import At, Home, Json, Workspace, fails_cleanly, say
from assist.cli.show import show_suggestion
from assist.cli.tickets import read_tickets
from assist.domain.endpoint import ChatSettings
from assist.domain.suggestion import WantedMode
from assist.errors import AssistError, BadInput, BadSetting
from assist.settings import read_settings

NO_MODEL = "set ASSIST_LLM__BASE_URL and ASSIST_LLM__MODEL, or use --mode extractive or auto"


@fails_cleanly
def suggest_command(
    tickets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TICKET.json|TICKETS.jsonl|-",
            help="Files of tickets, or - for stdin.",
            show_default="-",
        ),
    ] = None,
    as_json: Json = False,
    mode: Annotated[
        WantedMode | None,
        typer.Option(help="How the draft is made.", show_default="ASSIST_MODE, else auto"),
    ] = None,
    level: Annotated[
        str, typer.Option(help="Who would grant it: a level of authority.yaml.")
    ] = "agent",
    at: At = None,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Suggest for tickets: JSON in; readable text, or JSON Lines with --json, out."""
    settings = read_settings(home, workspace)
    if (mode or settings.mode) == "llm" and settings.llm == ChatSettings():
        raise BadSetting("no language model is set", where="--mode", cure=NO_MODEL)
    judged_at = moment(at)
    broken = 0
    from assist.wiring import opened

    with opened(settings) as desk:
        for where, ticket in read_tickets(tickets or ["-"]):
            if isinstance(ticket, AssistError):
                broken += 1
                say(f"error: {where}: {ticket}")
                continue
            try:
                suggestion = asyncio.run(desk.suggest(ticket, at=judged_at, level=level, mode=mode))
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


def moment(text: str | None) -> datetime | None:
    """The time that `--at` names, in UTC where it says no zone. Raises `BadSetting`."""
    if text is None:
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadSetting(
            f"{text!r} is no ISO time", where="--at", cure="e.g. 2026-11-20T10:00:00Z"
        ) from error
    return read if read.tzinfo else read.replace(tzinfo=UTC)
