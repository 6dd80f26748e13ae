"""What a backup holds, and what came of restoring one."""

from datetime import datetime
from typing import Self

from assist.domain.base import Model

FORMAT = 1
"""Of the file that this release writes; raised where an older release could not read it."""


class Member(Model):
    """One file in the backup: the rows of one table, as `COPY` writes them, in these columns."""

    name: str
    table: str
    columns: tuple[str, ...]
    rows: int
    bytes: int
    sha256: str


class Sample(Model):
    """A search, and the ids of the passages that it found, best first."""

    query: str
    found: tuple[str, ...]


class WorkspaceBackup(Model):
    """One workspace: its tables, and what is found in its knowledge base.

    `notes` say why nothing was looked for, where nothing was.
    """

    workspace: str
    members: tuple[Member, ...]
    generation: str = ""
    embedder: str = ""
    samples: tuple[Sample, ...] = ()
    notes: tuple[str, ...] = ()


class Manifest(Model):
    """What is in a backup. `schema_version` is that of the tables, `release` of assist."""

    format: int
    release: str
    schema_version: str
    made_at: datetime
    workspaces: tuple[WorkspaceBackup, ...]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(member.rows for one in self.workspaces for member in one.members)


class Compared(Model):
    """A search after a restore: whether it finds what it found before."""

    workspace: str
    query: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def same(self) -> bool:
        """The same passages in the same order."""
        return self.before == self.after


class Restored(Model):
    """What a restore did. `forgotten` were in the backup and had been forgotten since.

    `problems` are what is wrong with the indexes.
    """

    manifest: Manifest
    forgotten: int
    searches: tuple[Compared, ...] = ()
    problems: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    def also(
        self,
        searches: tuple[Compared, ...] = (),
        problems: tuple[str, ...] = (),
        said: tuple[str, ...] = (),
    ) -> Self:
        """The same with what came of one more workspace."""
        more = {
            "searches": (*self.searches, *searches),
            "problems": (*self.problems, *problems),
            "said": (*self.said, *said),
        }
        return self.model_copy(update=more)

    @property
    def proved(self) -> bool:
        """Whether all is sound, and every search finds what it found when the backup was made."""
        return not self.problems and all(one.same for one in self.searches)
