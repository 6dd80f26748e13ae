"""Scores by ragas -> what a person reads."""

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assist.domain.evaluation import EvalSummary
from evals.ragas_run.names import JUDGED
from evals.ragas_run.results import Agreement, RagasScores

WORST = 10
"""Failures told with their reasons."""


def rendered(found: RagasScores) -> RenderableType:
    """Head, scores, agreement, what failed and why."""
    return Group(_head(found), *_notes(found), _table(found), *_agreements(found), *_failed(found))


def _head(found: RagasScores) -> Text:
    judge = f"judge {found.judge}" if found.judge else "no judge"
    drafter = f", drafts by {found.drafter}" if found.drafter else ""
    return Text(
        f"run {found.run} of {found.suite}: {len(found.results)} trials; ragas {found.ragas}, "
        f"{judge}{drafter}, vectors by {found.embedder}"
    )


def _notes(found: RagasScores) -> Iterator[Text]:
    for note in found.notes:
        yield Text(f"note: {note}", style="yellow")
    for name, needs in found.passed_over.items():
        yield Text(f"not scored: {name} {needs}", style="yellow")


def _table(found: RagasScores) -> Table:
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("metric", no_wrap=True)
    shown.add_column("by")
    for name in ("n", "mean", "95 %", "least", "failed"):
        shown.add_column(name, justify="right", no_wrap=True)
    for one in found.summaries:
        shown.add_row(*_row(one), style="" if one.passed else "red")
    return shown


def _row(one: EvalSummary) -> tuple[str, ...]:
    return (
        one.scorer,
        "judge" if one.scorer in JUDGED else "count",
        str(one.n),
        "none" if one.mean is None else f"{one.mean:.2f}",
        _between(one.low, one.high),
        "" if one.threshold is None else f"{one.threshold:.2f}",
        str(one.failures or ""),
    )


def _agreements(found: RagasScores) -> Iterator[RenderableType]:
    if not found.agreement:
        return
    shown = Table(box=box.SIMPLE_HEAD, title="beside people's labels", title_justify="left")
    for name in ("metric", "labels", "agree", "95 %", "kappa", "95 %", "yes/yes", "yes/no"):
        shown.add_column(name)
    for name in ("no/yes", "no/no", "failed", "not eligible"):
        shown.add_column(name)
    for one in found.agreement:
        shown.add_row(*_agreement(one))
    yield shown
    yield Text("yes/no: the metric says yes and the person no")


def _agreement(one: Agreement) -> tuple[str, ...]:
    cells = one.confusion
    return (
        f"{one.metric} ≥ {one.cut:g}",
        str(one.labels),
        "none" if one.share is None else f"{one.share:.2f}",
        _between(one.share_low, one.share_high),
        "none" if one.kappa is None else f"{one.kappa:.2f}",
        _between(one.kappa_low, one.kappa_high),
        *(str(n) for n in (cells.both_yes, cells.metric_only, cells.person_only, cells.both_no)),
        str(one.failures),
        str(one.not_eligible),
    )


def _failed(found: RagasScores) -> Iterator[Text]:
    failed = [
        f"{result.case_id}  {name}: {score.explanation}"
        for result in found.results
        for name, score in result.scores.items()
        if score.failed
    ]
    for told in failed[:WORST]:
        yield Text(told)
    if len(failed) > WORST:
        yield Text(f"and {len(failed) - WORST} more failures: see --json")


def _between(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:.2f}–{high:.2f}"
