"""How far a run is: a bar where a person watches, a line for each trial where a file does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from assist.cli.options import say


class Watching(Protocol):
    """Who hears how far a run is."""

    def stage(self, words: str) -> None:
        """What is being done now."""

    def begin(self, total: int, done: int) -> None:
        """So many trials there are, and so many were done before."""

    def finished(self, case_id: str) -> None:
        """One more trial is done."""


class Lines:
    """A line for each thing, on stderr."""

    def __init__(self) -> None:
        self._done = self._total = 0

    def stage(self, words: str) -> None:
        """What is being done now."""
        say(words)

    def begin(self, total: int, done: int) -> None:
        """So many trials there are, and so many were done before."""
        self._total, self._done = total, done

    def finished(self, case_id: str) -> None:
        """One more trial is done."""
        self._done += 1
        say(f"case {self._done} of {self._total}: {case_id}")


class Bar:
    """A bar on the terminal, with the time that is left."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("begin", total=None)

    def stage(self, words: str) -> None:
        """What is being done now."""
        self._progress.update(self._task, description=words)

    def begin(self, total: int, done: int) -> None:
        """So many trials there are, and so many were done before."""
        self._progress.update(self._task, total=total, completed=done)

    def finished(self, case_id: str) -> None:
        """One more trial is done."""
        self._progress.update(self._task, advance=1, description=case_id)


@contextmanager
def watching() -> Iterator[Watching]:
    """Whoever is there to watch, while the block runs."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<28}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield Bar(progress)
