"""`assist audit`: who saw and did what."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly
from assist.cli.table import show_table
from assist.domain.audit import AuditEntry, AuditQuery
from assist.errors import BadSetting
from assist.settings import read_settings

COLUMNS = ("at", "who", "by", "what", "outcome", "about")


@fails_cleanly
def audit_command(
    since: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="From then on: 2026-11-20, or with a time.", show_default="ever"
        ),
    ] = None,
    who: Annotated[
        str | None, typer.Option(metavar="ID", help="Of a key or a person.", show_default="any")
    ] = None,
    what: Annotated[
        str | None,
        typer.Option(metavar="OPERATION", help="Such as decide_case.", show_default="any"),
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Of a case, a suggestion, a grant.", show_default="any"),
    ] = None,
    limit: Annotated[int, typer.Option(help="How many, the newest.", min=1, max=100_000)] = 100,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Show the audit log, the newest last; with --json one entry a line."""
    from assist.wiring import visitors

    query = AuditQuery(since=_time(since), who=who, what=what, about=about, limit=limit)
    with visitors(read_settings(home, workspace)) as found:
        entries = tuple(reversed(found.audit.listed(query)))
    if as_json:
        for entry in entries:
            print(entry.model_dump_json())
    elif entries:
        show_table(COLUMNS, [_row(entry) for entry in entries])


def _row(entry: AuditEntry) -> tuple[str, ...]:
    about = " ".join(entry.about)
    who = entry.who or "nobody known"
    return (f"{entry.at:%Y-%m-%d %H:%M:%S}", who, entry.means, entry.what, entry.outcome, about)


def _time(text: str | None) -> datetime | None:
    """A moment; without a zone it is in UTC. Raises `BadSetting`."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        cure = "write 2026-11-20 or 2026-11-20T15:00:00Z"
        raise BadSetting(f"{text!r} is no time", where="--since", cure=cure) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
