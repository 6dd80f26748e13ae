"""`assist coverage`: how well the knowledge base covers each issue of each ticket of a file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from assist.cli.engines import Engine, EngineName, covering_by
from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.cli.progress import progress_bar
from assist.cli.tickets import readable
from assist.domain.coverage import Covered, NotJudged, TicketCoverage
from assist.settings import read_settings

SHOWN = 70
"""Characters of an issue that a line of the table shows."""


@fails_cleanly
def coverage_command(
    tickets: Annotated[
        str, typer.Argument(metavar="TICKETS.jsonl", help="Tickets, one a line; - reads stdin.")
    ],
    labels: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help='What readers found, to calibrate by: {"text": "...", "covered": true} a line.',
        ),
    ] = None,
    engine: Engine = EngineName.LOCAL,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Judge how likely a reader finds the answer to each issue of each ticket, and what is missing.

    --json prints a line per ticket. Exits 1 where a line was refused, after all the others.
    """
    asked, refused = readable(tickets)
    from assist.service.covering_labels import calibrated, read_labels
    from assist.wiring import opened

    told = read_labels(labels) if labels else ()
    settings = read_settings(home, workspace)
    with opened(settings) as desk, covering_by(engine, settings, desk) as found:
        covering = found
        with progress_bar() as progress:
            covering.coverer(progress)
        if told:
            covering = calibrated(covering, told)
            say(f"calibrated by {len(told)} labels")
        for judged in covering.judge(asked):
            for line in [_line(judged)] if as_json else _rows(judged):
                print(line)
    for where, error in refused:
        say(f"error: {where}: {error}")
    if refused:
        raise typer.Exit(1)


def _line(judged: TicketCoverage | NotJudged) -> str:
    """A ticket's coverage as one line of JSON: that of its worst issue, and all issues."""
    if isinstance(judged, NotJudged):
        nothing: dict[str, Any] = {"coverage": None, "covered": None, "state": "not_judged"}
        return _json({"ticket_id": judged.ticket_id, **nothing, "reason": judged.reason})
    issues = [
        {"text": issue.text, **_told(issue.covered), "signs": _signs(issue.covered)}
        for issue in judged.issues
    ]
    return _json({"ticket_id": judged.ticket_id, **_told(judged.worst), "issues": issues})


def _told(covered: Covered) -> dict[str, Any]:
    return {
        "coverage": round(covered.value, 6),
        "covered": covered.state == "covered",
        "document_id": covered.document_id,
        "passage_id": covered.passage_id,
        "missing": list(covered.missing),
        "state": covered.state,
    }


def _signs(covered: Covered) -> list[dict[str, Any]]:
    return [sign.model_dump() for sign in covered.signs]


def _rows(judged: TicketCoverage | NotJudged) -> Iterator[str]:
    """The same for a person: a line per issue, what is missing and what to ask below it."""
    if isinstance(judged, NotJudged):
        yield f"{judged.ticket_id}  not judged: {judged.reason}"
        return
    for issue in judged.issues:
        covered = issue.covered
        text = " ".join(issue.text.split())
        shown = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
        yield f"{judged.ticket_id}  {covered.value:.2f} {covered.state:8} {shown}"
        yield f"    nearest: {covered.document_id}"
        if covered.missing and covered.state != "covered":
            yield f"    missing: {', '.join(covered.missing)}"
        for sign in covered.signs:
            if sign.name == "ask_back":
                yield f"    ask back: {sign.says}"


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
