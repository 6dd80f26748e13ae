"""Use case: everything that is kept, in one file, as it was at one moment."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assist import __version__
from assist.domain.backup import FORMAT, Manifest, Sample, WorkspaceBackup
from assist.ports import Clock
from assist.ports.backups import BackupFiles, BackupStore, BackupWriter, Snapshot


class Looked(NamedTuple):
    """What was found in the knowledge base of a workspace, or why nothing was looked for."""

    generation: str = ""
    embedder: str = ""
    samples: tuple[Sample, ...] = ()
    notes: tuple[str, ...] = ()


Look = Callable[[str], Looked]
"""Searches a workspace by its name."""


@dataclass(frozen=True, slots=True)
class Backups:
    """What it takes."""

    store: BackupStore
    files: BackupFiles
    clock: Clock

    def back_up(self, path: Path, *, workspace: str | None, look: Look) -> Manifest:
        """Write a backup of one workspace, or of all that can be seen; beside whoever works.

        Raises `BadInput` where the file is there already, `DiskFull`, `StoreUnavailable`.
        """
        with self.store.snapshot(workspace) as snapshot, self.files.writing(path) as writer:
            manifest = Manifest(
                format=FORMAT,
                release=__version__,
                schema_version=snapshot.schema_version,
                made_at=self.clock.now(),
                workspaces=tuple(
                    _kept(snapshot, writer, name, look) for name in snapshot.workspaces
                ),
            )
            writer.end(manifest)
            return manifest


def _kept(snapshot: Snapshot, writer: BackupWriter, workspace: str, look: Look) -> WorkspaceBackup:
    serving = snapshot.serving(workspace)
    members = tuple(writer.write(workspace, rows) for rows in snapshot.tables(workspace))
    looked = look(workspace) if serving else Looked(notes=("nothing has been ingested",))
    if looked.generation not in {serving, ""}:
        looked = Looked(notes=("another generation came to serve while it was searched",))
    return WorkspaceBackup(
        workspace=workspace,
        members=members,
        generation=serving,
        embedder=looked.embedder,
        samples=looked.samples,
        notes=looked.notes,
    )
