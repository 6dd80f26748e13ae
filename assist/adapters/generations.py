"""A folder of derived data per generation: written beside, renamed when whole, removed when old."""

import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from assist.adapters.home import writing
from assist.errors import StoreUnavailable

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_STAGED = ".staged"


def plain_name(generation: str) -> str:
    """A generation's name in plain letters; it tells any two generations apart."""
    digest = hashlib.sha256(generation.encode()).hexdigest()[:12]
    return f"{_UNSAFE.sub('-', generation)[:80]}-{digest}"


class GenerationFolders:
    """Folders below `root`, one per generation; a folder is there only once it is complete."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def folder(self, generation: str) -> Path:
        """Where a generation's data lies; its name tells any two generations apart."""
        return self.root / plain_name(generation)

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        return self.folder(generation).is_dir()

    @contextmanager
    def staged(self, generation: str) -> Iterator[Path]:
        """An empty folder to build in, renamed at the end; an error or a kill changes nothing.

        What an earlier build left behind is removed first.
        """
        final = self.folder(generation)
        building = final.with_name(final.name + _STAGED)
        with writing(self.root):
            _remove(building)
            building.mkdir(parents=True)
        try:
            yield building
        except BaseException:
            # Only tidiness: what cannot be removed now, the next build or drop removes or reports.
            shutil.rmtree(building, ignore_errors=True)
            raise
        with writing(self.root):
            _remove(final)
            building.rename(final)

    def drop(self, keep: Sequence[str]) -> None:
        """Remove every generation but these, and what killed builds left; never during a build."""
        if not self.root.is_dir():
            return
        kept = {self.folder(generation) for generation in keep}
        with writing(self.root):
            for folder in self.root.iterdir():
                if folder.is_dir() and folder not in kept:
                    _remove(folder)


class BorrowedFolders(GenerationFolders):
    """The folders of a home as a process sees them that shares it with whoever builds them.

    What is mapped stays readable when its folder is removed, so nobody has to wait for readers.
    """

    def staged(self, generation: str) -> NoReturn:
        """Nothing is built here. Raises `StoreUnavailable`."""
        raise StoreUnavailable(
            f"generation {generation} is not this process's to build",
            cure="wait for the process that builds, or stop the server and run the command again",
            where=str(self.root),
        )

    def drop(self, keep: Sequence[str]) -> None:
        """Nothing: whoever builds removes what is old."""


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
