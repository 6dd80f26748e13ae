"""`assist helpdesk-app`: the app that shows the panel in a helpdesk, packaged for it."""

from pathlib import Path
from typing import Annotated

import typer

from assist.cli.options import fails_cleanly
from assist.errors import NotFound
from assist.helpdesk_apps.zendesk import zendesk_app

KINDS = {"zendesk": zendesk_app}


@fails_cleanly
def helpdesk_app_command(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of {', '.join(KINDS)}.")],
    url: Annotated[str, typer.Option(help="Where agents' browsers reach this service.")],
    helpdesk: Annotated[
        str, typer.Option(help="The helpdesk's name in ASSIST_HELPDESKS.")
    ] = "zendesk",
    out: Annotated[Path, typer.Option(help="The zip that is written.")] = Path("assist-app.zip"),
) -> None:
    """Package the app that shows the panel beside the ticket in a helpdesk."""
    if kind not in KINDS:
        raise NotFound(
            f"there is no app for {kind!r}", where="kind", cure=f"use {', '.join(KINDS)}"
        )
    out.write_bytes(KINDS[kind](url, helpdesk))
    print(out)
