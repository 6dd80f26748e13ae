"""`assist search`: one query for people, or a file of queries as a TREC run."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.domain.knowledge import Hit, Kind, WhyNot
from assist.errors import BadInput, BadSetting
from assist.retrieval.filters import parse_filters
from assist.retrieval.run_file import read_queries, run_lines
from assist.settings import read_settings

SHOWN = 240
"""Characters of a passage shown per hit: three lines of a terminal."""


@fails_cleanly
def search_command(
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    top_k: Annotated[int | None, typer.Option(help="How many (10; 100 with --run).")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only this pool.")] = None,
    filters: Annotated[
        list[str] | None, typer.Option("--filter", help="name=value, repeatable.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each was found.")] = False,
    why_not: Annotated[
        str | None,
        typer.Option("--why-not", metavar="ID", help="Say why this passage or document is not."),
    ] = None,
    queries: Annotated[Path | None, typer.Option(help="JSON Lines of {_id, text}.")] = None,
    run: Annotated[Path | None, typer.Option(help="Write a TREC run here; - prints it.")] = None,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Search the knowledge base for one QUERY, or for all of --queries."""
    wanted = parse_filters(filters or [])
    if (query is None) == (queries is None):
        raise BadInput("give either a query or --queries FILE", where="query", cure="see --help")
    if (queries is None) != (run is None):
        raise BadInput("--queries and --run belong together", where="--run", cure="give both")
    if why_not is not None and query is None:
        raise BadInput("--why-not is about one query", where="--why-not", cure="give a query")
    from assist.wiring import opened

    with opened(read_settings(home, workspace)) as desk:
        if queries is not None and run is not None:
            depth = 100 if top_k is None else top_k
            lines = run_lines(
                read_queries(queries),
                lambda text: desk.documents(text, kind=kind, top_k=depth, filters=wanted),
            )
            _write_run(run, "".join(f"{line}\n" for line in lines))
            return
        library, depth = desk.opened().library, 10 if top_k is None else top_k
        hits = library.search(query or "", kind=kind, top_k=depth, filters=wanted)
        missed = why_not is not None and library.why_not(
            query or "", why_not, kind=kind, top_k=depth, filters=wanted
        )
    if as_json:
        found = [hit.model_dump(mode="json") for hit in hits]
        told = {"hits": found, "why_not": missed.model_dump(mode="json")} if missed else found
        print(json.dumps(told, ensure_ascii=False))
        return
    _show(hits, explain=explain)
    if missed:
        _show_missed(missed)


def _write_run(path: Path, text: str) -> None:
    if str(path) == "-":
        sys.stdout.write(text)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadSetting(
            error.strerror or "cannot be written", where=str(path), cure="check the path"
        ) from error
    say(f"{text.count(chr(10))} lines written to {path}")


def _show(hits: tuple[Hit, ...], *, explain: bool) -> None:
    console = Console(highlight=False, markup=False)
    if not hits:
        say("nothing found")
    for number, hit in enumerate(hits, start=1):
        console.print(f"{number:2}. {hit.score:.3f} {hit.kind} {hit.passage_id}", style="bold")
        console.print(f"    {' > '.join((hit.passage.title, *hit.passage.headings))}", style="cyan")
        folded = " ".join(hit.passage.text.split())
        console.print(f"    {folded[:SHOWN]}{'…' if len(folded) > SHOWN else ''}")
        if explain:
            terms = f"; shared words: {', '.join(hit.why.terms)}" if hit.why.terms else ""
            console.print(f"    {hit.why.note}{terms}", style="dim")


def _show_missed(missed: WhyNot) -> None:
    console = Console(highlight=False, markup=False)
    console.print(f"why not {missed.passage_id}: {missed.reason}", style="bold")
    if missed.why:
        console.print(f"    {missed.why.note}", style="dim")
