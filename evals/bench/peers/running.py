"""A peer, passages and queries -> its runs and what they took; each peer has its own process."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from assist.domain.base import Model
from assist.errors import Unavailable
from evals.bench.peers.environments import HERE, Peer
from evals.bench.peers.measuring import TIMED

MEASURING = HERE / "measuring.py"
MEASURED = "measured.json"
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "DO_NOT_TRACK": "1",
}
"""Set for every peer: nothing is fetched and nobody is told."""


class Timing(Model):
    """The searches of one query file, milliseconds each.

    `timed` distinct queries of `n` were timed, the first of them apart.
    """

    queries: str
    n: int
    timed: int
    first_ms: float
    p50_ms: float
    p95_ms: float


class Measured(Model):
    """What a peer took. Loading is of the libraries and the model, ingesting from texts on."""

    passages: int
    vectors_given: bool
    load_seconds: float
    ingest_seconds: float
    rss_mb: float
    timed_depth: int
    runs: tuple[Timing, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What every peer is given.

    `vectors` are those of the passages, or none to have them made; `timed` how many distinct
    queries of a file are timed.
    """

    passages: Path
    queries: tuple[Path, ...]
    model: Path
    vectors: Path | None = None
    timed: int = TIMED


def measure(peer: Peer, python: Path, task: Task, out: Path) -> Measured:
    """Run the peer; its TREC runs, one per query file, and its log are in `out` afterwards.

    Raises `Unavailable` with its last words where it fails.
    """
    out.mkdir(parents=True, exist_ok=True)
    measured, log = out / MEASURED, out / "log.txt"
    for old in (measured, *(out / f"{queries.stem}.trec" for queries in task.queries)):
        old.unlink(missing_ok=True)
    with log.open("w", encoding="utf-8") as words:
        code = subprocess.run(
            _command(peer, python, task, out),
            env=os.environ | QUIET,
            stdout=words,
            stderr=words,
            check=False,
        ).returncode
    if code != 0:
        last = (log.read_text(encoding="utf-8").strip().splitlines() or ["no word"])[-1]
        raise Unavailable(f"exit code {code}: {last}", where=peer.name, cure=f"see {log}")
    return read_measured(measured)


def read_measured(file: Path) -> Measured:
    """What an earlier run took. Raises `Unavailable` where it left nothing that can be read."""
    try:
        return Measured.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise Unavailable(
            f"left no measurements: {error}", where=str(file), cure="run the peer again"
        ) from error


def _command(peer: Peer, python: Path, task: Task, out: Path) -> list[str]:
    """Isolated (`-I`): neither our packages nor the user's are on the peer's path."""
    command = [str(python), "-I", str(MEASURING), str(peer.stack)]
    command += ["--passages", str(task.passages), "--model", str(task.model), "--out", str(out)]
    command += ["--timed", str(task.timed)]
    for queries in task.queries:
        command += ["--queries", str(queries)]
    return command + (["--vectors", str(task.vectors)] if task.vectors else [])
