"""`python -m evals.bench.gaps`: how long gaps take among very many tickets, and BERTopic."""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from assist.cli.options import Json, fails_cleanly, say
from assist.domain.base import Model
from assist.domain.ticket import Ticket
from assist.errors import AssistError
from evals.bench.gaps_tickets import texts_of, write_tickets
from evals.bench.load_corpus import prepare
from evals.bench.measured_run import Ran, ran
from evals.bench.peers.environments import HERE, Peer
from evals.bench.peers.environments import prepare as environment
from evals.bench.peers.model import model_folder
from evals.bench.peers.running import QUIET

ASSIST = (sys.executable, "-c", "from assist.cli import main; main()")
BERTOPIC = Peer(
    "bertopic", HERE / "stacks" / "bertopic_default.py", HERE / "requirements/bertopic.txt"
)
FIRST = 30
"""Tickets of a run before any is measured: it makes the vectors of the lines, and keeps them."""
GROUPS = {"assist gaps": "gaps", "bertopic": "topics"}


class Mined(Model):
    """One run over the first `tickets` of the made ones, and the gaps or topics that it found."""

    who: str
    tickets: int
    groups: int
    outliers: int
    ran: Ran


class GapsBench(Model):
    """All runs of one bench, and what was left out and why."""

    passages: int
    mined: tuple[Mined, ...]
    skipped: tuple[str, ...]


def growth(mined: Sequence[Mined], who: str) -> float | None:
    """Seconds per ticket of the largest run by those of the smallest; none of one run alone."""
    own = sorted((one for one in mined if one.who == who), key=lambda one: one.tickets)
    if len(own) < 2:
        return None
    small, large = own[0], own[-1]
    return (large.ran.seconds / large.tickets) / (small.ran.seconds / small.tickets)


def measure(
    folder: Path, sizes: Sequence[int], passages: int, environments: Path | None
) -> GapsBench:
    """Run both at each size, one after the other. `environments` is none to leave BERTopic out."""
    say(f"a knowledge base of {passages} passages")
    there = prepare(folder / "home", passages)
    tickets = folder / "tickets.jsonl"
    write_tickets(tickets, max(sizes))
    _ours(folder, tickets, FIRST)
    mined, skipped = [], []
    for size in sizes:
        say(f"assist gaps, {size} tickets")
        mined.append(_ours(folder, tickets, size))
    try:
        python = environment(BERTOPIC, environments, say) if environments else None
        for size in sizes if python else ():
            say(f"bertopic, {size} tickets")
            mined.append(_bertopic(folder, tickets, size, python or Path()))
    except AssistError as error:
        skipped.append(f"bertopic: {error}")
    if not environments:
        skipped.append("bertopic: not asked for")
    return GapsBench(passages=there, mined=tuple(mined), skipped=tuple(skipped))


def _ours(folder: Path, tickets: Path, size: int) -> Mined:
    some, out = folder / "some.jsonl", folder / f"gaps-{size}.json"
    some.write_text("".join(_first(tickets, size)), "utf-8")
    took = ran((*ASSIST, "gaps", str(some), "--json", "--home", str(folder / "home")), out, {})
    found = json.loads(out.read_bytes())
    outliers = len(found["outliers"])
    return Mined(
        who="assist gaps", tickets=size, groups=len(found["gaps"]), outliers=outliers, ran=took
    )


def _bertopic(folder: Path, tickets: Path, size: int, python: Path) -> Mined:
    texts, out = folder / "texts.jsonl", folder / f"topics-{size}.json"
    with texts.open("w", encoding="utf-8") as lines:
        for line in _first(tickets, size):
            lines.write(json.dumps(texts_of(Ticket.model_validate_json(line))) + "\n")
    command = (str(python), "-I", str(BERTOPIC.stack), str(texts), "--model", str(model_folder()))
    took = ran(command, out, QUIET)
    found = json.loads(out.read_bytes())
    return Mined(
        who="bertopic",
        tickets=size,
        groups=found["topics"],
        outliers=found["outliers"],
        ran=took,
    )


def _first(tickets: Path, size: int) -> Iterator[str]:
    with tickets.open(encoding="utf-8") as lines:
        yield from islice(lines, size)


COLUMNS = ("", "tickets", "s", "processor s", "tickets/s", "peak MB", "groups", "in none")


def show(bench: GapsBench, console: Console) -> None:
    """Print the table, and how the time of each grew."""
    table = Table(*COLUMNS, box=box.SIMPLE_HEAD)
    for one in bench.mined:
        took = one.ran
        speed = f"{one.tickets / took.seconds:.0f}"
        figures = (f"{took.seconds:.1f}", f"{took.processor_seconds:.1f}", speed)
        memory = f"{took.peak_mb:.0f}"
        table.add_row(
            one.who, str(one.tickets), *figures, memory, str(one.groups), str(one.outliers)
        )
    console.print(f"{bench.passages} passages; whole processes, start and reading included")
    console.print(table)
    for who in dict.fromkeys(one.who for one in bench.mined):
        if (grew := growth(bench.mined, who)) is not None:
            console.print(f"{who}: time per ticket grew {grew:.2f} times")
    for line in bench.skipped:
        console.print(f"skipped: {line}")


@fails_cleanly
def gaps_bench_command(
    tickets: Annotated[int, typer.Option(min=60, help="Made tickets of the largest run.")] = 10_000,
    passages: Annotated[int, typer.Option(min=1, help="Of the knowledge base, about.")] = 10_000,
    bertopic: Annotated[
        bool, typer.Option(help="Run BERTopic's default pipeline on the same tickets.")
    ] = True,
    environments: Annotated[
        Path, typer.Option(help="Folder that keeps the peers' environments.")
    ] = Path(".assist/peers"),
    as_json: Json = False,
) -> None:
    """Gaps among a tenth of the tickets and among all: tickets a second, memory, growth.

    Everything is made in a folder that is removed. BERTopic runs in an environment of its own,
    which is made when it is first asked for; where it cannot be, that is said.
    """
    sizes = (tickets // 10, tickets) if tickets >= 300 else (tickets,)
    with tempfile.TemporaryDirectory(prefix="assist-gaps-") as folder:
        peers = environments.resolve() if bertopic else None
        found = measure(Path(folder), sizes, passages, peers)
    if as_json:
        print(found.model_dump_json())
    else:
        show(found, Console(highlight=False))


if __name__ == "__main__":
    typer.run(gaps_bench_command)
