"""A replay on history -> a CSV file: a row per ticket, four columns per step."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from assist.errors import BadInput
from evals.history.results import History, Replayed
from evals.history.steps import STEPS

FIRST = ("line", "ticket_id", "at", "solved", "csat", "suggestion_id")
OF_STEP = ("agrees", "value", "theirs", "ours", "why")
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that spreadsheets run as a formula: a customer may have written it."""


def as_csv(history: History) -> str:
    """The table, with a header."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([*FIRST, *(f"{step}_{part}" for step in STEPS for part in OF_STEP)])
    for one in history.replayed:
        writer.writerow([_safe(cell) for cell in _row(one)])
    return file.getvalue()


def _row(one: Replayed) -> Iterator[str]:
    for name in FIRST:
        value = getattr(one, name)
        yield _yes_no(value) if isinstance(value, bool) else "" if value is None else str(value)
    found = {step.step: step for step in one.steps}
    for step in STEPS:
        compared = found.get(step)
        if compared is None:
            yield from ("",) * len(OF_STEP)
        else:
            yield _yes_no(compared.agrees)
            yield f"{compared.value:.4f}"
            yield from (compared.theirs, compared.ours, compared.why)


def _yes_no(value: bool) -> str:  # noqa: FBT001
    return "yes" if value else "no"


def _safe(cell: str) -> str:
    """A quote before what a spreadsheet would run."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def check_writable(file: Path) -> None:
    """Before minutes are spent on what it is to hold. Raises `BadInput`."""
    try:
        file.touch()
    except OSError as error:
        raise _unwritable(file, error) from error


def write_csv(history: History, file: Path) -> None:
    """Write the table. Raises `BadInput`."""
    try:
        file.write_text(as_csv(history), encoding="utf-8", newline="")
    except OSError as error:
        raise _unwritable(file, error) from error


def _unwritable(file: Path, error: OSError) -> BadInput:
    why = error.strerror or str(error)
    return BadInput(f"cannot be written: {why}", where=str(file), cure="check --csv")
