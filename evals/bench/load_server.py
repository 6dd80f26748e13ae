"""A server under load: started as its users start it, its memory and processor time looked at."""

import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from assist.errors import Unavailable
from evals.bench.commands import ASSIST, MB, environment, postmaster, pss, tree

LOOK_EVERY = 2.0
"""Seconds between two looks at its memory, each some 10 ms per process."""
START = 180.0
"""Seconds it may take until it is ready."""


@dataclass
class Watched:
    """A running server: where it answers, its process id, and its memory (seconds, MB)."""

    url: str
    pid: int
    home: Path
    memory: list[tuple[float, float]] = field(default_factory=list)

    def seconds_of_cpu(self) -> float:
        """Processor time of all its processes so far."""
        return sum(_cpu(pid) for pid in tree(self.pid))

    def database_seconds_of_cpu(self) -> float:
        """The same of the home's database; a connection that ended meanwhile is not in it."""
        return sum(_cpu(pid) for pid in tree(postmaster(self.home)))

    def look(self, began: float) -> None:
        """Note its memory once."""
        total = sum(pss(pid) for pid in tree(self.pid))
        self.memory.append((time.monotonic() - began, total / MB))


@contextmanager
def serving(home: Path, workers: int) -> Iterator[Watched]:
    """`assist serve --workers N` on this home, ready; ended as an operator ends it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*ASSIST, "serve", "--home", str(home), "--port", str(port)]
    command += ["--workers", str(workers)] if workers > 1 else []
    log = home / "serve.log"
    with (
        log.open("w", encoding="utf-8") as said,
        subprocess.Popen(command, env=environment(home), stderr=said) as server,
    ):
        watched = Watched(f"http://127.0.0.1:{port}", server.pid, home)
        try:
            _wait_until_ready(watched, server, log)
            yield watched
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(timeout=90)
            except subprocess.TimeoutExpired:
                server.kill()


@contextmanager
def watching(server: Watched) -> Iterator[None]:
    """Its memory is looked at while the block runs."""
    done, began = threading.Event(), time.monotonic()

    def look() -> None:
        while not done.wait(LOOK_EVERY):
            server.look(began)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _wait_until_ready(server: Watched, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{server.url}/readyz", timeout=5).status_code == 200:
                return
        time.sleep(0.2)
    raise Unavailable(f"the server did not start: {log.read_text('utf-8').strip()[-500:]}")


def _cpu(pid: int) -> float:
    try:
        taken = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(taken.user + taken.system)
