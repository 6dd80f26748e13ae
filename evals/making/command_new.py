"""`assist-evals new`: an eval case out of what somebody decided."""

from pathlib import Path
from typing import Annotated

import typer

from assist.cli.options import Home, Workspace, fails_cleanly, say
from assist.wiring import archive
from evals.making.from_case import from_case
from evals.making.writing import write_new
from evals.opening import existing


@fails_cleanly
def new_command(
    *,
    from_case_id: Annotated[
        str, typer.Option("--from-case", metavar="ID", help="A case on which somebody has decided.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it here.", show_default="stdout")
    ] = None,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Make an eval case of a decided case: redacted, expecting what the decision settles.

    Works beside a running server. What cannot be known is left out, and the case is unreviewed:
    somebody reads it, completes it and says so in `review` before it counts.
    """
    with archive(existing(home, workspace)) as store:
        text = from_case(store, from_case_id)
    if out is None:
        print(text, end="")
        return
    write_new(out, text)
    say(f"written to {out}; it is not reviewed yet")
