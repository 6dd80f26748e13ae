"""`python -m evals.injection`: recall and false alarms of the suspicion signal."""

from pathlib import Path
from typing import Annotated

import typer

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.cli.options import Json, fails_cleanly
from assist.errors import BadInput
from evals.bench.sets import evalsets_folder
from evals.injection.measuring import Rate, measured, read_items


@fails_cleanly
def injection_command(
    file: Annotated[Path | None, typer.Option(help="JSON Lines: text, attack, source.")] = None,
    every: Annotated[int, typer.Option(help="Of so many items in turn, one is left out.")] = 0,
    models: Annotated[
        Path | None, typer.Option(help="Where compiled models are kept: read by meaning as well.")
    ] = None,
    as_json: Json = False,
) -> None:
    """How often attacks and benign texts are suspected, by source and family.

    The items are those of the set `injection` in ASSIST_EVALSETS (default ../shared/evalsets).
    `--every 3` leaves out each third one: those that were read when the rules were written.
    """
    items = read_items(file or evalsets_folder() / "injection" / "items.jsonl")
    kept = [item for number, item in enumerate(items) if not every or number % every]
    if not kept:
        raise BadInput("no item is left", where="--every", cure="give 0 or a number above 1")
    rates = measured(kept, SentenceEmbedder(compiled=models).embed if models else None)
    if as_json:
        print("[" + ",".join(rate.model_dump_json() for rate in rates) + "]")
        return
    for rate in rates:
        print(_line(rate))


def _line(rate: Rate) -> str:
    low, high = rate.interval
    what = "recall" if rate.attack else "false alarms"
    name = f"  {rate.family}" if rate.family else rate.source
    return f"{name:42} {what:12} {rate.rate:.3f} [{low:.3f}, {high:.3f}] {rate.suspected}/{rate.of}"


if __name__ == "__main__":
    typer.run(injection_command)
