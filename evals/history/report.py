"""A replay on history -> the page a person reads: agreement by step, then what differs and why."""

from collections.abc import Iterator

from rich import box
from rich.console import Group as Parts
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from evals.history.results import Group, History, StepSummary
from evals.history.steps import STEPS
from evals.retrieval.results import Estimate

MOST = 5
"""Disagreements shown per step; the CSV and --json hold all."""
SHORT = 100
"""Characters shown of a text."""
TEXTS = frozenset({"reply"})
"""Steps that compare whole texts: these are shown by their lack, not side by side."""


def rendered(history: History) -> RenderableType:
    """The whole page."""
    head = Text(
        f"{history.source}: {len(history.replayed)} tickets in {history.seconds:.1f} s, "
        f"generation {history.generation}, policies {history.policy_version}"
    )
    tables = [part for group in history.groups for part in (Text(_name(group)), _table(group))]
    return Parts(head, *tables, *_differing(history), *_left_out(history))


def _name(group: Group) -> str:
    return f"\n{group.name}: {group.tickets} tickets"


def _table(group: Group) -> Table:
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("step")
    for name in ("n", "agreement", "mean value"):
        shown.add_column(name, justify="right")
    for step in group.steps:
        shown.add_row(*_row(step))
    return shown


def _row(step: StepSummary) -> tuple[str, ...]:
    return step.step, str(step.n), _percent(step.agreement), _value(step.value)


def _percent(estimate: Estimate | None) -> str:
    if estimate is None:
        return "not stated"
    bounds = ""
    if estimate.low is not None and estimate.high is not None:
        bounds = f" ({estimate.low:.0%} to {estimate.high:.0%})"
    return f"{estimate.mean:.0%}{bounds}"


def _value(estimate: Estimate | None) -> str:
    return "" if estimate is None else f"{estimate.mean:.2f}"


def _differing(history: History) -> Iterator[Text]:
    for name in STEPS:
        found = [
            (row, step)
            for row in history.replayed
            for step in row.steps
            if step.step == name and not step.agrees
        ]
        if not found:
            continue
        yield Text(f"\n{name}: {len(found)} differ", style="bold")
        for row, step in sorted(found, key=lambda pair: pair[1].value)[:MOST]:
            sides = "" if name in TEXTS else f"they: {_short(step.theirs)}; we: {_short(step.ours)}"
            because = "; ".join(filter(None, (sides, _short(step.why))))
            yield Text(f"  {row.ticket_id}  {because}")


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= SHORT else f"{folded[:SHORT]}…"


def _left_out(history: History) -> Iterator[Text]:
    if history.bad:
        yield Text(f"\n{len(history.bad)} lines were left out", style="red")
