"""`python -m evals.bench`: measure this machine, print tables or JSON."""

from typing import Annotated

import typer
from rich.console import Console

from assist.cli.options import Json, fails_cleanly, say
from assist.errors import BadInput
from evals.bench.campaign import bench
from evals.bench.show import show
from evals.bench.sizes import CAMPAIGN, QUICK, SAMPLE


@fails_cleanly
def bench_command(
    quick: Annotated[
        bool, typer.Option("--quick", help="A glance: minutes, no large set.")
    ] = False,
    campaign: Annotated[bool, typer.Option("--campaign", help="All queries of all sets.")] = False,
    as_json: Json = False,
) -> None:
    """Speed, memory, retrieval quality, and when there is an answer.

    The evaluation sets are looked for in ASSIST_EVALSETS (default ../shared/evalsets).
    """
    if quick and campaign:
        raise BadInput("--quick and --campaign exclude each other", cure="give one")
    result = bench(QUICK if quick else CAMPAIGN if campaign else SAMPLE, say)
    if as_json:
        print(result.model_dump_json())
    else:
        show(result, Console(highlight=False))


if __name__ == "__main__":
    typer.run(bench_command)
