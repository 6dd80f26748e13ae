"""`assist-evals import`: eval cases out of tickets that are kept elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from assist.adapters.clock import SystemClock
from assist.cli.options import At, Json, fails_cleanly, say
from evals.making.importing import import_file
from evals.making.mapping import TARGETS, read_map


@fails_cleanly
def import_command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv|FILE.jsonl", help="A ticket in each row.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Write the cases into this folder.")],
    *,
    mapped: Annotated[
        str,
        typer.Option(
            "--map",
            metavar="PART=COLUMN,...",
            help=f"Which column is which part of a case: {', '.join(TARGETS)}, fact.PATH, "
            "expect.fact.PATH. A column that is named so needs no mention.",
        ),
    ] = "",
    at: At = None,
    as_json: Json = False,
) -> None:
    """Make an eval case of each row: the ticket, and what is expected of a suggestion.

    A row that makes none is named with its line and field and left out; the exit code is 1 then.
    Texts are written as they are: take personal data out of them first.
    """
    moment = at or SystemClock().now().isoformat()
    found = import_file(file, read_map(mapped), out, moment)
    for row in found.bad:
        say(f"left out: {row.told(file)}")
    if found.unused:
        say(f"note: columns that were not read: {', '.join(found.unused)}")
    if as_json:
        print(found.model_dump_json())
    else:
        bad = f", {len(found.bad)} left out" if found.bad else ""
        print(f"{len(found.written)} cases written to {out}{bad}")
    if found.bad:
        raise typer.Exit(1)
