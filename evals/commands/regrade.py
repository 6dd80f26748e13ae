"""`assist-evals regrade`: what was suggested then, scored by today's grader."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, RenderableType

from assist.cli.options import Json, fails_cleanly, say
from assist.domain.evaluation import EvalRun
from assist.errors import BadInput
from evals.running.files import made, text_of, write
from evals.running.folder import ANEW, BEGUN, CASES
from evals.running.reading import CURE, RUN, read_run
from evals.running.regrading import Raw, Regrade
from evals.suites import SUITES, Suite, load_suite


@fails_cleanly
def regrade_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder or run.json.")],
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the run, scored anew, here.")
    ] = None,
    suites: Annotated[
        Path, typer.Option(metavar="FILE", help="The suites file.", show_default="packaged")
    ] = SUITES,
    as_json: Json = False,
) -> None:
    """Score the suggestions of RUN by today's grader and cases; nothing is suggested anew.

    Exit 1 where a threshold is missed, 2 on bad input.
    """
    if out is not None:
        _require_free(out)
    before = read_run(run)
    suite = load_suite(before.suite, suites)
    say(f"score {len(before.results)} trials of {before.suite}")
    with regrader(suite) as regrade:
        fresh = regrade(before, cases_then(run))
    if out is not None:
        _keep(fresh, out, run)
    if as_json:
        print(fresh.model_dump_json())
    else:
        Console(highlight=False).print(page_of(fresh))
    if not fresh.passed:
        raise typer.Exit(1)


@contextmanager
def regrader(suite: Suite) -> Iterator[Regrade]:
    """What scores the runs of this suite anew. Raises `BadInput`."""
    from evals.decisions.regrading import regrading_decisions
    from evals.running.regrading import regrading

    chosen = {"suggestions": regrading, "decisions": regrading_decisions}[suite.kind]
    with chosen(suite) as regrade:
        yield regrade


def page_of(run: EvalRun) -> RenderableType:
    """The page a person reads of a run of either kind."""
    from evals import report
    from evals.decisions import report as decisions_report

    pages = {"suggestions": report.rendered, "decisions": decisions_report.rendered}
    return pages[run.kind](run)


def cases_then(run: Path) -> Mapping[str, Raw]:
    """The cases beside a run as it read them; none where they are not kept. Raises `BadInput`."""
    file = _cases_of(run)
    if not file.exists():
        return {}
    try:
        listed = json.loads(text_of(file, CURE))
        return {case["id"]: case for case in listed}
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(f"is no list of cases: {error}", where=str(file), cure=CURE) from error


def _keep(fresh: EvalRun, out: Path, run: Path) -> None:
    """The run, and the cases as they were asked: they still tell what was asked."""
    write(made(out) / RUN, fresh.model_dump_json(indent=1) + "\n")
    file = _cases_of(run)
    if file.exists():
        write(out / CASES, text_of(file, CURE))


def _cases_of(run: Path) -> Path:
    return (run if run.is_dir() else run.parent) / CASES


def _require_free(out: Path) -> None:
    if any((out / name).exists() for name in (RUN, BEGUN)):
        raise BadInput("holds a run already", where=str(out), cure=ANEW)
