"""`python -m evals.bench.load`: how many suggestions a second, how fast, and what beyond that?

Tickets arrive at a rate that does not wait for answers, first at one that is to be sustained, then
at three times that, then at the first again. Suggestions are extractive, on a large index.
"""

import asyncio
import os
import platform
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NamedTuple

import httpx
import typer

from assist.cli.options import Json, fails_cleanly, say
from assist.domain.ticket import Ticket
from evals.bench.load_arrivals import PATIENCE, arrive, due_times, missing
from evals.bench.load_corpus import distinct_tickets, prepare
from evals.bench.load_results import (
    TARGET_RATE,
    Answered,
    Load,
    Phase,
    phase_of,
    recovered_after,
    slope,
)
from evals.bench.load_server import Watched, serving, watching
from evals.bench.sizes import SEED
from evals.homes import temporary_home

OVER = 3
"""Times the sustained rate."""
WARMING = 10.0
"""Seconds of the sustained rate before anything is counted: caches fill, threads start."""
LOOKED_UP = 200
"""Suggestions asked for again in the end, evenly spread."""
Say = Callable[[str], None]


class Wanted(NamedTuple):
    """How much load: seconds at the rate, seconds at `OVER` times it, and seconds after."""

    rate: float = TARGET_RATE
    seconds: float = 300.0
    overload_seconds: float = 60.0
    after_seconds: float = 30.0
    workers: int = 2
    passages: int = 20_000


class _Found(NamedTuple):
    """What came of the phases."""

    phases: tuple[Phase, ...]
    after: Sequence[Answered]
    cpu_ms: float
    database_cpu_ms: float
    lost: int
    looked_up: int


def load(home: Path, wanted: Wanted, report: Say) -> Load:
    """Serve this home, which is filled where it is not yet, and put it under load."""
    passages = prepare(home, wanted.passages)
    report(f"{passages} passages are there")
    with serving(home, wanted.workers) as server:
        found = asyncio.run(_loaded(server, wanted, report))
    return Load(
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
        workers=wanted.workers,
        passages=passages,
        phases=found.phases,
        memory=slope(server.memory),
        cpu_ms=found.cpu_ms,
        database_cpu_ms=found.database_cpu_ms,
        recovered_after=recovered_after(found.after),
        lost=found.lost,
        looked_up=found.looked_up,
    )


async def _loaded(server: Watched, wanted: Wanted, report: Say) -> _Found:
    """The phases, one right after the other."""
    supply = iter(distinct_tickets(_most(wanted)))
    draw = random.Random(SEED)  # noqa: S311  arrivals, no secret
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE, limits=limits) as client:

        async def phase(rate: float, seconds: float) -> list[Answered]:
            due = list(due_times(rate, seconds, draw))
            return await arrive(client, _next(supply, len(due)), due)

        await phase(wanted.rate, WARMING)
        cpu, database = server.seconds_of_cpu(), server.database_seconds_of_cpu()
        with watching(server):
            steady = await phase(wanted.rate, wanted.seconds)
        cpu = server.seconds_of_cpu() - cpu
        database = server.database_seconds_of_cpu() - database
        report(f"steady: {len(steady)} sent")
        # What the overload left waiting is answered while customers arrive as before.
        overload, after = await _overlapping(client, supply, draw, wanted)
        report(f"overload: {len(overload)} sent; then {len(after)}")
        kept = [one.suggestion_id for one in (*steady, *overload, *after) if one.suggestion_id]
        tried = kept[:: max(1, len(kept) // LOOKED_UP)]
        lost = await missing(client, tried)
    answered = max(1, sum(one.status == 200 for one in steady))
    return _Found(
        phases=(
            phase_of("steady", wanted.rate, wanted.seconds, steady),
            phase_of("overload", OVER * wanted.rate, wanted.overload_seconds, overload),
            phase_of("after", wanted.rate, wanted.after_seconds, after),
        ),
        after=after,
        cpu_ms=round(1000 * cpu / answered, 1),
        database_cpu_ms=round(1000 * database / answered, 1),
        lost=lost,
        looked_up=len(tried),
    )


async def _overlapping(
    client: httpx.AsyncClient, supply: Iterator[Ticket], draw: random.Random, wanted: Wanted
) -> tuple[list[Answered], list[Answered]]:
    """The overload, and what arrives right after it, at the usual rate."""
    end = wanted.overload_seconds
    due = list(due_times(OVER * wanted.rate, end, draw))
    then = [end + at for at in due_times(wanted.rate, wanted.after_seconds, draw)]
    answers = await arrive(client, _next(supply, len(due) + len(then)), [*due, *then])
    after = [one.model_copy(update={"at": one.at - end}) for one in answers[len(due) :]]
    return answers[: len(due)], after


def _next(supply: Iterator[Ticket], count: int) -> list[Ticket]:
    return [next(supply) for _ in range(count)]


def _most(wanted: Wanted) -> int:
    """Tickets enough for all phases, however the arrivals are drawn."""
    seconds = WARMING + wanted.seconds + OVER * wanted.overload_seconds + wanted.after_seconds
    return int(1.3 * wanted.rate * seconds) + 200


def shown(found: Load) -> Iterator[str]:
    """The findings in lines."""
    yield f"{found.machine}; {found.workers} processes; {found.passages} passages"
    for one in found.phases:
        yield (
            f"{one.name}: {one.rate:g}/s for {one.seconds:g} s: {one.answered} of {one.sent} "
            f"answered ({one.answered_per_second:g}/s), {one.shed} turned away, "
            f"{one.faults} faults; p50 {one.p50_ms:g} p95 {one.p95_ms:g} p99 {one.p99_ms:g} ms; "
            f"turned away within {one.shed_p95_ms:g} ms (p95)"
        )
        yield from (f"  fault: {fault}" for fault in one.first_faults)
    memory = found.memory
    yield (
        f"memory: {memory.first_mb:g} -> {memory.last_mb:g} MB, "
        f"{memory.slope_mb_per_minute:+g} MB/minute over {memory.samples} looks"
    )
    yield f"processor: {found.cpu_ms:g} ms per suggestion, database {found.database_cpu_ms:g} ms"
    after = "not within the time" if found.recovered_after is None else f"{found.recovered_after:g}"
    yield f"recovered after {after} s; {found.lost} of {found.looked_up} suggestions lost"


@contextmanager
def _home(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with temporary_home() as home:
        yield home


@fails_cleanly
def load_command(
    *,
    seconds: Annotated[float, typer.Option(help="Seconds at the rate.", min=1)] = 300,
    rate: Annotated[float, typer.Option(help="Suggestions asked for a second.")] = TARGET_RATE,
    overload_seconds: Annotated[float, typer.Option(help="Seconds at three times that.")] = 60,
    workers: Annotated[int, typer.Option(help="Server processes.", min=1)] = 2,
    passages: Annotated[int, typer.Option(help="Passages of the index, at least.")] = 20_000,
    home: Annotated[
        Path | None, typer.Option(help="A home to keep: filling it takes longer than the load.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Put a server under load; exit 1 where it does not keep what is promised."""
    wanted = Wanted(
        rate=rate,
        seconds=seconds,
        overload_seconds=overload_seconds,
        workers=workers,
        passages=passages,
    )
    with _home(home) as chosen:
        found = load(chosen, wanted, say)
    print(found.model_dump_json() if as_json else "\n".join(shown(found)))
    if not found.passed:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(load_command)
