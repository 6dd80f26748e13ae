"""`python -m evals.bench.timer_crash`: is anybody told twice of what is due, or of something never?

A process promises things that are due and attends to them, as a server does. It is killed (SIGKILL)
at random moments, every third time the database with it, and started again. In the end each promise
that was kept must have one notice that it is due and one that it is overdue, and each look must be
made once.
"""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from assist.cli.options import Json, fails_cleanly, say
from assist.domain.base import Model
from assist.errors import Unavailable
from assist.service.desk import Desk
from assist.wiring import opened
from evals.bench.case_crash import kill_database
from evals.bench.commands import environment
from evals.homes import own_settings, temporary_home

LONGEST = 2.0
"""Seconds that a process works before it is killed, at most."""
ENDLESS = 1_000_000


class TimerCrashes(Model):
    """What became of the kills. `lost` and `doubled` should be 0."""

    kills: int
    database_kills: int
    promises: int
    looks: int
    lost: int
    """Promises without one of their two notices, and looks that were not made."""
    doubled: int
    """Notices and looks that are there more than once."""
    seconds: float

    @property
    def passed(self) -> bool:
        """Nothing lost, nothing doubled."""
        return not self.lost + self.doubled


def timer_crash(kills: int, seed: int, report: Callable[[str], None]) -> TimerCrashes:
    """Kill `kills` times a process that promises and attends, in a home of its own."""
    chance, began = random.Random(seed), time.perf_counter()  # noqa: S311 - when, not a secret
    kept: list[str] = []
    with temporary_home() as home:
        for number in range(1, kills + 1):
            with_database = number % 3 == 0
            said = _killed(home, chance.uniform(0.0, LONGEST), with_database=with_database)
            kept += said
            report(f"kill {number}: {len(said)} entries kept before")
        _ended(home)
        with opened(own_settings(home)) as desk:
            found = _found(desk, kept)
    kinds = Counter(line.split()[0] for line in kept)
    return TimerCrashes(
        kills=kills,
        database_kills=kills // 3,
        promises=kinds["promise"],
        looks=kinds["look"],
        seconds=round(time.perf_counter() - began, 1),
        **found,
    )


def _start(home: Path, wanted: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "evals.bench.timer_acts", str(home), str(wanted)],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _killed(home: Path, after: float, *, with_database: bool) -> list[str]:
    """What was kept until the process was killed, so many seconds after it was ready."""
    with _start(home, ENDLESS) as process:
        if process.stdout is None or process.stdout.readline() != "ready\n":
            raise _failed(process.stderr.read() if process.stderr else "")
        time.sleep(after)
        if with_database:
            kill_database(home)
        process.kill()
        return process.stdout.read().splitlines()


def _ended(home: Path) -> None:
    """Nobody kills it: everybody is told of what is left."""
    with _start(home, 0) as process:
        _, complaint = process.communicate()
        if process.returncode:
            raise _failed(complaint)


def _failed(complaint: str) -> Unavailable:
    last = complaint.strip().splitlines() or ["no word"]
    return Unavailable(f"a process that nobody killed failed: {last[-1]}")


def _found(desk: Desk, kept: list[str]) -> dict[str, int]:
    """What there is in the end, against what was kept."""
    notices = desk.parts.notices.unseen(("due", "overdue"), ENDLESS)
    told = Counter((notice.about, notice.kind) for notice in notices)
    wanted: list[int] = []
    for kind, entry_id in (line.split() for line in kept):
        if kind == "promise":
            wanted += [told[entry_id, "due"], told[entry_id, "overdue"]]
        else:
            case_id = desk.parts.cases.entry(entry_id).case_id
            events = desk.parts.cases.events(case_id)
            wanted.append(sum(event.kind == "looked" for event in events))
    return {"lost": wanted.count(0), "doubled": sum(count > 1 for count in wanted)}


@fails_cleanly
def timer_crash_command(
    kills: Annotated[int, typer.Option(help="How often it is killed.", min=1)] = 200,
    seed: Annotated[int, typer.Option(help="Chooses the moments.")] = 1,
    as_json: Json = False,
) -> None:
    """Kill who tells of what is due, at random; exit 1 where anybody is told twice or never."""
    crashes = timer_crash(kills, seed, say)
    print(crashes.model_dump_json() if as_json else f"{crashes}")
    if not crashes.passed:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(timer_crash_command)
