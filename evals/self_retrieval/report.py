"""What a knowledge base finds of itself -> what a person reads."""

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.retrieval.results import Estimate
from evals.self_retrieval.results import FOUND, QUERY_KINDS, Article, SelfRetrieval

SHOWN = 20
"""Hard articles and pairs shown; all of them stand in --json."""
TOLD = ("recall@1", "recall@10", "MRR@10")
WORDS = 4
"""Missed queries shown of each."""


def rendered(found: SelfRetrieval) -> RenderableType:
    """The run as one renderable."""
    return Group(
        _head(found),
        *(Text(f"note: {note}", style="yellow") for note in found.notes),
        _measures(found),
        _legend(found),
        *_listed("nobody can find", found.lost),
        *_listed("some of its own words do not find", found.hard),
        *_pairs(found),
        _sum(found),
    )


def _head(found: SelfRetrieval) -> Text:
    queries = sum(len(one.queries) for one in found.articles)
    return Text(
        f"{found.source}: {len(found.articles)} documents, {queries} queries in "
        f"{found.seconds:.1f} s, as of {found.on}; embedder {found.embedder}"
    )


def _measures(found: SelfRetrieval) -> Table:
    shown = Table(box=box.SIMPLE_HEAD)
    for name in ("documents", "asked by"):
        shown.add_column(name)
    for name in ("n", "queries", *TOLD):
        shown.add_column(name, justify="right")
    for row in found.measures:
        first = row.kind == "all"
        counts = (str(row.articles), str(row.queries))
        shown.add_row(
            row.group if first else "",
            row.kind,
            *counts,
            *(_told(row.metrics[name]) for name in TOLD),
            style="bold" if first else "",
        )
    return shown


def _legend(found: SelfRetrieval) -> Text:
    """What each query was made of, in the words of the kinds that were asked."""
    kinds = {row.kind for row in found.measures}
    told = (f"  {kind}: {about}" for kind, about in QUERY_KINDS.items() if kind in kinds)
    return Text("asked by\n" + "\n".join(told), style="dim")


def _told(one: Estimate) -> str:
    if one.low is None or one.high is None:
        return _short(one.mean)
    return f"{_short(one.mean)} ({_short(one.low)}–{_short(one.high)})"


def _short(share: float) -> str:
    """Without the zero before the point: three intervals fit on a line of a terminal."""
    return f"{share:.2f}".removeprefix("0")


def _listed(title: str, articles: tuple[Article, ...]) -> Iterator[RenderableType]:
    if not articles:
        return
    yield Text(f"\n{title} (not among the first {FOUND})", style="bold")
    for one in articles[:SHOWN]:
        asked = len(one.queries)
        yield Text(
            f"{one.id} ({one.group}): {asked - len(one.missed)} of {asked} queries", style="red"
        )
        for query in one.missed[:WORDS]:
            rank = f"rank {query.rank}" if query.rank else "not found"
            yield Text(f"    {query.kind} “{query.text}”: {rank}, first is {query.first}")
        if one.reason:
            yield Text(f"    why: {one.reason}", style="dim")
    if len(articles) > SHOWN:
        yield Text(f"and {len(articles) - SHOWN} more: see --json")


def _pairs(found: SelfRetrieval) -> Iterator[RenderableType]:
    if not found.pairs:
        return
    yield Text("\nthese come first for each other's queries", style="bold")
    for pair in found.pairs[:SHOWN]:
        yield Text(f"{pair.a} and {pair.b}", style="red")
        yield _taken(pair.b, pair.a_taken, pair.a)
        yield _taken(pair.a, pair.b_taken, pair.b)
        yield Text("    for example " + ", ".join(f"“{text}”" for text in pair.examples))
    if len(found.pairs) > SHOWN:
        yield Text(f"and {len(found.pairs) - SHOWN} more: see --json")


def _taken(first: str, times: int, wanted: str) -> Text:
    queries = "query" if times == 1 else "queries"
    return Text(f"    {first} comes first for {times} {queries} of {wanted}")


def _sum(found: SelfRetrieval) -> Text:
    told = [f"{len(found.lost)} documents that nobody can find"]
    told.append(f"{len(found.hard)} missed by some of their own words")
    told.append(f"{len(found.pairs)} pairs take each other's place")
    if found.stale:
        told.append(f"ended editions found on {found.on}: {', '.join(found.stale)}")
    elif any(one.state == "ended" for one in found.articles):
        told.append(f"no ended edition is found on {found.on}")
    return Text("\n" + "; ".join(told))
