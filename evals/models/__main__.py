"""`python -m evals.models`: every behavior of a model against tickets of the suites."""

import random
from pathlib import Path
from typing import Annotated

import typer

from assist.adapters.quiet import keep_quiet
from assist.cli.options import Json, fails_cleanly, say
from assist.domain.ticket import Ticket
from evals.cases import load_cases
from evals.homes import temporary_home
from evals.models.campaign import Campaign, run_campaign
from evals.scripted_llm.behaviors import BEHAVIORS

SEED = 20261122
CORPUS = Path("kb_corpus")
CASES = (Path("evals/cases/core"), Path("evals/cases/traps"))


@fails_cleanly
def models_command(
    behaviors: Annotated[int, typer.Option(min=1, help="Behaviors, at most.")] = len(BEHAVIORS),
    tickets: Annotated[int, typer.Option(min=1, help="Tickets, at most.")] = 20,
    as_json: Json = False,
) -> None:
    """Suggest for tickets with a model that behaves in every way; exit 1 where one got through."""
    keep_quiet()
    names, asked = chosen_behaviors(behaviors), chosen_tickets(tickets)
    with temporary_home() as home:
        found = run_campaign(home, CORPUS, names, asked, _told)
    print(found.model_dump_json() if as_json else "\n".join(shown(found)))
    if found.faulty:
        raise typer.Exit(1)


def chosen_behaviors(count: int) -> list[str]:
    """So many, drawn with a seed, in order."""
    names = sorted(BEHAVIORS)
    return sorted(random.Random(SEED).sample(names, min(count, len(names))))  # noqa: S311


def chosen_tickets(count: int) -> list[Ticket]:
    """So many tickets of the suites, drawn with a seed."""
    found = [case.ticket for folder in CASES for case in load_cases(folder)]
    return random.Random(SEED).sample(found, min(count, len(found)))  # noqa: S311


def shown(found: Campaign) -> list[str]:
    """The faults, and what came of the rest."""
    lines = [f"{one.behavior} / {one.ticket}: {'; '.join(one.faults)}" for one in found.faulty]
    slowest = max((one.seconds for one in found.ended), default=0.0)
    whole = f"{len(found.ended)} suggestions, {found.requests} requests, {found.modes}"
    return [*lines, f"{whole}; {len(found.faulty)} with a fault; the slowest took {slowest:.1f} s"]


def _told(what: str, done: int, total: int) -> None:
    if what == "behaviors":
        say(f"{what}: {done} of {total}")


if __name__ == "__main__":
    typer.run(models_command)
