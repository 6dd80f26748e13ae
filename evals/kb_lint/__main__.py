"""`python -m evals.kb_lint`: plant faults in copies of a knowledge base, see what lint finds."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assist.cli.options import Home, Json, fails_cleanly, say
from assist.settings import read_settings
from evals.kb_lint.campaign import run_campaign
from evals.kb_lint.report import markdown

RECALL, PRECISION = 0.9, 0.8
"""What every copy has to reach."""


@fails_cleanly
def main(
    root: Annotated[Path, typer.Argument(metavar="KB_ROOT")] = Path("kb_corpus"),
    *,
    seed: Annotated[
        list[int] | None,
        typer.Option(metavar="N", help="May be given again.", show_default="21 22 23"),
    ] = None,
    on: Annotated[str, typer.Option(metavar="DATE")] = "2026-11-20",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Plant 30 faults in a copy for each seed, lint it, and say what was found.

    Exit 1 where a copy has less than 90 % of its faults found, or more than 20 % false findings.
    """
    settings = read_settings(home)
    found = run_campaign(root, settings, seed or [21, 22, 23], date.fromisoformat(on), say)
    print(found.model_dump_json() if as_json else "\n".join(markdown(found)))
    if any(c.recall < RECALL or c.precision < PRECISION for c in found.copies):
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
