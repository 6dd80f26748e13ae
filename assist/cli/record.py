"""`assist record`: what a case leaves behind, as a page or as JSON."""

from typing import Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly
from assist.errors import BadInput
from assist.settings import read_settings


@fails_cleanly
def record_command(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case, by its id.")],
    as_json: Json = False,
    as_markdown: Annotated[
        bool,
        typer.Option(
            "--markdown", metavar="", help="Print a page of Markdown; so without options."
        ),
    ] = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Print the resolution document of a case; it need not have ended.

    Works beside a running server. Of the customer it names the id, and their words are redacted.
    """
    from assist.graph.casework.record import as_markdown as page_of
    from assist.service.recording import recorded
    from assist.wiring import archive  # opens neither an index nor a model

    if as_json and as_markdown:
        raise BadInput("--json and --markdown were both given", cure="give one of them")
    with archive(read_settings(home, workspace)) as store:
        found = recorded(store, case)
    print(found.model_dump_json() if as_json else page_of(found).rstrip("\n"))
