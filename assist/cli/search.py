"""`assist search`: one query for people, or a file of queries as a TREC run."""

import json
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from assist.cli.hits import show_hits, show_missed
from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.domain.knowledge import Hit, Kind, WhyNot
from assist.errors import BadInput, NotFound
from assist.retrieval.explaining import as_typed, typed_words
from assist.retrieval.filters import FILTERS, parse_filters
from assist.retrieval.query import search_text
from assist.retrieval.run_file import check_writable, read_queries, run_lines, unwritable
from assist.settings import Settings, read_settings

FOR_ONE, FOR_RUN = 10, 100
"""How many are found where nobody says how many: what a person reads, what a run is judged by."""


@fails_cleanly
def search_command(
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="What to look for, in plain words.")
    ] = None,
    top_k: Annotated[
        int | None,
        typer.Option(
            help="How many are found, at most.", show_default=f"{FOR_ONE}, or {FOR_RUN} with --run"
        ),
    ] = None,
    kind: Annotated[
        Kind | None,
        typer.Option(help="Search this pool alone.", show_default="kb and policy, ranked together"),
    ] = None,
    filters: Annotated[
        list[str] | None,
        typer.Option(
            "--filter",
            metavar="NAME=VALUE",
            help=f"Find only what fits: {', '.join(FILTERS)}. May be given again.",
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", metavar="", help="Say why each was found.")
    ] = False,
    why_not: Annotated[
        str | None,
        typer.Option(
            "--why-not", metavar="ID", help="Say why this passage or document is not found."
        ),
    ] = None,
    queries: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help='Search for each line {"_id": "1", "text": "..."}; needs --run.'
        ),
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where the documents found go, as a TREC run; - prints it."
        ),
    ] = None,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Search the knowledge base for one QUERY, or for each of --queries.

    --json prints a list of hits, each with why it was found; what --why-not asks for is then told
    on stderr. Exits 2 where there is no passage or document of that id, after the hits.
    """
    wanted = parse_filters(filters or [])
    if (query is None) == (queries is None):
        raise BadInput("give either a QUERY or --queries FILE", where="query", cure="see --help")
    if (queries is None) != (run is None):
        raise BadInput("--queries and --run belong together", where="--run", cure="give both")
    settings = read_settings(home, workspace)
    if queries is not None and run is not None:
        _check_one_query({"--explain": explain, "--why-not": bool(why_not), "--json": as_json})
        _search_all(settings, queries, run, kind, FOR_RUN if top_k is None else top_k, wanted)
        return
    depth = FOR_ONE if top_k is None else top_k
    hits, missed = _searched(settings, query or "", why_not, kind, depth, wanted)
    if as_json:
        print(json.dumps([hit.model_dump(mode="json") for hit in hits], ensure_ascii=False))
    else:
        show_hits(hits, explain=explain)
    if isinstance(missed, NotFound):
        raise missed
    if missed:
        show_missed(missed, sys.stderr if as_json else sys.stdout)


def _check_one_query(given: Mapping[str, bool]) -> None:
    """Raises `BadInput` where one of these options is given."""
    for option, is_given in given.items():
        if is_given:
            cure = "leave it out, or give a QUERY instead of --queries"
            raise BadInput("is about one query, not a run of many", where=option, cure=cure)


def _searched(
    settings: Settings,
    query: str,
    asked_for: str | None,
    kind: Kind | None,
    top_k: int,
    wanted: Mapping[str, str],
) -> tuple[tuple[Hit, ...], WhyNot | NotFound | None]:
    """The hits with the words as they were typed, and what there is to say of what was asked for.

    That there is no such passage is told after the hits, so it is returned.
    """
    from assist.wiring import opened

    with opened(settings) as desk:
        library = desk.opened().library
        found = library.search(query, kind=kind, top_k=top_k, filters=wanted)
        terms_of = partial(library.parts.lexical.terms, library.generation.id)
        words = typed_words(search_text(query).text, terms_of)
        hits = tuple(hit.model_copy(update={"why": as_typed(hit.why, words)}) for hit in found)
        if asked_for is None:
            return hits, None
        try:
            return hits, library.why_not(query, asked_for, kind=kind, top_k=top_k, filters=wanted)
        except NotFound as missing:
            return hits, missing


def _search_all(
    settings: Settings,
    queries: Path,
    run: Path,
    kind: Kind | None,
    top_k: int,
    wanted: Mapping[str, str],
) -> None:
    """Search for every query of a file, and write the run. Files are looked at before the work."""
    asked, is_printed = read_queries(queries), str(run) == "-"
    if not is_printed:
        check_writable(run)
    from assist.wiring import opened

    with opened(settings) as desk:
        find = partial(desk.documents, kind=kind, top_k=top_k, filters=wanted)
        text = "".join(f"{line}\n" for line in run_lines(asked, find))
    if is_printed:
        sys.stdout.write(text)
        return
    try:
        run.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(run, error) from error
    say(f"{text.count(chr(10))} lines written to {run}")
