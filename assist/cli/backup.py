"""`assist backup`: everything that is kept, in one file."""

from pathlib import Path
from typing import Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.settings import read_settings


@fails_cleanly
def backup_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup; not there yet.")],
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Write all that is kept to FILE, as it was at one moment, also beside a running server.

    It holds what customers wrote: keep it as you keep the home. Without --workspace, all of them.
    """
    from assist.upkeep import backed_up

    manifest = backed_up(read_settings(home, workspace), file, workspace=workspace)
    if as_json:
        print(manifest.model_dump_json())
        return
    size = file.stat().st_size / 1e6
    print(f"{file}: {manifest.rows} rows of {len(manifest.workspaces)} workspaces, {size:.1f} MB")
    for one in manifest.workspaces:
        print(f"  {one.workspace}: {len(one.samples)} searches to hold a restore to")
        for note in one.notes:
            say(f"{one.workspace}: {note}")
