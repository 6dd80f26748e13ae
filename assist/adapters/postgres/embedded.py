"""The embedded PostgreSQL: one server per home, shared by its processes, over a local socket.

It starts with the first process that needs it and stops with the last one. Each process holds a
shared lock on a file beside the data, which the system releases however the process ends, so
that a killed process neither keeps the server running nor stops it under another.
"""

import atexit
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import quote

from filelock import FileLock, Timeout

from assist.adapters.home import writing
from assist.adapters.postgres.placement import Placement, place
from assist.adapters.postgres.server import (
    beside,
    ensure_running,
    initialize,
    log_of,
    socket_of,
)
from assist.errors import StoreUnavailable

PATIENCE = 60.0
"""Seconds to wait for another process that starts or stops the server."""


class EmbeddedPostgres:
    """A running server. `url` reaches it; `note` says where its data is when not in the home."""

    def __init__(self, placement: Placement, handles: int) -> None:
        self.data = placement.data
        self.note = placement.note
        self._placement = placement
        self._handles = handles
        self._open = True
        folder, port = socket_of(self.data)
        self.url = f"postgresql://postgres@/postgres?host={quote(folder, safe='')}&port={port}"

    @classmethod
    def start(cls, home: Path) -> Self:
        """Start the server of this home, or join the one that runs; stopped at exit at the latest.

        Raises `StoreUnavailable` and `DiskFull`.
        """
        with writing(home):
            placement = place(home.resolve())
            with _alone(placement.data):
                handles = _hold(placement.data)
                try:
                    initialize(placement)
                    ensure_running(placement)
                    server = cls(placement, handles)
                except BaseException:
                    os.close(handles)
                    raise
        atexit.register(server.close)
        return server

    def close(self) -> None:
        """Let go of the server; the last process to do so stops it. Closing twice is fine."""
        if not self._open:
            return
        self._open = False
        atexit.unregister(self.close)
        try:
            if self.data.exists():  # else the data was deleted, and the server ends by itself
                with _alone(self.data):
                    self._stop_if_last()
        finally:
            os.close(self._handles)

    def _stop_if_last(self) -> None:
        try:
            fcntl.flock(self._handles, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        # The exit code is of no use: a server that is already gone is stopped.
        self._placement.run("pg_ctl", "stop", "-w", "-m", "fast", log=log_of(self.data))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Keep other processes from starting or stopping the server of this data."""
    try:
        with FileLock(beside(data, "lock"), timeout=PATIENCE):
            yield
    except Timeout as error:
        raise StoreUnavailable(
            f"another process has been starting the database in {data} for {PATIENCE:.0f} s",
            cure="stop it and try again",
        ) from error


def _hold(data: Path) -> int:
    descriptor = os.open(beside(data, "handles"), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor
