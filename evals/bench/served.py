"""How fast over HTTP: `assist serve` on the corpus, one ticket after another."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from assist.domain.ticket import Ticket
from evals.bench.commands import ASSIST, environment
from evals.bench.results import Latency
from evals.bench.speed import AT, percentile

RETRIEVAL = "gather"
"""The step that searches: what is beyond it is ours and the network's."""
READ_AHEAD = 60.0
"""Seconds at most that a server is given to read ahead before the clock starts."""


def served_suggest(home: Path, corpus: str, asked: Sequence[Ticket]) -> tuple[Latency, Latency]:
    """`POST /v1/suggestions`, whole and beyond retrieval; the first ticket before the clock."""
    whole: list[float] = []
    beyond: list[float] = []
    transport = httpx.HTTPTransport(retries=6)  # it takes connections just after it said so
    with (
        _served(home) as address,
        httpx.Client(base_url=address, timeout=120, transport=transport) as client,
    ):
        _suggest(client, asked[0])
        time.sleep(READ_AHEAD)
        for ticket in asked:
            began = time.perf_counter()
            suggestion = _suggest(client, ticket)
            whole.append((time.perf_counter() - began) * 1000)
            steps = {trace["step"]: trace["ms"] for trace in suggestion["trace"]}
            beyond.append(whole[-1] - steps[RETRIEVAL])
    return (
        _latency("POST /v1/suggestions", corpus, whole),
        _latency("of that, beyond retrieval", corpus, beyond),
    )


def _suggest(client: httpx.Client, ticket: Ticket) -> dict[str, Any]:
    body = ticket.model_dump(mode="json")
    answer = client.post("/v1/suggestions", params={"at": AT.isoformat()}, json=body)
    answer.raise_for_status()
    suggestion: dict[str, Any] = answer.json()
    return suggestion


@contextmanager
def _served(home: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*ASSIST, "serve", "--home", str(home), "--port", str(port)]
    with subprocess.Popen(
        command, env=environment(home), stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr is not None  # noqa: S101 - asked for above
        server.stderr.readline()  # "listening on", once it is warm
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=60)


def _latency(operation: str, corpus: str, taken: Sequence[float]) -> Latency:
    return Latency(
        operation=operation,
        corpus=corpus,
        n=len(taken),
        p50_ms=round(percentile(taken, 50), 1),
        p95_ms=round(percentile(taken, 95), 1),
    )
