"""`assist restore`: a backup takes the place of what is there, and is held to what it found."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.cli.progress import progress_bar
from assist.domain.backup import Compared, Restored
from assist.settings import read_settings

if TYPE_CHECKING:
    from assist.domain.backup import Manifest

SHOWN = 5


@fails_cleanly
def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As `assist backup` wrote it.")],
    replace: Annotated[
        bool,
        typer.Option("--replace", metavar="", help="In place of what is there, which is deleted."),
    ] = False,
    tombstones: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Who was forgotten since, as `assist forget --tombstones` wrote it.",
        ),
    ] = None,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Restore FILE into an empty home, or in place of what is there.

    All or nothing. Who was forgotten, and keys that were revoked, stay so where this home knows of
    it. Then the indexes are built, and searched as when the backup was made: exits 1 where they
    find something else.
    """
    from assist.service.restoring import tombstones_in
    from assist.upkeep import restored

    settings = read_settings(home, workspace)
    buried = tombstones_in(tombstones) if tombstones else ()
    with progress_bar() as progress:
        done = restored(
            settings,
            file,
            workspace=workspace,
            replacing=replace,
            tombstones=buried,
            progress=progress,
        )
    if as_json:
        print(done.model_dump_json())
    else:
        print("\n".join(_shown(done)))
        for line in (*done.said, *_warned(done.manifest, known=bool(buried) or replace)):
            say(line)
    if not done.proved:
        raise typer.Exit(1)


def _shown(done: Restored) -> Iterator[str]:
    manifest = done.manifest
    yield (
        f"restored {manifest.rows} rows of {len(manifest.workspaces)} workspaces, as they were on "
        f"{manifest.made_at:%Y-%m-%d at %H:%M} UTC (release {manifest.release})"
    )
    if done.forgotten:
        yield f"forgot {done.forgotten} customers and tickets again"
    same = sum(one.same for one in done.searches)
    yield f"{same} of {len(done.searches)} searches find what they found before"
    yield from (f"  problem: {problem}" for problem in done.problems)
    yield from _differing([one for one in done.searches if not one.same])


def _differing(searches: Sequence[Compared]) -> Iterator[str]:
    for one in searches[:SHOWN]:
        yield f"  {one.workspace}, {one.query!r}:"
        yield f"    before {', '.join(one.before) or 'nothing'}"
        yield f"    now    {', '.join(one.after) or 'nothing'}"


def _warned(manifest: "Manifest", *, known: bool) -> Iterator[str]:
    if not known:
        day = f"{manifest.made_at:%Y-%m-%d}"
        yield f"whoever was forgotten since {day} is back, and so are keys that were revoked"
        yield "give --tombstones FILE or run `assist forget` for them; look at `assist keys list`"
