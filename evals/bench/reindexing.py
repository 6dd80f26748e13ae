"""`python -m evals.bench.reindexing`: do disk and memory stay flat over many re-indexes?

One process publishes edition after edition of a small knowledge base, as a server does.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import psutil
import typer

from assist.cli.options import Json, fails_cleanly, say
from assist.domain.base import Model
from assist.service.indexing import silent
from assist.wiring import opened
from evals.bench.commands import MB
from evals.bench.editions import write_edition
from evals.homes import own_settings, temporary_home


class Size(Model):
    """What a home takes after so many re-indexes, in MB."""

    times: int
    index_mb: float
    database_mb: float
    """The database's tables, without its write-ahead log."""
    memory_mb: float
    """Resident memory of the process."""


def reindex(times: int, articles: int, report: Callable[[str], None]) -> tuple[Size, ...]:
    """The sizes after the first ingest and after each of `times` more, in a home of its own."""
    sizes = []
    with temporary_home() as home, opened(own_settings(home)) as desk:
        for number in range(times + 1):
            write_edition(home / "kb", number, articles)
            desk.ingest(home / "kb", progress=silent)
            desk.search("which edition is this article of", filters={})
            sizes.append(_size(home, number))
            report(f"{number} re-indexes: {sizes[-1].index_mb} MB of indexes")
    return tuple(sizes)


def _size(home: Path, times: int) -> Size:
    return Size(
        times=times,
        index_mb=folder_mb(home / "index"),
        database_mb=folder_mb(home / "postgres" / "base"),
        memory_mb=round(psutil.Process().memory_info().rss / MB, 2),
    )


def folder_mb(folder: Path) -> float:
    """What the files of a folder take on the disk, in MB: a sparse file's holes take nothing."""
    held = 0
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):  # a database deletes files while they are counted
            held += file.lstat().st_blocks * 512 if file.is_file() else 0
    return round(held / MB, 2)


@fails_cleanly
def reindex_command(
    times: Annotated[int, typer.Option(help="Re-indexes after the first ingest.", min=1)] = 50,
    articles: Annotated[int, typer.Option(help="Articles of the knowledge base.", min=1)] = 40,
    as_json: Json = False,
) -> None:
    """Publish edition after edition, and print what the home takes after each."""
    sizes = reindex(times, articles, say)
    for size in sizes:
        print(size.model_dump_json() if as_json else f"{size}")


if __name__ == "__main__":
    typer.run(reindex_command)
