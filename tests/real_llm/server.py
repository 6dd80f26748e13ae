"""`transformers serve` as a process of its own, with the tiny model."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.real_llm.model import write_model

STARTS_IN = 90.0
"""Seconds at most; alone on a machine it takes ten, most of them to import torch."""


class RealServer(NamedTuple):
    """Where it listens, and the name of its one model."""

    url: str
    model: str


@contextmanager
def real_server(folder: Path) -> Iterator[RealServer]:
    """The server, running; skips with a message where what it needs is not installed."""
    for package in ("transformers", "accelerate"):
        if find_spec(package) is None:
            pytest.skip(f"`transformers serve` needs {package}: install the `dev` extra")
    model, port = folder / "tiny-chat", _free_port()
    model.mkdir()
    (folder / "hub").mkdir()
    write_model(model)
    program = Path(sys.executable).parent / "transformers"
    log = folder / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [program, "serve", model, "--device", "cpu", "--port", str(port)],
            env=os.environ | _quiet(folder),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(port, process, log)
        yield RealServer(f"http://127.0.0.1:{port}/v1", str(model))
    finally:
        process.terminate()
        process.wait(20)


def _quiet(folder: Path) -> dict[str, str]:
    """Nothing is looked up outside, and one core is used."""
    return {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder), "OMP_NUM_THREADS": "1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + STARTS_IN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"transformers serve did not start:\n{log.read_text(encoding='utf-8')[-2_000:]}")
