"""`BackupFiles`: a backup is one ZIP file, with a manifest and a checksum of every file in it."""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from assist.adapters.home import writing
from assist.domain.backup import FORMAT, Manifest, Member
from assist.errors import BadInput, StoreUnavailable
from assist.ports.backups import TableRows

MANIFEST, CHECKSUM = "manifest.json", "manifest.sha256"
PIECE = 1 << 20
SPEED = 3
"""Of the compression, 1 to 9: text shrinks to a fifth; 6 takes twice as long for 5 % less."""


class ZipBackups:
    """Backups as ZIP files, readable by their owner alone."""

    @contextmanager
    def writing(self, path: Path) -> Iterator["ZipWriter"]:
        """A new one, in one move when it is whole. `BadInput` where there is one already."""
        if path.exists():
            raise BadInput(
                "is there already", where=str(path), cure="name another file, or move this away"
            )
        unfinished = path.with_name(f"{path.name}.unfinished")
        with writing(path):
            descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                with os.fdopen(descriptor, "w+b") as file:
                    with zipfile.ZipFile(
                        file, "w", zipfile.ZIP_DEFLATED, compresslevel=SPEED
                    ) as archive:
                        yield ZipWriter(archive)
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)

    def read(self, path: Path) -> Manifest:
        """What is in it, when every checksum is right. Raises `BadInput`, `StoreUnavailable`."""
        with _opened(path) as archive:
            manifest = _manifest(archive, path)
            for workspace in manifest.workspaces:
                for member in workspace.members:
                    _check(archive, member, path)
            return manifest

    def pieces(self, path: Path, member: Member) -> Iterator[bytes]:
        """The rows of one table."""
        with _opened(path) as archive, archive.open(member.name) as file:
            while piece := file.read(PIECE):
                yield piece


class ZipWriter:
    """A backup while it is written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def write(self, workspace: str, rows: TableRows) -> Member:
        """Add the rows of one table; `COPY` ends each with a line feed and has no other."""
        name = f"{workspace}/{rows.table}.copy"
        digest, size, count = hashlib.sha256(), 0, 0
        with self._archive.open(name, "w", force_zip64=True) as file:
            for piece in rows.pieces:
                file.write(piece)
                digest.update(piece)
                size, count = size + len(piece), count + piece.count(b"\n")
        return Member(
            name=name,
            table=rows.table,
            columns=rows.columns,
            rows=count,
            bytes=size,
            sha256=digest.hexdigest(),
        )

    def end(self, manifest: Manifest) -> None:
        """Add what is in it, with its own checksum."""
        text = manifest.model_dump_json(indent=1).encode()
        self._archive.writestr(MANIFEST, text)
        self._archive.writestr(CHECKSUM, hashlib.sha256(text).hexdigest())


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError as error:
        raise BadInput("there is no such file", where=str(path)) from error
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError) as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:
        raise StoreUnavailable(
            f"cannot be read: {error.strerror or error}", cure="check the disk", where=str(path)
        ) from error


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    text = archive.read(MANIFEST)
    if hashlib.sha256(text).hexdigest() != archive.read(CHECKSUM).decode("ascii", "replace"):
        raise _damaged(path, "its manifest is not as it was written")
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise BadInput(
            "is a backup that this release cannot read",
            where=str(path),
            cure="restore it with the release that made it, or a newer one",
        ) from error
    if manifest.format > FORMAT:
        raise BadInput(
            f"was made by a newer release, {manifest.release}",
            where=str(path),
            cure="restore it with that release, or a newer one",
        )
    return manifest


def _check(archive: zipfile.ZipFile, member: Member, path: Path) -> None:
    digest, size = hashlib.sha256(), 0
    with archive.open(member.name) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    if (size, digest.hexdigest()) != (member.bytes, member.sha256):
        raise _damaged(path, f"{member.name} is not as it was written")


def _damaged(path: Path, why: str) -> BadInput:
    return BadInput(f"is damaged, or no backup: {why}", where=str(path), cure="use another backup")
