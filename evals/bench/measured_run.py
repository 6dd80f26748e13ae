"""A command -> its seconds, its processor seconds and its peak of memory, as Linux counts them."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from assist.domain.base import Model
from assist.errors import Unavailable


class Ran(Model):
    """What one process took. `peak_mb` is its largest resident set, in 10**6 bytes."""

    seconds: float
    processor_seconds: float
    peak_mb: float


LAUNCHER = """
import json, os, sys, time
began = time.perf_counter()
child = os.spawnvp(os.P_NOWAIT, sys.argv[2], sys.argv[2:])
_, status, used = os.wait4(child, 0)
found = {
    "seconds": round(time.perf_counter() - began, 2),
    "processor_seconds": round(used.ru_utime + used.ru_stime, 2),
    "peak_mb": round(used.ru_maxrss * 1024 / 1e6, 1),
}
with open(sys.argv[1], "w") as file:
    json.dump(found, file)
sys.exit(abs(os.waitstatus_to_exitcode(status)))
"""
"""Starts the command from a small process: Linux counts the peak of whoever starts one as its."""


def ran(command: Sequence[str], out: Path, also: Mapping[str, str]) -> Ran:
    """Run a command; what it prints is in `out`, its words beside it. Raises `Unavailable`.

    A database that it starts is a process of its own and is not counted.
    """
    log, took = out.with_suffix(".log"), out.with_suffix(".took")
    launcher = (sys.executable, "-I", "-S", "-c", LAUNCHER, str(took), *command)
    with out.open("wb") as printed, log.open("wb") as words:
        code = subprocess.run(
            launcher, stdout=printed, stderr=words, env=os.environ | also, check=False
        ).returncode
    if code != 0:
        last = (log.read_text("utf-8", errors="replace").strip().splitlines() or ["no word"])[-1]
        raise Unavailable(f"exit code {code}: {last}", where=str(command[0]))
    return Ran.model_validate_json(took.read_bytes())
