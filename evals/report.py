"""A run -> what a person reads: scores by scorer, then every miss with its explanation."""

from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.run import Measured, Run, Summary
from evals.scorers.scorer import Score


def rendered(run: Run) -> RenderableType:
    """The run as one renderable: head, table of scores, misses, verdict."""
    scored = [result.scores for result in run.results]
    start = head(run, len(scored), f"generation {run.generation}")
    return Group(start, table(run.summaries, scored), *_misses(run), verdict(run))


def head(run: Measured, cases: int, judged_by: str) -> Text:
    """What was run, how long it took, by which version and by what it was judged."""
    commit = f", commit {run.git_sha[:12]}" if run.git_sha else ""
    return Text(
        f"suite {run.suite}: {cases} cases in {run.seconds:.1f} s; "
        f"assist {run.assist_version}{commit}, {judged_by}"
    )


def table(summaries: Sequence[Summary], scored: Sequence[Mapping[str, Score]]) -> Table:
    """Each scorer's mean beside its threshold, and how many of the cases it missed."""
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("scorer")
    for name in ("n", "mean", "threshold", "misses"):
        shown.add_column(name, justify="right")
    for summary in summaries:
        style = "" if summary.passed else "red"
        shown.add_row(*_row(summary, scored), style=style)
    return shown


def _row(summary: Summary, scored: Sequence[Mapping[str, Score]]) -> tuple[str, ...]:
    values = [scores[summary.scorer].value for scores in scored]
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


def verdict(run: Measured) -> Text:
    """Whether every threshold is met, and else which are not."""
    missed = [summary.scorer for summary in run.summaries if not summary.passed]
    if missed:
        return Text(f"\nmissed the threshold of {', '.join(missed)}", style="red")
    return Text("\nevery threshold is met", style="green")
