"""`assist gaps`: what a file of tickets shows that the knowledge base lacks, ranked by impact."""

import json
from pathlib import Path
from typing import Annotated

import typer

from assist.cli.engines import Engine, EngineName, covering_by
from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.cli.table import show_table
from assist.cli.tickets import readable
from assist.domain.gaps import Gap, GapReport
from assist.errors import BadInput
from assist.settings import read_settings

SHOWN = 60
"""Characters of a label or an outlier that a line shows."""
MOST_OUTLIERS = 20
"""Outliers listed for a person; --json lists all."""


@fails_cleanly
def gaps_command(
    tickets: Annotated[
        str, typer.Argument(metavar="TICKETS.jsonl", help="Tickets, one a line; - reads stdin.")
    ],
    html: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write one page with plots to this file.")
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where gaps are remembered, so that they keep their ids."
        ),
    ] = None,
    propose: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write a draft per gap, with what it would change."),
    ] = None,
    weights: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="How impact is counted.", show_default="as packaged"),
    ] = None,
    engine: Engine = EngineName.LOCAL,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Find what these tickets ask that the knowledge base does not answer, and who fixes it.

    Tickets that miss the same are one gap; those like no other are listed after them. Nothing is
    published. Exits 1 where a line was refused, after all the others.
    """
    asked, refused = readable(tickets)
    from assist.insights.gaps.impact import packaged, read_weights
    from assist.service.gaps.finding import find_gaps
    from assist.service.gaps.keeping import read_kept, write_kept
    from assist.service.gaps.placing import map_of
    from assist.service.gaps.proposals import write_proposals
    from assist.web.pages.gap_report import gap_page
    from assist.wiring import opened

    counted = read_weights(weights) if weights else packaged()
    kept = read_kept(state) if state else None
    settings = read_settings(home, workspace)
    with opened(settings) as desk, covering_by(engine, settings, desk) as covering:
        mined = find_gaps(covering, asked, kept=kept, weights=counted)
        if propose:
            for line in write_proposals(covering, mined, propose):
                say(line)
        if html:
            _write(html, gap_page(mined.report, map_of(mined, covering.coverer().embed)))
    if state:
        write_kept(state, mined.kept)
    if as_json:
        print(json.dumps(mined.report.model_dump(mode="json"), ensure_ascii=False))
    else:
        _show(mined.report)
    for where, error in refused:
        say(f"error: {where}: {error}")
    if refused:
        raise typer.Exit(1)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput("cannot be written", where=str(path), cure="check the folder") from error
    say(f"written to {path}")


def _show(report: GapReport) -> None:
    print(f"{report.tickets} tickets, {report.covered} covered, {len(report.gaps)} gaps")
    if report.gaps:
        columns = ("gap", "kind", "tickets", "coverage", "impact", "factors", "about")
        show_table(columns, [_row(gap) for gap in report.gaps])
        for gap in report.gaps:
            print(f"{gap.id}: {gap.reason}")
    for note in report.notes:
        print(note)
    for ticket in report.outliers[:MOST_OUTLIERS]:
        print(f"like no other: {ticket.ticket_id}  {ticket.coverage:.2f}  {_short(ticket.text)}")
    if len(report.outliers) > MOST_OUTLIERS:
        print(f"and {len(report.outliers) - MOST_OUTLIERS} more; --json lists them")
    for one in report.not_judged:
        print(f"not judged: {one.ticket_id}: {one.reason}")


def _row(gap: Gap) -> tuple[str, ...]:
    factors = " × ".join(f"{one.value:g}" for one in gap.factors)
    count = len({ticket.ticket_id for ticket in gap.tickets})
    coverage, impact = f"{gap.coverage:.2f}", f"{gap.impact:.1f}"
    return (gap.id, gap.kind, str(count), coverage, impact, factors, _short(gap.label))


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= SHOWN else f"{told[: SHOWN - 1]}…"
