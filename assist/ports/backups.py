"""What backup and restore ask of the database, and of the file that a backup is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from assist.domain.backup import Manifest, Member, WorkspaceBackup
from assist.domain.forgetting import Belongings, Tombstone


class TableRows(NamedTuple):
    """The rows of one table, in pieces, to be read once and in their turn."""

    table: str
    columns: tuple[str, ...]
    pieces: Iterator[bytes]


class Snapshot(Protocol):
    """The database as it was at one moment, however long it is read."""

    schema_version: str
    workspaces: Sequence[str]

    def serving(self, workspace: str) -> str:
        """The id of the generation that serves; empty where none does."""
        ...

    def tables(self, workspace: str) -> Iterator[TableRows]:
        """Each table of a workspace."""
        ...


class Restoring(Protocol):
    """A restore under way; what it does is seen when it has ended, or not at all."""

    def load(self, kept: WorkspaceBackup, rows_of: Callable[[Member], Iterable[bytes]]) -> None:
        """Take the rows of a workspace in; `rows_of` reads those of one table."""
        ...

    def bring_up(self, workspaces: Sequence[str], *, replacing: bool) -> None:
        """Bring what was taken in up to this release, and put it in place of what is there.

        What was forgotten and revoked since stays so; what was seen and done stays in the log.
        Raises `NotReady` where something is there and nothing is to be replaced.
        """
        ...

    def forget_again(
        self, workspace: str, tombstones: Sequence[Tombstone]
    ) -> tuple[Belongings, ...]:
        """Take away again what these say was forgotten, and is older; whose it was."""
        ...


class BackupStore(Protocol):
    """The database, all workspaces of it."""

    def snapshot(self, workspace: str | None) -> AbstractContextManager[Snapshot]:
        """One moment of it: of one workspace, or of all that this database user can see."""
        ...

    def restoring(self, schema_version: str) -> AbstractContextManager[Restoring]:
        """A restore of tables of this version, kept at the end of the block. `StoreUnavailable`."""
        ...


class BackupWriter(Protocol):
    """A backup while it is written: there when it is whole."""

    def write(self, workspace: str, rows: TableRows) -> Member:
        """Add the rows of one table; what was written."""
        ...

    def end(self, manifest: Manifest) -> None:
        """Add what is in it."""
        ...


class BackupFiles(Protocol):
    """Backups as files. Raises `BadInput` for what is none, and `DiskFull`."""

    def writing(self, path: Path) -> AbstractContextManager[BackupWriter]:
        """A new one; on an error nothing of it is left."""
        ...

    def read(self, path: Path) -> Manifest:
        """What is in it, when every checksum of it is right."""
        ...

    def pieces(self, path: Path, member: Member) -> Iterator[bytes]:
        """The rows of one table."""
        ...
