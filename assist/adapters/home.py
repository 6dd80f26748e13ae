"""The home folder: where embedded state lives, who owns it, and what its disk refuses."""

import errno
import json
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assist.errors import BadSetting, DiskFull, HomeBusy, StoreUnavailable

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_PERMISSION = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the disk refuses below `path` into `DiskFull` or `StoreUnavailable`."""
    try:
        yield
    except OSError as error:
        where = str(error.filename or path)
        if error.errno in NO_SPACE:
            raise DiskFull(
                "no space left to write", cure="free some space and run it again", where=where
            ) from error
        if error.errno in NO_PERMISSION:
            raise StoreUnavailable(
                "no permission to write here",
                cure="give this user the folder, or name another with --home or ASSIST_HOME",
                where=where,
            ) from error
        raise StoreUnavailable(
            f"cannot be written: {error.strerror or error}",
            cure="check the disk, or name another folder with --home or ASSIST_HOME",
            where=where,
        ) from error


class Home:
    """The folder that holds all embedded state (`ASSIST_HOME`), created where it is missing.

    It holds what customers wrote, so others may not list it. Run as root it may be passed through,
    because PostgreSQL refuses to run as root and its own user must reach its data.
    """

    def __init__(self, path: Path) -> None:
        if path.exists() and not path.is_dir():
            raise BadSetting("the home is not a folder", cure="name a folder", where=str(path))
        with writing(path):
            path.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
            self.path = path.resolve()

    def folder(self, name: str) -> Path:
        """A private folder of this name in the home, created where it is missing."""
        folder = self.path / name
        with writing(folder):
            folder.mkdir(exist_ok=True, mode=0o700)
        return folder

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Own the home while the block runs; raises `HomeBusy` naming who owns it now.

        The system releases the lock when the process ends, however it ends.
        """
        lock = FileLock(self.path / "lock")
        with writing(self.path):
            self._acquire(lock)
        try:
            with writing(self.path):
                self._sign()
            yield
        finally:
            lock.release()

    def _acquire(self, lock: FileLock) -> None:
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise HomeBusy(
                f"the home {self.path} is in use by {self._owner()}",
                cure="wait for it, stop it, or use another home with --home",
            ) from error

    def _sign(self) -> None:
        owner = {"pid": os.getpid(), "command": shlex.join(sys.argv)}
        (self.path / "owner.json").write_text(json.dumps(owner), encoding="utf-8")

    def _owner(self) -> str:
        try:
            owner = json.loads((self.path / "owner.json").read_text(encoding="utf-8"))
            return f"process {owner['pid']} ({owner['command']})"
        except (OSError, ValueError, KeyError, TypeError):
            # The owner may be between taking the lock and signing it.
            return "another process that has just started"
