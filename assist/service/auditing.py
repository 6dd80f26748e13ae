"""What is written into the audit log: acts at once, what was seen a little later, by a thread."""

import logging
import threading
from collections.abc import Sequence

from assist.domain.audit import OPERATOR, AuditEntry
from assist.errors import AssistError
from assist.ports import AuditLog, Clock

LOG = logging.getLogger(__name__)
PAUSE = 1.0
"""Seconds that an entry about something seen may wait: what a process that is killed may lose. One
write a second costs nothing; one for each answer would be a third of the time of a short one."""
MOST_WAITING = 2_000
"""Entries that wait for a database that does not answer. Beyond them nothing is shown."""


def operated(audit: AuditLog, clock: Clock, what: str, *about: str) -> None:
    """What whoever runs the service did, or had a server do: told at once. `Unavailable`."""
    audit.add([AuditEntry.made(clock.now(), OPERATOR, "command", what, about=about)])


class Auditing:
    """Writes to one audit log. `close` it: what waits is written then. Thread-safe."""

    def __init__(self, log: AuditLog, pause: float = PAUSE, most: int = MOST_WAITING) -> None:
        self._log = log
        self._pause = pause
        self._most = most
        self._waiting: list[AuditEntry] = []
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def acted(self, entry: AuditEntry) -> None:
        """Write it now, and what waits before it. Raises `Unavailable`: then it is not written."""
        self._write([entry])

    def saw(self, entry: AuditEntry) -> None:
        """Write it within `PAUSE`. Raises `Unavailable` where too many wait already."""
        with self._lock:
            full = len(self._waiting) >= self._most
            if not full:
                self._waiting.append(entry)
            if self._thread is None and not self._stop.is_set():
                self._thread = threading.Thread(target=self._run, name="audit", daemon=True)
                self._thread.start()
        if full or self._stop.is_set():
            self._write([entry] if full else [])

    def close(self) -> None:
        """Write what waits. What cannot be written stands in the server's log: it is ids."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        try:
            self._write([])
        except AssistError as error:
            LOG.error("the audit log lacks what follows: %s", error)  # noqa: TRY400 - it says it all
            for entry in self._waiting:
                LOG.error("not in the audit log: %s", entry.model_dump_json())  # noqa: TRY400

    def _run(self) -> None:
        told = False
        while not self._stop.wait(self._pause):
            try:
                self._write([])
                told = False
            except AssistError as error:
                if not told:
                    LOG.error("the audit log waits: %s", error)  # noqa: TRY400 - it says it all
                told = True

    def _write(self, entries: Sequence[AuditEntry]) -> None:
        """What waits, then these, in order; what waited waits on where that fails."""
        with self._writing:
            with self._lock:
                waited, self._waiting = self._waiting, []
            try:
                self._log.add([*waited, *entries])
            except AssistError:
                with self._lock:
                    self._waiting = waited + self._waiting
                raise
