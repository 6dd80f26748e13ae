"""A comparison -> what a person reads: differences with their p, then every flip side by side."""

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assist.domain.evaluation import CaseScore
from assist.insights.eval_figures.resampling import cannot_tell
from evals.comparing.comparison import Comparison
from evals.comparing.flips import Flip, FlippedScore
from evals.statistics.weighing import Weighed

NAMED = 10


def rendered(found: Comparison) -> RenderableType:
    """The comparison as one renderable."""
    return Group(_head(found), *_apart(found), _metrics(found), *_flips(found), _sum(found))


def _head(found: Comparison) -> Text:
    lines = "".join(f"\n  {line}" for line in found.moved)
    made = f"made with other (B → A):{lines}" if lines else "nothing recorded tells them apart"
    return Text(
        f"suite {found.suite}: {found.cases} cases in both, grader {found.grader}\n"
        f"A  {found.a.id}\nB  {found.b.id}\n{made}"
    )


def _apart(found: Comparison) -> Iterator[Text]:
    """Cases that are not compared, so that nobody takes them for equal."""
    told = (
        ("only in A", found.only_a),
        ("only in B", found.only_b),
        ("asks or expects something else in A than in B", found.changed),
    )
    for words, cases in told:
        if cases:
            more = f" and {len(cases) - NAMED} more" if len(cases) > NAMED else ""
            listed = ", ".join(cases[:NAMED])
            yield Text(f"note: not compared, {words}: {listed}{more}", style="yellow")


def _metrics(found: Comparison) -> Table:
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("scorer", no_wrap=True)
    for name in ("n", "A", "B", "A − B", "95 %", "p", "up/down"):
        shown.add_column(name, justify="right")
    for one in found.metrics:
        style = "" if not one.significant else "green" if one.difference.mean > 0 else "red"
        shown.add_row(*_row(one), style=style)
    return shown


def _row(one: Weighed) -> tuple[str, ...]:
    found = one.difference
    span = ""
    if found.low is not None and found.high is not None:
        span = f"{found.low:+.2f}, {found.high:+.2f}"
    moved = f"{found.better}/{found.worse}" if found.better or found.worse else ""
    means = (f"{one.a:.3f}", f"{one.b:.3f}", f"{found.mean:+.3f}")
    return (one.scorer, str(one.n), *means, span, f"{one.adjusted:.3f}", moved)


def _flips(found: Comparison) -> Iterator[RenderableType]:
    for flip in found.flips:
        yield Text(f"\n{flip.case_id}", style="bold")
        shown = Table(box=box.SIMPLE_HEAD, show_lines=False)
        shown.add_column("")
        shown.add_column("A", ratio=1, overflow="fold")
        shown.add_column("B", ratio=1, overflow="fold")
        for score in flip.scores:
            shown.add_row(*_scores(score), style="green" if score.better else "red")
        for row in _outputs(flip):
            shown.add_row(*row)
        yield shown


def _scores(score: FlippedScore) -> tuple[Text, ...]:
    return Text(score.scorer), Text(_told(score.a)), Text(_told(score.b))


def _told(score: CaseScore) -> str:
    why = f": {score.explanation}" if score.explanation else ""
    return f"{score.value:.2f}{why}"


def _outputs(flip: Flip) -> Iterator[tuple[Text, Text, Text]]:
    """Both outputs; a part that is the same is told once."""
    for name in dict.fromkeys((*flip.a, *flip.b)):
        a, b = flip.a.get(name, ""), flip.b.get(name, "")
        yield Text(name), Text(a), Text("the same" if a == b else b, style="dim" if a == b else "")


def _sum(found: Comparison) -> Text:
    surely = [one for one in found.metrics if one.significant]
    better = ", ".join(one.scorer for one in surely if one.difference.mean > 0)
    worse = ", ".join(one.scorer for one in surely if one.difference.mean < 0)
    if not surely:
        means = "no mean differs beyond chance"
    else:
        means = f"A is better in {better or 'nothing'}, worse in {worse or 'nothing'}"
    flipped = f"{len(found.flips)} cases flipped (p by Holm over all scorers)"
    few = cannot_tell(found.cases, len(found.metrics))
    return Text(f"\n{means}; {flipped}" + (f"\n{few}" if few else ""))
