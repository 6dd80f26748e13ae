"""A simulation -> the page a person reads: the score, each question, what differs, what is left."""

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.retrieval.results import Estimate
from evals.simulating.results import Comparison, ItemSummary, Simulation

MOST_SHOWN = 20
"""Disagreements and auto-fails listed; --json holds all."""


def rendered(found: Simulation) -> RenderableType:
    """The whole page."""
    parts: list[RenderableType] = [_head(found), _table(found), *_tripped(found)]
    if found.comparison is not None:
        parts += _compared(found.comparison)
    return Group(*parts, *_left(found), *(Text(f"note: {note}") for note in found.notes))


def _head(found: Simulation) -> Text:
    score = "no score" if found.score is None else f"score {percent(found.score)}"
    passed = f", {found.passed} of {found.judged} pass" if found.judged else ""
    return Text(
        f"{found.title} {found.version} over {found.conversations} conversations: "
        f"{score} over {found.scored} that could be scored{passed}"
    )


def percent(estimate: Estimate) -> str:
    """A mean in percent with its interval, where there is one."""
    bounds = (
        ""
        if estimate.low is None or estimate.high is None
        else f" (95 % interval {estimate.low:.1f} to {estimate.high:.1f})"
    )
    return f"{estimate.mean:.1f} %{bounds}"


def _table(found: Simulation) -> Table:
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("question", overflow="fold")
    for name in ("answered", "share yes", "points", "n.a.", "person", "failed"):
        shown.add_column(name, justify="right")
    section = ""
    for item in found.items:
        if item.section != section:
            section = item.section
            shown.add_row(Text(section, style="bold"))
        shown.add_row(*_row(item), style="red" if item.tripped or item.failed else "")
    return shown


def _row(item: ItemSummary) -> tuple[str, ...]:
    return (
        f"  {item.item}",
        str(item.answered),
        _shares(item),
        "" if item.points is None else f"{item.points:.0f} %",
        str(item.not_applicable or ""),
        str(item.needs_person or ""),
        str(item.failed or ""),
    )


def _shares(item: ItemSummary) -> str:
    """Of a choice the share of each option, for it has no yes."""
    if not item.shares:
        return ""
    if item.kind == "choice":
        return ", ".join(f"{name} {share:.0%}" for name, share in item.shares.items())
    return f"{item.shares.get('yes', 0.0):.0%}"


def _tripped(found: Simulation) -> Iterator[Text]:
    """Each conversation that an auto-fail made 0, with why."""
    failed = [card for card in found.cards if card.auto_fails]
    for card in failed[:MOST_SHOWN]:
        head = f"{card.conversation}  score 0: "
        yield Text.assemble((head, "bold"), "; ".join(card.auto_fails))
    if more := len(failed) - MOST_SHOWN:
        yield from [Text(f"and {more} more that fail")] if more > 0 else []


def _compared(found: Comparison) -> Iterator[RenderableType]:
    change = "" if found.mean_change is None else f"; the score moves by {found.mean_change:+.1f}"
    yield Text(f"\nAgainst {found.rubric} {found.version}{change}", style="bold")
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("question")
    for name in ("both answered", "alike", "differ"):
        shown.add_column(name, justify="right")
    for item in found.items:
        row = (item.item, str(item.both), str(item.alike), str(len(item.disagreements)))
        shown.add_row(*row)
    yield shown
    if found.only_now:
        yield Text(f"asked only now: {', '.join(found.only_now)}")
    if found.only_before:
        yield Text(f"asked only before: {', '.join(found.only_before)}")
    differing = [one for item in found.items for one in item.disagreements]
    for one in differing[:MOST_SHOWN]:
        before, now = (a.answer or a.state for a in (one.before, one.now))
        why = f" ({one.now.reason})" if one.now.reason else ""
        yield Text(f"{one.conversation}  {one.item}: {before} -> {now}{why}")
    if len(differing) > MOST_SHOWN:
        yield Text(f"and {len(differing) - MOST_SHOWN} more that differ")


def _left(found: Simulation) -> Iterator[Text]:
    """What nobody could tell: how much a person still has to look at."""
    left = sum(item.needs_person for item in found.items)
    if left:
        yield Text(f"{left} answers need a person; they count neither for nor against")
    open_fails = sum(bool(card.open_auto_fails) for card in found.cards)
    if open_fails:
        yield Text(f"of {open_fails} conversations an auto-fail item is still open")
    if failed := sum(item.failed for item in found.items):
        yield Text(f"{failed} times the judge gave nothing that can be used", style="red")
