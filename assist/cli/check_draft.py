"""`assist check-draft`: drafts in, what of them stands out."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from assist.cli.options import At, Home, Json, Workspace, fails_cleanly, say
from assist.cli.suggest import moment
from assist.domain.draft_check import CheckedDraft, DraftToCheck
from assist.errors import AssistError, BadInput
from assist.settings import read_settings

WHERE = "drafts"
MARKS = {"supported": "ok", "inferred": "ok", "unsupported": "??", "none": "  "}


@fails_cleanly
def check_draft_command(
    drafts: Annotated[
        str,
        typer.Argument(metavar="DRAFTS.jsonl|-", help="A file of drafts, or - for stdin."),
    ] = "-",
    as_json: Json = False,
    level: Annotated[str, typer.Option(help="Who sends it: a level of authority.yaml.")] = "agent",
    at: At = None,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Check replies sentence by sentence: supported, within authority, promised in time?

    A line has an id, a text, and either passages, a list of texts, or a ticket.
    """
    judged_at, broken = moment(at), 0
    lines = list(_lines(drafts))
    from assist.wiring import opened

    with opened(read_settings(home, workspace)) as desk:
        for number, line in lines:
            try:
                draft = _read(line, number)
                found = asyncio.run(desk.check_draft(draft, at=judged_at, level=level))
            except BadInput as error:
                broken += 1
                say(f"error: {error}")
                continue
            print(found.model_dump_json() if as_json else "\n".join(_shown(found)), flush=True)
    if broken:
        raise typer.Exit(2)


def _lines(source: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, numbered."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"cannot be read: {error}", where=source, cure="give a file of JSON Lines in UTF-8"
        ) from error
    found = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not found:
        raise BadInput("there is no draft", where=source, cure="give one JSON object a line")
    yield from found


def _read(line: str, number: int) -> DraftToCheck:
    try:
        return DraftToCheck.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadInput(
            f"{field}: {first['msg']}" if field else first["msg"],
            where=f"{WHERE}:{number}",
            cure='{"id", "text", "passages": [...]} or {"id", "text", "ticket": {...}}',
        ) from error
    except AssistError as error:
        raise BadInput(error.problem, where=f"{WHERE}:{number}", cure=error.cure) from error


def _shown(found: CheckedDraft) -> Iterator[str]:
    yield f"{found.id or 'draft'}: support {found.support:.2f}"
    for one in found.sentences:
        flags = f" [{', '.join(one.flags)}]" if one.flags else ""
        mark = "!!" if one.flags else MARKS[one.support]
        mark = "~ " if mark == "ok" and not one.citations else mark
        yield f"  {mark} {one.kind}{flags}: {one.text}"
        yield from (f"       {why}" for why in one.why)
        yield from (f"       {c.document_id}: “{c.quote}”" for c in one.citations)
    for promise in found.promises:
        due = f", due {promise.due:%Y-%m-%d %H:%M %Z}" if promise.due else ", no time named"
        yield f"  promise by {promise.who}: {promise.what}{due}"
    yield from (f"  note: {note}" for note in found.notes)
