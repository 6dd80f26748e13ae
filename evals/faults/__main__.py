"""`python -m evals.faults`: plant faults in the product, and see whether scorers catch them."""

from typing import Annotated

import typer
from rich.console import Console

from assist.cli.options import Json, fails_cleanly
from evals.faults.campaign import grading_of, run_campaign
from evals.faults.report import markdown, rendered
from evals.running.progress import watching


@fails_cleanly
def main(
    *,
    fault: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this one; may be given again.", show_default="all"),
    ] = None,
    each: Annotated[
        int, typer.Option(metavar="N", min=1, help="Cases that each fault has to show on.")
    ] = 6,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", metavar="", help="Print the table of the docs.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Plant each fault, score what comes of it, and say who caught it.

    Exit 1 where a fault is caught by no scorer meant to, a scorer moves with nothing planted, or
    of all faults none makes a scorer fall: that scorer is of no use.
    """
    asked = grading_of(fault or (), each)
    with watching() as watch:
        found = run_campaign(asked, watch)
    if as_json:
        print(found.model_dump_json())
    elif as_markdown:
        print(markdown(found), end="")
    else:
        Console(highlight=False).print(rendered(found))
    if found.missed or found.moved or found.never:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
