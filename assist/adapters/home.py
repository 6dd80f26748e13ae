"""The home folder: where embedded state lives, who owns it, and what its disk refuses."""

import errno
import fcntl
import json
import os
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from assist.errors import BadSetting, DiskFull, HomeBusy, HomeServed, StoreUnavailable

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
ENDING = 15.0
"""Seconds to wait for the workers of a server that died: they end when they notice, at once or
after what they have begun."""
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


@dataclass(frozen=True, slots=True)
class Serving:
    """What an owner tells others: where it answers, and whose knowledge in which database."""

    url: str
    place: str


@dataclass(frozen=True, slots=True)
class _Owner:
    """Who owns a home, as it signed it. `url` and `place` are empty where it does not serve."""

    pid: int
    command: str
    url: str = ""
    place: str = ""


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
    def lock(self, serving: Serving | None = None) -> Iterator[None]:
        """Own the home while the block runs; with `serving`, others are told whom to ask.

        Raises `HomeServed` where a server owns it now, `HomeBusy` where another process does; both
        name it. The system releases the lock when the process ends, however it ends.
        """
        lock = FileLock(self.path / "lock")
        with writing(self.path):
            self._acquire(lock)
        try:
            with writing(self.path):
                self._require_no_workers()
                self._sign(serving)
            yield
        finally:
            lock.release()

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Work in the home beside its owner while the block runs: nobody else can own it then."""
        with writing(self.path):
            held = os.open(self.path / "lock.workers", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_SH)
            yield
        finally:
            os.close(held)

    def _require_no_workers(self) -> None:
        """Wait for workers whose owner died without them. Raises `HomeBusy`."""
        held = os.open(self.path / "lock.workers", os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + ENDING
        try:
            while True:
                try:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if time.monotonic() < until:
                        time.sleep(0.1)
                        continue
                    raise HomeBusy(
                        f"workers of a server that died still work in the home {self.path}",
                        cure="wait for them, or end them",
                    ) from None
                return
        finally:
            os.close(held)

    def _acquire(self, lock: FileLock) -> None:
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise self._busy() from error

    def _sign(self, serving: Serving | None) -> None:
        told = asdict(serving) if serving else {}
        # Not what it was given: that may name a person, and stays when the process has ended.
        owner = _Owner(os.getpid(), shlex.join(sys.argv[:2]), **told)
        # In one move: another process may be reading it.
        unfinished = self.path / "owner.json.new"
        unfinished.write_text(json.dumps(asdict(owner)), encoding="utf-8")
        unfinished.replace(self.path / "owner.json")

    def _busy(self) -> HomeBusy:
        owner = self._owner()
        if owner is None:
            who = "another process that has just started"
        else:
            who = f"process {owner.pid} ({owner.command})"
        problem = f"the home {self.path} is in use by {who}"
        if owner and owner.url:
            return HomeServed(
                f"{problem}, which serves it",
                cure=f"ask {owner.url} instead, stop it, or use another home with --home",
                url=owner.url,
                place=owner.place,
            )
        return HomeBusy(problem, cure="wait for it, stop it, or use another home with --home")

    def _owner(self) -> _Owner | None:
        try:
            return _Owner(**json.loads((self.path / "owner.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            # The owner may be between taking the lock and signing it.
            return None
