"""`assist-evals compare`: one run against another, case by case."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assist.cli.options import Json, fails_cleanly, say
from assist.domain.evaluation import EvalRun
from evals.commands.regrade import cases_then, regrader
from evals.comparing.comparison import compare
from evals.comparing.report import rendered
from evals.running.reading import read_run
from evals.suites import SUITES, load_suite


@fails_cleanly
def compare_command(
    a: Annotated[Path, typer.Argument(metavar="A", help="A run's folder or run.json.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="What it is compared with.")],
    *,
    regrade: Annotated[
        bool,
        typer.Option("--regrade", metavar="", help="Score both by today's grader and cases first."),
    ] = False,
    suites: Annotated[
        Path,
        typer.Option(
            metavar="FILE", help="The suites file, for --regrade.", show_default="packaged"
        ),
    ] = SUITES,
    as_json: Json = False,
) -> None:
    """What A has more than B, by scorer, with 95 % intervals and p; each flipped case with both."""
    runs = read_run(a), read_run(b)
    if regrade:
        runs = _regraded((a, b), runs, suites)
    found = compare(*runs)
    if as_json:
        print(found.model_dump_json())
    else:
        Console(highlight=False).print(rendered(found))


def _regraded(
    paths: tuple[Path, Path], runs: tuple[EvalRun, EvalRun], suites: Path
) -> tuple[EvalRun, EvalRun]:
    """Both runs scored anew, each by the cases of its own suite as they are today."""
    a, b = runs
    with regrader(load_suite(a.suite, suites)) as regrade:
        say(f"score {len(a.results) + len(b.results)} trials of {a.suite}")
        fresh = regrade(a, cases_then(paths[0]))
        if b.suite != a.suite:
            return fresh, b  # refused by the comparison, with its reason
        return fresh, regrade(b, cases_then(paths[1]))
