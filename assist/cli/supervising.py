"""Several processes behind one address on one home: started, started again, and ended together.

This process owns the home and the address, and does nothing else: it loads no model and opens no
database, so there is little in it that could fail. The first worker builds, the others read.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import typer

from assist.cli.announcing import Told
from assist.cli.options import say
from assist.settings import Settings

LOOK = 0.2
"""Seconds between looks at whether all live."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
"""Seconds until a worker that died is started again; the wait doubles while it goes on dying."""
STEADY = 60.0
"""Seconds after which a worker that lives counts as well."""
AFTER_DRAIN = 15.0
"""Seconds beyond the time to drain, for half-built jobs to be put back and stores to be closed."""
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


@dataclass
class Worker:
    """One of the processes, whichever it is now."""

    told: Told
    environment: dict[str, str]
    ready: threading.Event = field(default_factory=threading.Event)
    process: "subprocess.Popen[bytes] | None" = None
    wait: float = FIRST_WAIT
    started: float = 0.0
    again_at: float = 0.0

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C in a terminal is told to its parent alone."""
        self.started = time.monotonic()
        self.ready.clear()
        self.process = subprocess.Popen(  # noqa: S603 - a module of ours, with what we wrote
            [sys.executable, "-m", "assist.cli.worker_process", self.told.model_dump_json()],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=(self.told.descriptor,),
            start_new_session=True,
        )
        threading.Thread(target=self._hear, args=(self.process,), daemon=True).start()

    def _hear(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None  # noqa: S101 - asked for above
        for line in process.stdout:
            if line.strip() == b"ready":
                self.ready.set()

    def died(self) -> int | None:
        """Its exit code, where it has ended."""
        return self.process.poll() if self.process is not None else None


class Supervisor:
    """All of the workers, from their start to their end."""

    def __init__(self, settings: Settings, listening: socket.socket, count: int, told: Told):
        self._drain = settings.load.drain_seconds + AFTER_DRAIN
        self._folder = _emptied(settings.home / "metrics")
        environment = {**os.environ, FOLDER: str(self._folder)}
        self._listening = listening
        self._workers = [
            Worker(told.model_copy(update={"builds": first, "announces": first}), environment)
            for first in (True, *[False] * (count - 1))
        ]
        self._asked = 0

    def run(self, ready: Callable[[], None]) -> None:
        """Serve until told to end; `ready` is called when all answer.

        Raises `typer.Exit` where a worker cannot even begin; it has said why.
        """
        with self._hearing_signals():
            try:
                self._begin()
                if not self._asked:
                    ready()
                while not self._asked:
                    self._look()
                    time.sleep(LOOK)
            finally:
                self._end()

    def _begin(self) -> None:
        """The one that builds first: the others read what it has built."""
        for worker in self._workers[:1], self._workers[1:]:
            for one in worker:
                one.start()
            for one in worker:
                self._wait_for(one)
                one.told = one.told.model_copy(update={"announces": False})  # said once

    def _wait_for(self, worker: Worker) -> None:
        while not self._asked and not worker.ready.wait(LOOK):
            if (code := worker.died()) is not None:
                raise typer.Exit(code or 2)  # it has said why

    def _look(self) -> None:
        now = time.monotonic()
        for worker in self._workers:
            code = worker.died()
            if code is None:
                if now - worker.started > STEADY:
                    worker.wait = FIRST_WAIT
            elif not worker.again_at:
                worker.again_at = now + worker.wait
                self._forget_numbers(worker)
                which = "that builds" if worker.told.builds else "that reads"
                say(f"a worker {which} ended ({code}); another is started in {worker.wait:.0f} s")
            elif now >= worker.again_at:
                worker.again_at, worker.wait = 0.0, min(2 * worker.wait, LONGEST_WAIT)
                worker.start()

    def _forget_numbers(self, worker: Worker) -> None:
        """What a process that has ended holds now is nothing; what it counted stays counted."""
        if worker.process is not None:
            for file in self._folder.glob(f"gauge_live*_{worker.process.pid}.db"):
                file.unlink(missing_ok=True)

    def _end(self) -> None:
        """Tell all to end, and wait; who is asked twice waits no longer."""
        living = [one.process for one in self._workers if one.process and one.died() is None]
        for process in living:
            process.send_signal(signal.SIGTERM)
        until = time.monotonic() + self._drain
        while any(process.poll() is None for process in living):
            if self._asked > 1 or time.monotonic() > until:
                for process in living:
                    process.kill()
            time.sleep(LOOK / 4)
        self._listening.close()

    @contextmanager
    def _hearing_signals(self) -> Iterator[None]:
        def hear(_signal: int, _frame: object) -> None:
            self._asked += 1

        before = {sig: signal.signal(sig, hear) for sig in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)


def _emptied(folder: Path) -> Path:
    """A folder for the numbers of this server alone: those of an earlier one count no longer."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    return folder
