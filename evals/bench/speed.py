"""How fast: a fresh process's first suggestion, and search and suggest once warm."""

import asyncio
import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from assist.adapters.documents import DocumentSource
from assist.domain.ticket import Ticket
from assist.language.sentences import sentences
from assist.service.desk import Desk
from evals.bench.commands import Ran, run
from evals.bench.results import FirstSuggestion, Latency
from evals.bench.sizes import SEED

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
"""The time tickets are judged at: the sample knowledge base is in force on it."""
T = TypeVar("T")


def statements(corpus: Path) -> list[str]:
    """Distinct sentences of the corpus's articles, shuffled with the seed.

    As queries they are near what is there, and nobody wrote them for the purpose.
    """
    texts = [d.text for d in DocumentSource().read(corpus, None).documents if d.kind == "kb"]
    found = {" ".join(s.text.split()) for text in texts for s in sentences(text)}
    whole = sorted(text for text in found if len(text.split()) >= 5 and not text.startswith("#"))
    random.Random(SEED).shuffle(whole)  # noqa: S311  an order, no secret
    return whole


def tickets(texts: Sequence[str], count: int) -> list[Ticket]:
    """`count` tickets of two sentences each."""
    pairs = [f"{texts[n % len(texts)]} {texts[-1 - n % len(texts)]}" for n in range(count)]
    return [Ticket.model_validate({"id": f"b{n}", "text": t}) for n, t in enumerate(pairs)]


def first_suggestion(home: Path, ticket: Ticket, times: int) -> FirstSuggestion:
    """`assist suggest` on one ticket, in `times` fresh processes one after another."""
    file = write_tickets(home / "ticket.jsonl", [ticket])
    seconds = [_suggest(home, file).seconds for _ in range(times)]
    return FirstSuggestion(
        seconds=tuple(round(s, 2) for s in seconds), median=round(statistics.median(seconds), 2)
    )


def many_suggestions(home: Path, asked: Sequence[Ticket]) -> Ran:
    """`assist suggest` on all tickets in one process."""
    return _suggest(home, write_tickets(home / "tickets.jsonl", asked))


def write_tickets(file: Path, asked: Sequence[Ticket]) -> Path:
    """The tickets as JSON Lines."""
    lines = [json.dumps(ticket.model_dump(mode="json")) for ticket in asked]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def warm_search(desk: Desk, corpus: str, queries: Sequence[str]) -> Latency:
    """One search per query, the first one before the clock starts."""
    return _timed("search", corpus, lambda q: desk.search(q, top_k=10, filters={}), queries)


def warm_suggest(desk: Desk, corpus: str, asked: Sequence[Ticket]) -> Latency:
    """One suggestion per ticket, the first one before the clock starts."""

    def suggest(ticket: Ticket) -> object:
        return asyncio.run(desk.suggest(ticket, at=AT))

    return _timed("suggest", corpus, suggest, asked)


def _timed(operation: str, corpus: str, act: Callable[[T], object], inputs: Sequence[T]) -> Latency:
    act(inputs[0])
    taken = []
    for given in inputs:
        began = time.perf_counter()
        act(given)
        taken.append((time.perf_counter() - began) * 1000)
    return Latency(
        operation=operation,
        corpus=corpus,
        n=len(taken),
        p50_ms=round(percentile(taken, 50), 1),
        p95_ms=round(percentile(taken, 95), 1),
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The least of the values that at least `percent` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def _suggest(home: Path, file: Path) -> Ran:
    return run(home, "suggest", str(file), "--json", "--at", AT.isoformat())
