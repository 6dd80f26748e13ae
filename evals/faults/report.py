"""A campaign -> what a person reads, and the table of the docs."""

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.faults.results import Campaign, Caught, Graded

OTHERS = 4
"""Other scorers named for a fault."""


def rendered(found: Campaign) -> RenderableType:
    """The campaign as one renderable."""
    return Group(
        Text(
            f"{len(found.faults)} faults over {found.cases} cases in {found.seconds:.0f} s, "
            f"grader {found.grader}"
        ),
        _table(found),
        *_missed(found),
        *_never(found),
        _sum(found),
    )


def markdown(found: Campaign) -> str:
    """The table, as it stands in the docs."""
    head = ("fault", "planted in", "shows on", "meant for", "caught by it", "and by")
    rows = [head, ("---",) * len(head), *map(_row, found.faults)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(one: Graded) -> tuple[str, ...]:
    others = ", ".join(caught.scorer for caught in one.by_others) or "–"
    where, shown = f"`{one.where}`", str(one.shown)
    return one.about, where, shown, ", ".join(one.meant), _by(one), others


def _table(found: Campaign) -> Table:
    shown = Table(box=box.SIMPLE_HEAD)
    for name in ("fault", "shown", "meant for", "caught", "and by"):
        shown.add_column(name)
    for one in found.faults:
        others = [c.scorer for c in one.by_others]
        more = f" +{len(others) - OTHERS}" if len(others) > OTHERS else ""
        shown.add_row(
            one.name,
            f"{one.shown} of {one.tried}",
            ", ".join(one.meant),
            _by(one),
            ", ".join(others[:OTHERS]) + more,
            style="" if one.by_meant else "red",
        )
    return shown


def _by(one: Graded) -> str:
    """On how many of the cases that they are eligible for the scorers that are meant to saw it."""
    if not one.shown:
        return "no case shows it"
    return ", ".join(f"{caught.scorer} {_on(caught)}" for caught in one.by_meant) or "no"


def _on(one: Caught) -> str:
    return f"{one.flipped} of {one.n}" if one.flipped else f"in the mean of {one.n}"


def _missed(found: Campaign) -> Iterator[Text]:
    for one in found.missed:
        broke = f"; no suggestion at all on {one.broke}" if one.broke else ""
        yield Text(f"missed: {one.name}, {one.about} (cases {_cases(one)}{broke})", style="red")


def _cases(one: Graded) -> str:
    return ", ".join(one.cases) or "none"


def _never(found: Campaign) -> Iterator[Text]:
    if found.moved:
        yield Text(f"move with nothing planted: {', '.join(found.moved)}", style="red")
    if found.never:
        yield Text(
            f"never fail on any planted fault, to be removed: {', '.join(found.never)}",
            style="red",
        )


def _sum(found: Campaign) -> Text:
    caught = len(found.faults) - len(found.missed)
    return Text(f"\n{caught} of {len(found.faults)} faults are caught by a scorer meant to")
