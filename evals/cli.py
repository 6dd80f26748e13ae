"""The `assist-evals` command: suites of curated cases, and how well documents are ranked."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, RenderableType

from assist.cli.options import Json, fails_cleanly, say
from assist.errors import BadInput
from evals.decisions import report as decisions_report
from evals.decisions.run import run_decisions
from evals.report import rendered
from evals.retrieval.commands import compare_command, retrieval_command
from evals.run import Measured, run_suite
from evals.suites import SUITES, Suite, SuiteKind, load_suite

app = typer.Typer(
    name="assist-evals",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def about() -> None:
    """Measure what assist suggests, and how well it finds."""


@app.command("run")
@fails_cleanly
def run_command(
    suite: Annotated[str, typer.Argument(help="A suite of the suites file, e.g. core.")],
    out: Annotated[Path | None, typer.Option(help="Write run.json into this folder.")] = None,
    suites: Annotated[
        Path, typer.Option(help="The suites file.", show_default="packaged")
    ] = SUITES,
    as_json: Json = False,
) -> None:
    """Run SUITE over its own corpus. Exit 1 where a threshold is missed, 2 on bad input."""
    chosen = load_suite(suite, suites)
    file = run_file(out) if out else None
    run, page = RUNNERS[chosen.kind](suite, chosen)
    if file is not None:
        write(run, file)
    if as_json:
        print(run.model_dump_json())
    else:
        Console(highlight=False).print(page)
    if not run.passed:
        raise typer.Exit(1)


app.command("retrieval")(retrieval_command)
app.command("compare-retrieval")(compare_command)


def _suggestions(name: str, suite: Suite) -> tuple[Measured, RenderableType]:
    run = run_suite(name, suite, say)
    return run, rendered(run)


def _decisions(name: str, suite: Suite) -> tuple[Measured, RenderableType]:
    run = run_decisions(name, suite)
    return run, decisions_report.rendered(run)


RUNNERS: dict[SuiteKind, Callable[[str, Suite], tuple[Measured, RenderableType]]] = {
    "suggestions": _suggestions,
    "decisions": _decisions,
}
"""How a suite of each kind is run, and the page a person reads."""


def run_file(folder: Path) -> Path:
    """`run.json` in the folder, made where it is missing, before minutes are spent on the run."""
    file = folder / "run.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.touch()
    except OSError as error:
        raise _unwritable(file, error) from error
    return file


def write(run: Measured, file: Path) -> None:
    """Write the run as JSON. Raises `BadInput`."""
    try:
        file.write_text(run.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise _unwritable(file, error) from error


def _unwritable(file: Path, error: OSError) -> BadInput:
    why = error.strerror or str(error)
    return BadInput(f"cannot be written: {why}", where=str(file), cure="check --out")


def main() -> None:
    """Entry point of the `assist-evals` script."""
    app()
