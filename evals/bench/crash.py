"""`python -m evals.bench.crash`: is anything ever lost when an ingest is killed?

A home serves an edition of a small knowledge base. An ingest of the next edition is killed
(SIGKILL) after a random part of the time that one takes; then the home must serve the old edition
or the new one, whole. In the end every passage is looked up by its words and its vector.
"""

import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from assist.cli.options import Json, fails_cleanly, say
from assist.domain.base import Model
from assist.errors import Unavailable
from assist.service.index_care import IndexReport, verify
from assist.service.indexing import silent
from assist.service.library import serving
from assist.settings import Settings
from assist.wiring import opened
from evals.bench.commands import ASSIST, environment, run
from evals.bench.editions import edition_served, write_edition
from evals.homes import own_settings, temporary_home


class Crashes(Model):
    """What became of the kills. `mended` are the starts that had to rebuild something."""

    kills: int
    ended_before: int
    """Ingests that were done before they were to be killed."""
    served_old: int
    served_new: int
    broken: int
    """Kills after which no edition was served whole."""
    mended: int
    verified: IndexReport
    seconds: float

    @property
    def passed(self) -> bool:
        """Nothing was ever served in part, and everything that is counted is found."""
        first = all(not part.found for part in self.verified.parts)
        return self.broken == 0 and self.verified.sound and first


def crash(kills: int, articles: int, seed: int, report: Callable[[str], None]) -> Crashes:
    """Kill `kills` ingests of a knowledge base of `articles` in a home of its own."""
    chance, began = random.Random(seed), time.perf_counter()  # noqa: S311 - when, not a secret
    counts = dict.fromkeys(("ended_before", "served_old", "served_new", "broken", "mended"), 0)
    with temporary_home() as home:
        kb, settings = home / "kb", own_settings(home)
        write_edition(kb, 0, articles)
        run(home, "ingest", str(kb))
        write_edition(kb, 1, articles)
        whole = run(home, "ingest", str(kb)).seconds
        edition = 1
        for number in range(1, kills + 1):
            write_edition(kb, edition + 1, articles)
            counts["ended_before"] += _killed(home, kb, chance.uniform(0, whole))
            served, mended = _served(settings, articles)
            counts["mended"] += mended
            outcome = {edition: "served_old", edition + 1: "served_new"}.get(served or -1, "broken")
            counts[outcome] += 1
            report(f"kill {number}: {outcome.replace('_', ' ')}")
            edition = edition if served is None else served
        with opened(settings) as desk:
            verified = verify(desk.parts, serving(desk.parts), silent)
    seconds = round(time.perf_counter() - began, 1)
    return Crashes(kills=kills, verified=verified, seconds=seconds, **counts)


def _killed(home: Path, kb: Path, after: float) -> bool:
    """Kill an ingest after so many seconds; whether it had ended by then."""
    with subprocess.Popen(
        [*ASSIST, "ingest", str(kb)],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            _, said = process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            process.kill()
            return False
    if process.returncode != 0:
        raise Unavailable(f"an ingest that nobody killed failed: {said.decode(errors='replace')}")
    return True


def _served(settings: Settings, articles: int) -> tuple[int | None, bool]:
    """The edition served whole, or none, and whether something had to be rebuilt to serve."""
    with opened(settings) as desk:
        return edition_served(desk, articles), bool(desk.opened().library.notes)


@fails_cleanly
def crash_command(
    kills: Annotated[int, typer.Option(help="How many ingests are killed.", min=1)] = 30,
    articles: Annotated[int, typer.Option(help="Articles of the knowledge base.", min=1)] = 40,
    seed: Annotated[int, typer.Option(help="Chooses the moments.")] = 1,
    as_json: Json = False,
) -> None:
    """Kill ingests at random; exit 1 where anything was lost."""
    crashes = crash(kills, articles, seed, say)
    if as_json:
        print(crashes.model_dump_json())
    else:
        print(
            f"{crashes.kills} kills: {crashes.served_old} served the old edition, "
            f"{crashes.served_new} the new ({crashes.ended_before} ended before), "
            f"{crashes.broken} neither; {crashes.mended} starts rebuilt something; "
            f"{'all' if crashes.passed else 'NOT all'} of {crashes.verified.passages} passages "
            f"found; {crashes.seconds:.0f} s"
        )
    if not crashes.passed:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(crash_command)
