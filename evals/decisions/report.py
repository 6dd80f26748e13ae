"""A run of decision cases -> what a person reads: shares by scorer, file and tag, then misses."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group as Page
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evals.decisions.run import DecisionResult, DecisionRun, Group
from evals.decisions.scoring import DECISION_SCORERS
from evals.report import head, table, verdict

_MARKS = {"decides": "=>", "holds": " +", "fails": " -", "unknown": " ?", "stated": "  "}


def rendered(run: DecisionRun) -> RenderableType:
    """The run as one renderable: head, tables, every miss with its proof, verdict."""
    scored = [result.scores for result in run.results]
    return Page(
        head(run, len(scored), f"policies {run.policy_version}"),
        table(run.summaries, scored),
        _groups("file", run.files),
        _groups("tag", run.tags),
        *_misses(run.results),
        verdict(run),
    )


def _groups(kind: str, groups: Sequence[Group]) -> Table:
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column(kind)
    for name in ("n", *DECISION_SCORERS):
        shown.add_column(name, justify="right")
    for group in groups:
        means = [group.means[name] for name in DECISION_SCORERS]
        cells = ["" if mean is None else f"{mean:.2f}" for mean in means]
        shown.add_row(group.name, str(group.n), *cells)
    return shown


def _misses(results: Sequence[DecisionResult]) -> Iterator[RenderableType]:
    for result in results:
        missed = {
            name: score
            for name, score in result.scores.items()
            if score.value is not None and score.value < 1
        }
        if not missed:
            continue
        yield Text(f"\n{result.file}: {result.case_id}: {result.title}", style="bold")
        for name, score in missed.items():
            yield _indented(2, f"{name}: {score.explanation}")
        yield _indented(2, f"the author: {result.why}")
        yield from _proof(result)


def _proof(result: DecisionResult) -> Iterator[RenderableType]:
    for proof in result.judged.proofs:
        for line in proof.lines:
            yield _indented(4, f"{_MARKS[line.outcome]} {line.text}")
            for because in line.because:
                yield _indented(9, because, style="dim")


def _indented(columns: int, words: str, style: str = "") -> Padding:
    """Indented as a whole, so that a long line wraps below itself."""
    return Padding(Text(words, style=style), (0, 0, 0, columns))
