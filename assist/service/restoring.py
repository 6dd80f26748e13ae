"""Use case: a backup takes the place of what is there; who was forgotten stays forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from assist.domain.backup import Manifest
from assist.domain.forgetting import Belongings, Tombstone
from assist.errors import BadInput, NotFound
from assist.ports.backups import BackupFiles, BackupStore


@dataclass(frozen=True, slots=True)
class Restores:
    """What it takes."""

    store: BackupStore
    files: BackupFiles

    def restore(
        self,
        path: Path,
        *,
        workspace: str | None,
        replacing: bool,
        tombstones: Sequence[Tombstone],
    ) -> tuple[Manifest, Mapping[str, Sequence[Belongings]]]:
        """Put the rows of a backup in place, of one workspace of it or all; whose went again.

        All or nothing. Raises `BadInput` for a file that is damaged or of a newer release,
        `NotFound`, `NotReady` where something is there already and is not to be replaced.
        """
        manifest = _of(self.files.read(path), workspace, path)
        forgotten = {}
        with self.store.restoring(manifest.schema_version) as restoring:
            for kept in manifest.workspaces:
                restoring.load(kept, partial(self.files.pieces, path))
            names = [kept.workspace for kept in manifest.workspaces]
            restoring.bring_up(names, replacing=replacing)
            for name in names:
                forgotten[name] = restoring.forget_again(name, tombstones)
        return manifest, forgotten


def tombstones_in(path: Path) -> tuple[Tombstone, ...]:
    """Those of a file, one JSON document a line. Raises `BadInput` naming the line."""
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("cannot be read", where=str(path), cure="check the file") from error
    for number, line in enumerate(lines, start=1):
        try:
            found.append(Tombstone.model_validate_json(line))
        except ValidationError as error:
            raise BadInput(
                "is no tombstone",
                where=f"{path}:{number}",
                cure="give the file that `assist forget --tombstones FILE` wrote",
            ) from error
    return tuple(found)


def _of(manifest: Manifest, workspace: str | None, path: Path) -> Manifest:
    if workspace is None:
        return manifest
    wanted = tuple(one for one in manifest.workspaces if one.workspace == workspace)
    if not wanted:
        there = ", ".join(one.workspace for one in manifest.workspaces)
        raise NotFound(
            f"there is no workspace {workspace!r} in it", where=str(path), cure=f"it has {there}"
        )
    return manifest.model_copy(update={"workspaces": wanted})
