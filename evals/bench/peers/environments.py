"""A peer -> the Python of an environment of its own, made when it is first asked for."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assist.errors import Unavailable

HERE = Path(__file__).parent
TORCH = "torch=="
"""Begins the line that is installed first and alone, so that nothing asks for a CUDA build."""
READY = ".ready"
"""In an environment: what it was made from."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A stack: the file that builds it, and what it is installed from; none: it is our own."""

    name: str
    stack: Path
    requirements: Path | None


def _peer(name: str, stack: str) -> Peer:
    return Peer(name, HERE / "stacks" / stack, HERE / "requirements" / f"{name}.txt")


PEERS = {
    peer.name: peer
    for peer in (
        _peer("langchain", "langchain_ensemble.py"),
        _peer("llamaindex", "llamaindex_fusion.py"),
        _peer("haystack", "haystack_hybrid.py"),
        _peer("txtai", "txtai_hybrid.py"),
    )
}

OURS = Peer("assist", HERE / "stacks" / "assist_own.py", None)
"""Ourselves, in the environment of whoever measures."""
STACKS = {OURS.name: OURS, **PEERS}


def ready_python(peer: Peer, below: Path) -> Path | None:
    """The peer's Python below this folder, or none where it is to be made or made again."""
    if peer.requirements is None:
        return Path(sys.executable)
    folder = below / peer.name
    marker, needed = folder / READY, peer.requirements
    same = marker.is_file() and marker.read_text(encoding="ascii") == _fingerprint(needed)
    return _python(folder) if same else None


def prepare(peer: Peer, below: Path, say: Callable[[str], None]) -> Path:
    """The peer's Python; its environment is made where it is not ready, in some minutes.

    Raises `Unavailable` with the last words of what failed.
    """
    found, needed = ready_python(peer, below), peer.requirements
    if found or needed is None:
        return found or Path(sys.executable)
    folder = below / peer.name
    say(f"making the environment of {peer.name} in {folder}")
    _run([sys.executable, "-m", "venv", str(folder)], peer)
    python = _python(folder)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*install, _torch(needed)], peer)
    _run([*install, "--requirement", str(needed)], peer)
    (folder / READY).write_text(_fingerprint(needed), encoding="ascii")
    return python


def _python(folder: Path) -> Path:
    return folder / "bin" / "python"


def _fingerprint(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def _torch(requirements: Path) -> str:
    lines = requirements.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(TORCH))


def _run(command: Sequence[str], peer: Peer) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise Unavailable(
            f"its environment cannot be made: {last}",
            where=peer.name,
            cure="reach a package index, or leave this peer out with --peer",
        )
