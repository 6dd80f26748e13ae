"""Measures and comparisons -> what a person reads."""

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.retrieval.results import Comparison, Difference, Estimate, Loss, Measures, RetrievalRun


def rendered(run: RetrievalRun) -> RenderableType:
    """Head, means with their intervals, the same by kind, and the comparison."""
    return Group(*_parts(run))


def _parts(run: RetrievalRun) -> Iterator[RenderableType]:
    commit = f", commit {run.git_sha[:12]}" if run.git_sha else ""
    yield Text(
        f"{run.source}, {run.queries}: {run.measures.n} queries over {run.documents} documents; "
        f"assist {run.assist_version}{commit}, generation {run.generation}, {run.embedder}"
    )
    yield means(run.measures)
    for kind, found in run.by_kind.items():
        yield Text(f"only {kind} documents, over the {found.n} queries that need one")
        yield means(found)
    if run.comparison:
        yield compared(run.comparison)


def means(found: Measures) -> Table:
    """One row per metric: its mean and the 95 % interval."""
    rows = [(name, f"{one.mean:.3f}", interval(one, ".3f")) for name, one in found.metrics.items()]
    return _table((f"of {found.n}", "mean", "95 %"), rows)


def compared(found: Comparison) -> RenderableType:
    """One row per metric, then the queries that lost most."""
    head = Text(f"{found.run} minus {found.baseline}, over {found.n} queries")
    rows = [(name, *_cells(one)) for name, one in found.metrics.items()]
    columns = ("", "difference", "95 %", "p", "better", "equal", "worse")
    parts: list[RenderableType] = [head, _table(columns, rows)]
    if found.lost:
        parts += [Text("lost most, by nDCG@10:"), *(_loss(one) for one in found.lost)]
    return Group(*parts)


def interval(one: Estimate | Difference, form: str) -> str:
    """Its two ends in this form, or that there is none."""
    if one.low is None or one.high is None:
        return "none of one query"
    return f"{one.low:{form}} to {one.high:{form}}"


def _cells(one: Difference) -> tuple[str, ...]:
    counts = (one.better, one.equal, one.worse)
    told = (f"{one.mean:+.3f}", interval(one, "+.3f"), f"{one.p:.4f}")
    return *told, *(str(count) for count in counts)


def _loss(one: Loss) -> Text:
    """One line of the terminal, however long the query."""
    said = " ".join((one.text or "").split())
    line = f"  {one.baseline:.3f} -> {one.run:.3f}  {one.query_id}  {said}"
    return Text(line.rstrip(), no_wrap=True, overflow="ellipsis")


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for number, name in enumerate(columns):
        table.add_column(name, justify="left" if number == 0 else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table
