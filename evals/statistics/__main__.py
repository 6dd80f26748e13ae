"""`python -m evals.statistics`: how far intervals and tests can be trusted, in about a minute."""

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from assist.cli.options import Json
from assist.domain.base import Model
from evals.statistics.against_scipy import Apart, apart
from evals.statistics.simulating import (
    Coverage,
    FalseAlarms,
    Power,
    coverages,
    false_alarms,
    power,
)

SIZES = (60, 120, 240)
SUITES = 1_000
RUNS = 400
SCORERS = 6
POWER_RUNS = 60


class Trust(Model):
    """All that was found."""

    coverage: tuple[Coverage, ...]
    false_alarms: tuple[FalseAlarms, ...]
    power: tuple[Power, ...]
    scipy: Apart


def found() -> Trust:
    """Everything, simulated anew; the same numbers each time."""
    return Trust(
        coverage=coverages(SIZES, SUITES),
        false_alarms=(false_alarms(SIZES[0], SCORERS, RUNS),),
        power=tuple(power(SIZES[-1], gain, SCORERS, POWER_RUNS) for gain in (0.1, 0.15)),
        scipy=apart(10),
    )


def statistics_command(as_json: Json = False) -> None:
    """How often an interval holds the truth, and how often chance is called a difference."""
    trust = found()
    if as_json:
        print(trust.model_dump_json())
        return
    console = Console(highlight=False)
    console.print(_coverage(trust))
    for alarms in trust.false_alarms:
        console.print(
            f"no difference, {alarms.cases} cases, {alarms.scorers} scorers, {alarms.runs} pairs: "
            f"one scorer's p under 0.05 in {alarms.single:.1%}, "
            f"any scorer told to differ in {alarms.anywhere:.1%}"
        )
    for one in trust.power:
        console.print(f"{one.better_by:+.2f} over {one.cases} cases: found in {one.found:.0%}")
    console.print(
        f"beside scipy, {trust.scipy.samples} samples: ends at most {trust.scipy.ends:.4f} apart, "
        f"p at most {trust.scipy.p:.4f}"
    )


def _coverage(trust: Trust) -> Table:
    shown = Table(box=box.SIMPLE_HEAD, title="95 % intervals that hold the true mean")
    shown.add_column("scores")
    for size in SIZES:
        shown.add_column(f"{size} cases", justify="right")
    for name in dict.fromkeys(one.scores for one in trust.coverage):
        held = [f"{one.held:.1%}" for one in trust.coverage if one.scores == name]
        shown.add_row(name, *held)
    return shown


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(statistics_command)
    app()
