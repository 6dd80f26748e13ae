"""`assist forget`: a person is taken out of everything that is kept, and it is proved."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.cli.progress import progress_bar
from assist.domain.forgetting import Find, Forgotten, Person
from assist.errors import BadInput, BadSetting
from assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from assist.service.forgetting import Forgetting


@fails_cleanly
def forget_command(
    customer: Annotated[
        str | None,
        typer.Argument(metavar="[CUSTOMER]", help="The customer's id, as tickets give it."),
    ] = None,
    ticket: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A ticket of theirs that does not give their id; again."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", metavar="", help="Say what would go, and change nothing.")
    ] = False,
    expired: Annotated[
        bool,
        typer.Option(
            "--expired", metavar="", help="Forget the cases that ended ASSIST_RETENTION_DAYS ago."
        ),
    ] = False,
    tombstones: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write whom was forgotten, as keyed hashes, for a restore."
        ),
    ] = None,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Take a person out of cases, suggestions, records and precedents, and search every file.

    Works beside a running server. Money that was granted stays, as nobody's. Exits 0 where nothing
    of them is found afterwards, 1 where something is.
    """
    from assist.upkeep import forgetting

    settings = read_settings(home, workspace)
    if sum([customer is not None, expired, tombstones is not None]) != 1:
        raise BadInput(
            "name one customer, or --expired, or --tombstones FILE",
            cure="see `assist forget --help`",
        )
    with forgetting(settings) as people:
        if tombstones is not None:
            _write_tombstones(people, tombstones)
        elif expired:
            _expire(people, settings)
        elif customer is not None:
            person = Person(customer_id=customer, tickets=tuple(ticket or ()))
            _forget(people, settings, person, dry_run=dry_run, as_json=as_json)


def _forget(
    people: "Forgetting", settings: Settings, person: Person, *, dry_run: bool, as_json: bool
) -> None:
    from assist.upkeep import carrying

    if dry_run:
        done = people.planned(person)
    else:
        with progress_bar() as progress:
            done = people.forget(person, carrying(people, settings, progress))
    if as_json:
        print(done.model_dump_json())
    else:
        print("\n".join(_shown(done)))
        for line in done.said:
            say(line)
    if not dry_run and not done.proved:
        raise typer.Exit(1)


def _expire(people: "Forgetting", settings: Settings) -> None:
    if settings.retention_days is None:
        raise BadSetting(
            "nothing says how long cases are kept",
            where="ASSIST_RETENTION_DAYS",
            cure="set it to a number of days",
        )
    gone = people.expire(settings.retention_days)
    print(f"forgot {gone} cases and suggestions older than {settings.retention_days} days")
    for line in people.erasure.scrub() if gone else ():
        say(line)


def _write_tombstones(people: "Forgetting", path: Path) -> None:
    from assist.adapters.home import writing

    lines = [one.model_dump_json() for one in people.tombstones()]
    with writing(path):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"wrote {len(lines)} tombstones to {path}")


def _shown(done: Forgotten) -> Iterator[str]:
    would = "would be " if done.dry_run else ""
    yield f"{would}taken away: {_counted(done.rows)}"
    if done.rewritten:
        yield f"{would}kept without the person: {_counted(done.rewritten)}"
    if done.documents:
        yield f"{would}taken out of the knowledge base: {', '.join(done.documents)}"
    if (searched := done.searched) is None:
        return
    yield (
        f"searched {searched.tables} tables and {searched.files} files "
        f"({searched.bytes / 1e6:.1f} MB): {_result(done)}"
    )
    yield from (_found(find) for find in searched.found)
    yield from (f"note: {note}" for note in searched.notes)


def _counted(rows: dict[str, int]) -> str:
    return ", ".join(f"{count} of {table}" for table, count in rows.items()) or "nothing"


def _result(done: Forgotten) -> str:
    return "nothing of them is left" if done.proved else "SOMETHING OF THEM IS LEFT"


def _found(find: Find) -> str:
    why = f" ({find.why})" if find.why else " (should not be there)"
    return f"  {find.kind}, {find.count} times in {find.where}{why}"
