"""`assist index`: look after what is derived from the knowledge base, and searched."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.cli.progress import progress_bar
from assist.ports import Progress
from assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from assist.domain.knowledge import Generation
    from assist.service.index_care import IndexReport, PartReport
    from assist.service.parts import Parts

    Care = Callable[[Parts, Generation, Progress], IndexReport]

app = typer.Typer(
    name="index", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.callback()
def about() -> None:
    """Check, mend or rebuild the search indexes; erase documents for good."""


@app.command("verify")
@fails_cleanly
def verify_command(as_json: Json = False, home: Home = None, workspace: Workspace = None) -> None:
    """Look up every passage by its id, its words and its vector; rebuild what lacks one.

    Of the vectors of passages and of their parts, an even sample is also held to fresh ones.
    Exits 0 when all is right or has been mended, 1 when something could not be mended, 2 when the
    home is in use, or nothing has been ingested.
    """
    from assist.service.index_care import verify

    _end(_cared(read_settings(home, workspace), verify), as_json=as_json)


@app.command("rebuild")
@fails_cleanly
def rebuild_command(as_json: Json = False, home: Home = None, workspace: Workspace = None) -> None:
    """Build the search indexes anew from the database, and look up every passage in them.

    What is there serves until the new is whole. Exits 0 when all is right afterwards, else 1.
    """
    from assist.service.index_care import rebuild

    _end(_cared(read_settings(home, workspace), rebuild), as_json=as_json)


@app.command("erase")
@fails_cleanly
def erase_command(
    documents: Annotated[
        list[str],
        typer.Argument(metavar="DOCUMENT_ID", help="As `assist search --json` names them."),
    ],
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Take documents out of all generations, with their text in indexes and database files.

    Suggestions keep what they quote, as the record of what an agent was told. Remove the documents
    from the folder they came from too: the next ingest of it would bring them back.
    """
    from assist.service.erasing import erase
    from assist.service.policy_check import check_policies
    from assist.wiring import opened

    with opened(read_settings(home, workspace)) as desk, progress_bar() as progress:
        erasure = erase(desk.parts, documents, check=check_policies, progress=progress)
    if as_json:
        print(erasure.model_dump_json())
        return
    print(f"erased {', '.join(erasure.documents)}; generation {erasure.generation} serves")
    print(f"taken out of {erasure.older} older generations")
    for line in erasure.said:
        say(line)


def _cared(settings: Settings, care: "Care") -> "IndexReport":
    from assist.service.library import serving
    from assist.wiring import opened

    with opened(settings) as desk, progress_bar() as progress:
        return care(desk.parts, serving(desk.parts), progress)


def _end(report: "IndexReport", *, as_json: bool) -> None:
    if as_json:
        print(report.model_dump_json())
    else:
        print(f"generation {report.generation}, {report.passages} passages, {report.seconds:.1f} s")
        for part in report.parts:
            print(_line(part, report.passages))
    for problem in report.problems:
        say(f"error: {problem}")
    if not report.sound:
        raise typer.Exit(1)


def _line(part: "PartReport", passages: int) -> str:
    state = "ok" if part.sound else "DAMAGED"
    if part.sound and part.rebuilt:
        state = "rebuilt, ok"
    found = f"; found: {'; '.join(part.found)}" if part.found else ""
    unread = f"; {part.unread} to be read, which a server does" if part.unread else ""
    return f"{part.part}: {_looked_up(part, passages)}, {state}{found}{unread}"


def _looked_up(part: "PartReport", passages: int) -> str:
    if not part.sampled:
        return f"{part.checked} looked up"
    return f"{part.checked} of {passages} looked up, an even sample"
