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
    """A stack that others use: the file that builds it, and what it is installed from."""

    name: str
    stack: Path
    requirements: Path


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


def ready_python(peer: Peer, below: Path) -> Path | None:
    """The peer's Python below this folder, or none where it is to be made or made again."""
    folder = below / peer.name
    marker = folder / READY
    same = marker.is_file() and marker.read_text(encoding="ascii") == _fingerprint(peer)
    return _python(folder) if same else None


def prepare(peer: Peer, below: Path, say: Callable[[str], None]) -> Path:
    """The peer's Python; its environment is made where it is not ready, in some minutes.

    Raises `Unavailable` with the last words of what failed.
    """
    if found := ready_python(peer, below):
        return found
    folder = below / peer.name
    say(f"making the environment of {peer.name} in {folder}")
    _run([sys.executable, "-m", "venv", str(folder)], peer)
    python = _python(folder)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*install, _torch(peer)], peer)
    _run([*install, "--requirement", str(peer.requirements)], peer)
    (folder / READY).write_text(_fingerprint(peer), encoding="ascii")
    return python


def _python(folder: Path) -> Path:
    return folder / "bin" / "python"


def _fingerprint(peer: Peer) -> str:
    return hashlib.sha256(peer.requirements.read_bytes()).hexdigest()


def _torch(peer: Peer) -> str:
    lines = peer.requirements.read_text(encoding="utf-8").splitlines()
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
