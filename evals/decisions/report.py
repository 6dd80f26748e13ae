"""A run of decision cases -> what a person reads: shares by scorer, file and tag, then misses."""

from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.console import Group as Page
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assist.domain.evaluation import EvalResult, EvalRun
from evals.decisions.run import judged_of
from evals.decisions.scoring import DECISION_SCORERS
from evals.report import head, notes, table, verdict
from evals.running.summing import case_mean, full

_MARKS = {"decides": "=>", "holds": " +", "fails": " -", "unknown": " ?", "stated": "  "}


def rendered(run: EvalRun) -> RenderableType:
    """The run as one renderable: head, tables, every miss with its proof, verdict."""
    return Page(
        head(run, f"policies {run.versions.policy_version}"),
        *notes(run),
        table(run.summaries, run.results),
        _groups("file", by_file(run.results)),
        _groups("tag", by_tag(run)),
        *_misses(run.results),
        verdict(run),
    )


Groups = Mapping[str, Sequence[EvalResult]]
"""The cases of each file or tag."""


def by_file(results: Sequence[EvalResult]) -> Groups:
    """The results of each file, in the order of files."""
    found: dict[str, list[EvalResult]] = {}
    for result in results:
        found.setdefault(str(result.detail["file"]), []).append(result)
    return found


def by_tag(run: EvalRun) -> Groups:
    """The results that bear each tag."""
    return {part.tag: [r for r in run.results if part.tag in r.tags] for part in run.slices}


def _groups(kind: str, groups: Groups) -> Table:
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column(kind)
    for name in ("n", *DECISION_SCORERS):
        shown.add_column(name, justify="right")
    for group, results in groups.items():
        cells = [_mean(results, name) for name in DECISION_SCORERS]
        shown.add_row(group, str(len(results)), *cells)
    return shown


def _mean(results: Sequence[EvalResult], scorer: str) -> str:
    values = [v for result in results if (v := case_mean([result], scorer)) is not None]
    return f"{sum(values) / len(values):.2f}" if values else ""


def _misses(results: Sequence[EvalResult]) -> Iterator[RenderableType]:
    for result in results:
        missed = {name: score for name, score in result.scores.items() if not full(score)}
        if not missed:
            continue
        told = result.detail
        yield Text(f"\n{told['file']}: {result.case_id}: {told['title']}", style="bold")
        for name, score in missed.items():
            yield _indented(2, f"{name}: {score.explanation}")
        yield _indented(2, f"the author: {told['why']}")
        yield from _proof(result)


def _proof(result: EvalResult) -> Iterator[RenderableType]:
    for proof in judged_of(result).proofs:
        for line in proof.lines:
            yield _indented(4, f"{_MARKS[line.outcome]} {line.text}")
            for because in line.because:
                yield _indented(9, because, style="dim")


def _indented(columns: int, words: str, style: str = "") -> Padding:
    """Indented as a whole, so that a long line wraps below itself."""
    return Padding(Text(words, style=style), (0, 0, 0, columns))
