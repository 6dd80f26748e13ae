"""`assist-evals run`: a suite, from its cases to its gate."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Never

import typer
from rich.console import Console, RenderableType

from assist.cli.options import Json, fails_cleanly, say
from assist.domain.evaluation import EvalRun
from evals.running.asked import Asked
from evals.running.progress import watching
from evals.running.reading import read_run
from evals.suites import SUITES, load_suite

STOPPED = 130
"""Exit code of a run that Ctrl-C ended, as shells have it."""


@fails_cleanly
def run_command(
    suite: Annotated[str, typer.Argument(help="A suite of the suites file, e.g. core.")],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Keep the run in this folder; started again with it, a stopped run goes on.",
        ),
    ] = None,
    trials: Annotated[
        int, typer.Option(metavar="K", min=1, max=100, help="Times each case is run.")
    ] = 1,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=64, help="Processes.", show_default="up to one a core"
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(metavar="S", help="What is drawn by lot is drawn by this.")
    ] = 0,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="RUN", help="A run's folder or run.json: exit 1 where this one is worse."
        ),
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="Only cases with this tag; may be given again."),
    ] = None,
    case: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this case; may be given again."),
    ] = None,
    suites: Annotated[
        Path, typer.Option(metavar="FILE", help="The suites file.", show_default="packaged")
    ] = SUITES,
    as_json: Json = False,
) -> None:
    """Run SUITE over its own corpus. Exit 1 where the gate stays shut, 2 on bad input."""
    asked = Asked(
        name=suite,
        suite=load_suite(suite, suites),
        out=out,
        trials=trials,
        workers=workers,
        seed=seed,
        tags=tuple(tag or ()),
        ids=tuple(case or ()),
        baseline=read_run(baseline) if baseline else None,
    )
    with _stoppable(asked):
        run, page = run_and_page(asked)
    if out is not None:
        from evals.reports import write_all

        write_all(run, out, asked.baseline)
    if as_json:
        print(run.model_dump_json())
    else:
        Console(highlight=False).print(page)
    if not run.passed:
        raise typer.Exit(1)


def run_and_page(asked: Asked) -> tuple[EvalRun, RenderableType]:
    """The run of a suite of either kind, and the page a person reads."""
    if asked.suite.kind == "decisions":
        from evals.decisions import report as decisions_report
        from evals.decisions.run import run_decisions

        decided = run_decisions(asked)
        return decided, decisions_report.rendered(decided)
    from evals.report import rendered
    from evals.run import run_suite

    with watching() as watch:
        run = run_suite(asked, watch)
    return run, rendered(run, asked.baseline)


@contextmanager
def _stoppable(asked: Asked) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the block, and say what can be done with what was finished."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    except KeyboardInterrupt as stop:
        say(f"stopped: {_left(asked)}")
        raise typer.Exit(STOPPED) from stop
    finally:
        signal.signal(signal.SIGTERM, before)


def _left(asked: Asked) -> str:
    if asked.out is None:
        return "nothing is kept; with --out DIR a stopped run can go on"
    return f"what was finished is kept in {asked.out}; the same command goes on with the rest"


def _interrupt(_signal: int, _frame: object) -> Never:
    raise KeyboardInterrupt
