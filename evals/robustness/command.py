"""`assist-evals robustness`: whether decisions hold when nothing that matters has changed."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assist.cli.options import Json, fails_cleanly, say
from evals.robustness.report import rendered
from evals.robustness.results import Robustness
from evals.robustness.run import Robust, kinds_of, run_robustness
from evals.running.files import made, write
from evals.running.progress import watching
from evals.suites import SUITES, load_suite

FILE = "robustness.json"
FLIPPED = "flipped.jsonl"


@fails_cleanly
def robustness_command(
    suite: Annotated[str, typer.Argument(help="A suite of tickets, e.g. core.")],
    *,
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only these perturbations or families (wording, form, order, noise, fairness).",
            show_default="all",
        ),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="So many cases, drawn.", show_default="all"),
    ] = None,
    seed: Annotated[
        int, typer.Option(metavar="S", help="What is drawn by lot is drawn by this.")
    ] = 0,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=64, help="Processes.", show_default="up to one a core"
        ),
    ] = None,
    at_most: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE", min=0, max=1, help="Exit 1 where a perturbation flips more than this."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=f"Write {FILE} and {FLIPPED} into this folder."),
    ] = None,
    suites: Annotated[
        Path, typer.Option(metavar="FILE", help="The suites file.", show_default="packaged")
    ] = SUITES,
    as_json: Json = False,
) -> None:
    """Suggest for every case of SUITE as it is and told otherwise; list where the decision moves.

    Tickets are reworded, misspelled, reordered, signed by other people; their meaning stays. What
    a perturbation would change is left out, and counted. Exit 2 on bad input.
    """
    asked = Robust(suite, load_suite(suite, suites), kinds_of(kinds or ()), sample, seed, workers)
    if out is not None:
        made(out)  # before minutes are spent
    with watching() as watch:
        found = run_robustness(asked, watch)
    if out is not None:
        _keep(found, out)
    if as_json:
        print(found.model_dump_json())
    else:
        Console(highlight=False).print(rendered(found))
    over = [row for row in found.flips if at_most is not None and (row.share or 0.0) > at_most]
    for row in over:
        say(f"{row.perturbation} {row.variant}: {row.share:.3f} flip, more than {at_most}")
    if over:
        raise typer.Exit(1)


def _keep(found: Robustness, out: Path) -> None:
    """The whole run, and a line for each flip: what somebody who mends them works through."""
    write(out / FILE, found.model_dump_json(indent=1) + "\n")
    write(out / FLIPPED, "".join(f"{one.model_dump_json()}\n" for one in found.flipped))
    say(f"{len(found.flipped)} flips written to {out / FLIPPED}")
