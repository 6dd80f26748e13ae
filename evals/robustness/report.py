"""A robustness run -> what a person reads: flips by perturbation, fairness, each flipped case."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.robustness.perturbations import PERTURBATIONS
from evals.robustness.results import Fairness, Flips, Robustness, Tried

SHOWN = 20
"""Flipped variants shown side by side; the others stand in the file of --out and in --json."""


def rendered(found: Robustness) -> RenderableType:
    """The run as one renderable."""
    return Group(
        _head(found),
        *(Text(f"note: {note}", style="yellow") for note in found.notes),
        _flips(found.flips),
        _skipped(found.flips),
        *_fairness(found.fairness),
        *_listed(sorted(found.flipped, key=_gravity)),
        _sum(found),
    )


def _head(found: Robustness) -> Text:
    return Text(
        f"suite {found.suite}: {len(found.cases)} cases, seed {found.seed}, "
        f"{sum(row.tried for row in found.flips if not row.variant)} variants in "
        f"{found.seconds:.1f} s; assist {found.versions.assist}, "
        f"generation {found.versions.generation}"
    )


def _flips(rows: Sequence[Flips]) -> Table:
    """A line for each perturbation, and beneath it one for each of its variants."""
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("perturbation")
    for name in ("tried", "flipped", "share", "95 %", "decided"):
        shown.add_column(name, justify="right", no_wrap=True)
    shown.add_column("moved")
    for row in rows:
        name = f"  {row.variant}" if row.variant else row.perturbation
        moved = ", ".join(f"{field} {count}" for field, count in row.fields.items())
        counts = (str(row.tried), str(row.flipped), _share(row.share), _span(row.low, row.high))
        decided = str(row.decided) if row.tried else ""
        shown.add_row(name, *counts, decided, moved, style="dim" if row.variant else "")
    shown.caption = "decided: flipped in more than which documents are cited"
    return shown


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}"


def _span(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:.2f}–{high:.2f}"


def _skipped(rows: Sequence[Flips]) -> Text:
    told = [
        f"  {row.perturbation}: " + ", ".join(f"{n} {why}" for why, n in row.skipped.items())
        for row in rows
        if row.skipped and not row.variant
    ]
    return Text("not tried, because the meaning would change or nothing would:\n" + "\n".join(told))


def _fairness(rows: Sequence[Fairness]) -> Iterator[RenderableType]:
    """A line for each group: what it is given more (+) or less (−), with p where it differs."""
    if not rows:
        return
    yield Text("\nfairness: what a group is given more (+) or less (−) than its reference")
    outcomes = tuple(dict.fromkeys(row.outcome for row in rows))
    shown = Table(box=box.SIMPLE_HEAD)
    for name in ("variant", "against"):
        shown.add_column(name)
    for name in ("n", *outcomes):
        shown.add_column(name, justify="right")
    groups = dict.fromkeys((row.perturbation, row.variant, row.reference) for row in rows)
    for group in groups:
        own = [r for r in rows if (r.perturbation, r.variant, r.reference) == group]
        shown.add_row(*group[1:], str(own[0].weighed.n), *map(_difference, own))
    yield shown


def _difference(row: Fairness) -> Text:
    one = row.weighed.difference
    if not one.better and not one.worse:
        return Text("0", style="dim")
    style = "red" if row.weighed.significant else ""
    p = f", p {row.weighed.adjusted:.2f}" if row.weighed.adjusted < 1 else ""
    return Text(f"{one.mean:+.2f}{p}", style=style)


def _gravity(one: Tried) -> tuple[bool, bool, bool]:
    """Who is treated otherwise for who they are comes first, then what is decided otherwise."""
    fair = PERTURBATIONS[one.perturbation].family == "fairness"
    return not (fair and one.decided), "escalation" not in one.moved, not one.decided


def _listed(flipped: Sequence[Tried]) -> Iterator[RenderableType]:
    for one in flipped[:SHOWN]:
        yield Text(f"\n{one.case_id}  {one.perturbation}: {one.variant}", style="bold")
        if one.error:
            yield Text(f"no suggestion: {one.error}", style="red")
            continue
        yield _beside(one)
    if len(flipped) > SHOWN:
        yield Text(f"\nand {len(flipped) - SHOWN} more: see robustness.json (--out) or --json")


def _beside(one: Tried) -> Table:
    """Both outputs; what is the same is told once."""
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("")
    shown.add_column("as written", ratio=1, overflow="fold")
    shown.add_column(one.variant, ratio=1, overflow="fold")
    for name in one.before:
        before, after = one.before[name], one.after.get(name, "")
        same = before == after
        shown.add_row(Text(name), Text(before), Text("the same" if same else after))
    return shown


def _sum(found: Robustness) -> Text:
    tried = sum(row.tried for row in found.flips if not row.variant)
    uneven = [row for row in found.fairness if row.weighed.significant]
    told = "no group is given more or less beyond chance"
    if uneven:
        told = "beyond chance: " + ", ".join(
            f"{row.variant} {row.outcome} {row.weighed.difference.mean:+.3f}" for row in uneven
        )
    fair = f"; {told}" if found.fairness else ""
    decided = sum(one.decided for one in found.flipped)
    return Text(
        f"\n{len(found.flipped)} of {tried} variants flipped, {decided} of them in more than "
        f"what is cited{fair}"
    )
