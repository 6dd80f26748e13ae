"""`assist-evals publish`: a run into a service or a home, where people look at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Protocol

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.domain.eval_runs import EvalPart, EvalRunKept
from assist.errors import BadInput
from evals.publishing.parts import parts_of
from evals.running.reading import read_run

BY = "assist-evals"


class Place(Protocol):
    """Where parts of a run go."""

    def publish(self, part: EvalPart) -> EvalRunKept:
        """Keep a part; what is kept of the run so far."""


@fails_cleanly
def publish_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder or run.json.")],
    *,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="A running service, instead of a home.")
    ] = None,
    key_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Holds the API key, where it wants one.")
    ] = None,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Publish RUN: its pages are at /evals. What is there already stays; sent again it goes on."""
    from evals.reports.gathering import asked_beside

    if url and (home or workspace):
        problem = "a running service has its own home and workspace"
        raise BadInput(problem, where="--url", cure="leave out --home and --workspace")
    read, folder = read_run(run), run if run.is_dir() else run.parent
    kept = None
    with _service(url, key_file) if url else _home(home, workspace) as place:
        for part in parts_of(read, asked_beside(folder)):
            kept = place.publish(part)
            say(f"{kept.kept} of {kept.total} results")
    if kept is not None and as_json:
        print(kept.model_dump_json())
    where = f"{url.rstrip('/')}/evals/{read.id}" if url else f"/evals/{read.id}"
    say(f"published at {where}")


@contextmanager
def _service(url: str, key_file: Path | None) -> Iterator[Place]:
    from evals.publishing.service import EvalService, key_in

    service = EvalService(url, key_in(key_file))
    try:
        yield service
    finally:
        service.close()


@contextmanager
def _home(home: Path | None, workspace: str | None) -> Iterator[Place]:
    from evals.opening import desk_of, existing
    from evals.publishing.home import OwnHome

    with desk_of(existing(home, workspace)) as desk:
        yield OwnHome(desk, BY)
