"""`python -m evals.bench.case_crash`: is a decision or a promise ever lost, or made twice?

A process brings cases to their end. It is killed (SIGKILL) at random moments, every third time the
database with it, and started again. In the end every case must have ended with each of its events
once, every act that was answered must be there, and every promise stand in the ledger once.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from assist.cli.options import Json, fails_cleanly, say
from assist.domain.base import Model
from assist.domain.case_event import CaseEvent
from assist.errors import Unavailable
from assist.service.casework import case_id_of
from assist.service.desk import Desk
from assist.wiring import opened
from evals.bench.case_acts import ACTS, PROMISES, ticket
from evals.bench.commands import environment, run
from evals.bench.editions import write_edition
from evals.homes import own_settings, temporary_home

ARTICLES = 10
LONGEST = 2.0
"""Seconds that a process works before it is killed, at most: some ten acts."""


class CaseCrashes(Model):
    """What became of the kills. All but `kills`, `answered` and `seconds` should be 0 or all."""

    cases: int
    kills: int
    database_kills: int
    answered: int
    """Acts that were answered before their process was killed, or ended."""
    ended: int
    lost: int
    """Acts that were answered and are not there."""
    doubled: int
    """Events of a case that are there more than once, or that nobody brought."""
    promises: int
    promises_due: int
    behind: int
    seconds: float

    @property
    def passed(self) -> bool:
        """Nothing lost, nothing doubled, every case at its end."""
        wrong = self.lost + self.doubled + self.behind
        return not wrong and self.ended == self.cases and self.promises == self.promises_due


def case_crash(kills: int, cases: int, seed: int, report: Callable[[str], None]) -> CaseCrashes:
    """Kill `kills` times a process that works on `cases` cases, in a home of its own."""
    chance, began = random.Random(seed), time.perf_counter()  # noqa: S311 - when, not a secret
    answered: list[str] = []
    with temporary_home() as home:
        write_edition(home / "kb", 0, ARTICLES)
        run(home, "ingest", str(home / "kb"))
        for number in range(1, kills + 1):
            with_database = number % 3 == 0
            said = _killed(home, cases, chance.uniform(0.0, LONGEST), with_database=with_database)
            answered += said
            report(f"kill {number}: {len(said)} acts answered before")
        answered += _worked(home, cases)
        with opened(own_settings(home)) as desk:
            found = _found(desk, cases, answered)
    seconds = round(time.perf_counter() - began, 1)
    return CaseCrashes(
        cases=cases,
        kills=kills,
        database_kills=kills // 3,
        answered=len(answered),
        seconds=seconds,
        **found,
    )


def _start(home: Path, cases: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "evals.bench.case_acts", str(home), str(cases)],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _killed(home: Path, cases: int, after: float, *, with_database: bool) -> list[str]:
    """What was answered until the process was killed, so many seconds after it was ready."""
    with _start(home, cases) as process:
        if process.stdout is None or process.stdout.readline() != "ready\n":
            raise _failed(process.stderr.read() if process.stderr else "")
        time.sleep(after)
        if with_database:
            kill_database(home)
        process.kill()
        return process.stdout.read().splitlines()


def _worked(home: Path, cases: int) -> list[str]:
    """What is answered where nobody kills it."""
    with _start(home, cases) as process:
        said, complaint = process.communicate()
        if process.returncode:
            raise _failed(complaint)
    return said.splitlines()[1:]


def _failed(complaint: str) -> Unavailable:
    last = complaint.strip().splitlines() or ["no word"]
    return Unavailable(f"a process that nobody killed failed: {last[-1]}")


def kill_database(home: Path) -> None:
    """Kill the home's database server, where it runs."""
    with suppress(ProcessLookupError, FileNotFoundError):  # who had ended stopped it
        lines = (home / "postgres" / "postmaster.pid").read_text("utf-8").splitlines()
        os.kill(int(lines[0]), signal.SIGKILL)


def _found(desk: Desk, cases: int, answered: list[str]) -> dict[str, int]:
    """What is there in the end, against what was answered."""
    counts = Counter(dict.fromkeys(("ended", "lost", "doubled", "promises", "promises_due"), 0))
    for number in range(cases):
        view = desk.cases.view(case_id_of(ticket(number).id))
        there = Counter(_act_of(event) for event in view.history)
        counts["ended"] += view.case.status == "solved"
        counts["doubled"] += len(view.history) - len(ACTS)
        counts["lost"] += sum(not there[act] for act in ACTS if f"{act} {number}" in answered)
        counts["promises"] += sum(entry.kind == "promise" for entry in view.ledger)
        counts["promises_due"] += PROMISES
    return dict(counts) | {"behind": len(desk.parts.cases.behind(cases))}


def _act_of(event: CaseEvent) -> str:
    return event.key if event.kind == "progress" else event.kind


@fails_cleanly
def case_crash_command(
    kills: Annotated[int, typer.Option(help="How often it is killed.", min=1)] = 200,
    cases: Annotated[int, typer.Option(help="Cases it works on.", min=1)] = 50,
    seed: Annotated[int, typer.Option(help="Chooses the moments.")] = 1,
    as_json: Json = False,
) -> None:
    """Kill who works on cases, at random; exit 1 where anything was lost or done twice."""
    crashes = case_crash(kills, cases, seed, say)
    print(crashes.model_dump_json() if as_json else f"{crashes}")
    if not crashes.passed:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(case_crash_command)
