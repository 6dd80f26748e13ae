"""A run -> what a person reads: scores by scorer, then every miss with its explanation."""

from collections.abc import Iterator

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.run import Run, Summary


def show(run: Run, console: Console) -> None:
    """Print the run."""
    console.print(rendered(run))


def rendered(run: Run) -> RenderableType:
    """The run as one renderable: head, table of scores, misses, verdict."""
    return Group(_head(run), _scores(run), *_misses(run), _verdict(run))


def _head(run: Run) -> Text:
    commit = f", commit {run.git_sha[:12]}" if run.git_sha else ""
    return Text(
        f"suite {run.suite}: {len(run.results)} cases in {run.seconds:.1f} s; "
        f"assist {run.assist_version}{commit}, generation {run.generation}"
    )


def _scores(run: Run) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("scorer")
    for name in ("n", "mean", "threshold", "misses"):
        table.add_column(name, justify="right")
    for summary in run.summaries:
        style = "" if summary.passed else "red"
        table.add_row(*_row(run, summary), style=style)
    return table


def _row(run: Run, summary: Summary) -> tuple[str, ...]:
    values = [result.scores[summary.scorer].value for result in run.results]
    missed = sum(value is not None and value < 1 for value in values)
    return (
        summary.scorer,
        str(summary.n),
        "not scored" if summary.mean is None else f"{summary.mean:.2f}",
        "" if summary.threshold is None else f"{summary.threshold:.2f}",
        str(missed),
    )


def _misses(run: Run) -> Iterator[Text]:
    for result in run.results:
        for name, score in result.scores.items():
            if score.value is not None and score.value < 1:
                head = f"{result.case_id}  {name} {score.value:.2f}: "
                yield Text.assemble((head, "bold"), score.explanation)


def _verdict(run: Run) -> Text:
    missed = [summary.scorer for summary in run.summaries if not summary.passed]
    if missed:
        return Text(f"\nmissed the threshold of {', '.join(missed)}", style="red")
    return Text("\nevery threshold is met", style="green")
