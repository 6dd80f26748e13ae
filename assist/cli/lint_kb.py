"""`assist lint-kb`: what is wrong with a knowledge base, before any customer asks."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.domain.gaps import GapKind, LintFinding
from assist.errors import BadInput
from assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from assist.service.kb_bench import KnowledgeBase

COLUMNS = ("kind", "documents", "message", "confidence", "evidence")
SHOWN = 160
"""Characters of a quote that a terminal shows."""


@fails_cleanly
def lint_kb_command(
    root: Annotated[
        Path | None,
        typer.Argument(
            metavar="[KB_ROOT]",
            help="What `assist ingest` reads.",
            show_default="what serves in --home",
        ),
    ] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="contradictory, duplicate, stale, unfindable or wrong_audience. "
            "May be given again.",
            show_default="all",
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day it is looked at.", show_default="today"),
    ] = None,
    csv_file: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Also write the findings as a table."),
    ] = None,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Find what contradicts itself, stands twice, is out of date or cannot be found.

    Exits 0 where nothing is wrong, 1 with findings, 2 where nothing can be read. Nothing changes.
    """
    wanted, settings = _kinds(kinds), read_settings(home, workspace)
    found = _linted(root, settings, _day(on), wanted)
    if csv_file is not None:
        _write(csv_file, found)
    if as_json:
        print(json.dumps([one.model_dump(mode="json") for one in found], ensure_ascii=False))
    else:
        _show(found)
    counts = Counter(one.kind for one in found)
    say(", ".join(f"{number} {kind}" for kind, number in counts.items()) or "nothing is wrong")
    if found:
        raise typer.Exit(1)


def _kinds(named: Sequence[str] | None) -> tuple[GapKind, ...]:
    from assist.service.kb_lint import LINTED

    known = {str(kind): kind for kind in LINTED}
    for name in named or ():
        if name not in known:
            cure = f"give one of {', '.join(LINTED)}"
            raise BadInput(f"there is no kind {name!r}", where="--kind", cure=cure)
    return tuple(known[name] for name in named) if named else LINTED


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        problem = f"{text!r} is no date"
        raise BadInput(problem, where="--on", cure="write it as 2026-11-20") from error


def _linted(
    root: Path | None, settings: Settings, on: date | None, kinds: Sequence[GapKind]
) -> tuple[LintFinding, ...]:
    from assist.service.kb_lint import lint

    with _opened(root, settings) as base:
        return lint(base, on or datetime.now(UTC).date(), kinds)


@contextmanager
def _opened(root: Path | None, settings: Settings) -> Iterator["KnowledgeBase"]:
    """The folder on a bench of its own, or what serves in the home."""
    from assist.service.kb_bench import put_up, serving
    from assist.wiring import bench, kb_source, opened

    if root is None:
        with opened(settings) as desk:
            yield serving(desk.opened().library)
        return
    reading = kb_source().read(root, None)
    for problem in reading.problems:
        say(f"{problem.severity}: {problem.where}: {problem.problem}")
    with bench(settings) as made:
        yield put_up(made, reading)


def _show(found: Sequence[LintFinding]) -> None:
    for one in found:
        print(f"{one.kind}  {', '.join(one.documents)}")
        print(f"    {one.message}")
        for span in one.evidence:
            print(f"    {span.source}: “{_short(span.text)}”")


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= SHOWN else f"{folded[: SHOWN - 1]}…"


def _write(path: Path, found: Sequence[LintFinding]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(COLUMNS)
            for one in found:
                quotes = " | ".join(f"{span.source}: {span.text}" for span in one.evidence)
                row = (one.kind, " ".join(one.documents), one.message, one.confidence, quotes)
                table.writerow(row)
    except OSError as error:
        problem = error.strerror or "cannot be written"
        raise BadInput(problem, where=str(path), cure="choose another place") from error
