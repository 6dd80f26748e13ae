"""`assist-evals ragas`: a run that was kept, by the metrics of ragas."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assist.adapters.outside import chat_of
from assist.cli.options import Json, fails_cleanly, say
from assist.errors import BadSetting
from assist.settings import read_settings
from evals.commands.regrade import cases_then
from evals.ragas_run.agreement import CUT, agreements
from evals.ragas_run.labels import read_labels
from evals.ragas_run.report import rendered
from evals.ragas_run.run import Judging, run_ragas
from evals.running.files import write
from evals.running.reading import read_run
from evals.suites import SUITES, load_suite

JUDGED = "ragas-judged"
"""The folder of a home in which a judge's replies are kept."""


@fails_cleanly
def ragas_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder, with its cases.")],
    *,
    judge: Annotated[
        bool, typer.Option("--judge", metavar="", help="Ask the model in its role of judge, too.")
    ] = False,
    judge_own_drafts: Annotated[
        bool, typer.Option("--judge-own-drafts", metavar="", help="Let the drafting model judge.")
    ] = False,
    judge_cache: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Keeps a judge's replies.", show_default="HOME/ragas-judged"
        ),
    ] = None,
    labels: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="People's labels, CSV or JSONL: case, metric, good."),
    ] = None,
    cut: Annotated[
        float, typer.Option(min=0, max=1, help="From this score on a metric says yes.")
    ] = CUT,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all scores here, as JSON.")
    ] = None,
    suites: Annotated[
        Path, typer.Option(metavar="FILE", help="The suites file.", show_default="packaged")
    ] = SUITES,
    as_json: Json = False,
) -> None:
    """Score what was suggested in RUN by ragas; nothing is suggested anew.

    Context precision and recall by ids and texts, and similarity to the gold, ask no model. With
    --judge also faithfulness, relevancy, context precision and recall, and noise. Exit 1 where a
    threshold is missed that the suite sets for ragas, 2 on bad input.
    """
    before = read_run(run)
    suite = load_suite(before.suite, suites)
    told = read_labels(labels) if labels else ()
    with _judging(judge, judge_cache, judge_own_drafts) as judging:
        found = run_ragas(before, cases_then(run), suite, judging, progress=say)
    if told:
        compared = agreements(found.results, told, cut)
        found = found.model_copy(update={"agreement": compared})
    if out is not None:
        write(out, found.model_dump_json(indent=1) + "\n")
    if as_json:
        print(found.model_dump_json())
    else:
        Console(highlight=False).print(rendered(found))
    if not found.passed:
        raise typer.Exit(1)


@contextmanager
def _judging(
    wanted: bool,  # noqa: FBT001
    cache: Path | None,
    own_drafts: bool,  # noqa: FBT001
) -> Iterator[Judging | None]:
    """Who judges, as the settings say. Raises `BadSetting` where they name nobody."""
    if not wanted:
        yield None
        return
    settings = read_settings()
    chat = chat_of(settings.llm)
    if chat is None or not settings.llm.model_of("judge"):
        raise BadSetting(
            "no model is set that could judge",
            where="--judge",
            cure='set ASSIST_LLM__BASE_URL and ASSIST_LLM__MODELS={"judge": …}, or leave it out',
        )
    try:
        yield Judging(chat, cache or settings.home / JUDGED, own_drafts)
    finally:
        chat.close()
