"""Our own commands as fresh processes, with their time and the memory of all they started."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from assist.adapters.postgres.placement import LOCATION
from assist.errors import Unavailable
from evals.bench.results import Memory
from evals.homes import usual_models

INTERVAL = 0.1
"""Seconds between two looks; one takes about 10 ms for a process that has loaded a model."""
MB = 1_000_000
ELSEWHERE = ("ASSIST_DATABASE_URL", "ASSIST_RECORDS_URL", "ASSIST_WORKSPACE", "ASSIST_HOME")
"""A bench measures a home of its own, never a server that the environment names."""
ASSIST = (sys.executable, "-c", "from assist.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ended well."""

    stdout: str
    seconds: float
    memory: Memory


def run(home: Path, *arguments: str) -> Ran:
    """Run `assist ARGUMENTS` in this home. Raises `Unavailable` with its last words if it fails."""
    command = [*ASSIST, *arguments]
    began = time.perf_counter()
    with subprocess.Popen(
        command,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        watch = _Watch(process.pid, home)
        watch.start()
        stdout, stderr = process.communicate()
        seconds = time.perf_counter() - began
        peak = watch.finish(arguments[0])
    if process.returncode != 0:
        last = (stderr.strip().splitlines() or ["no word"])[-1]
        raise Unavailable(f"exit code {process.returncode}: {last}", where=f"assist {arguments[0]}")
    return Ran(stdout=stdout, seconds=seconds, memory=peak)


def environment(home: Path) -> dict[str, str]:
    """What our commands run with: this home, and none of the servers that the surroundings name.

    The model is compiled once for all homes, so that no time holds the seconds that takes.
    """
    kept = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    return kept | {"ASSIST_HOME": str(home), "ASSIST_COMPILED": str(usual_models())}


@dataclass
class _Watch:
    """Looks at a process tree and the home's database from a thread until told to finish."""

    pid: int
    home: Path
    _total: int = 0
    _database: int = 0
    _samples: int = 0
    _done: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def finish(self, command: str) -> Memory:
        self._done.set()
        if self._thread is not None:
            self._thread.join()
        return Memory(
            command=f"assist {command}",
            peak_mb=round(self._total / MB, 1),
            database_mb=round(self._database / MB, 1),
            samples=self._samples,
        )

    def _look(self) -> None:
        while not self._done.wait(INTERVAL):
            database = tree(postmaster(self.home))
            parts = {pid: pss(pid) for pid in tree(self.pid) | database}
            self._samples += 1
            self._total = max(self._total, sum(parts.values()))
            self._database = max(self._database, sum(parts[pid] for pid in database))


def postmaster(home: Path) -> int | None:
    """The process id of the home's database; none while it does not run.

    It is no child of the command: it leaves its parent when it starts.
    """
    location = home / LOCATION
    try:
        data = Path(location.read_text().strip()) if location.exists() else home / "postgres"
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):  # not there yet, or just being written
        return None


def tree(pid: int | None) -> set[int]:
    """A process and all that it started, by id; none where it has ended."""
    if pid is None:
        return set()
    try:
        return {pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))}
    except psutil.NoSuchProcess:
        return set()


def pss(pid: int) -> int:
    """Bytes of memory, shared pages divided among those who share them; 0 once it has ended."""
    try:
        return int(psutil.Process(pid).memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0
