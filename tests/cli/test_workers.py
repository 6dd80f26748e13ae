"""`assist serve --workers 2`, as processes of their own, all parts real.

The tests run in this order on one server; the last ones end it, and start others.
"""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.cli.commands import ASSIST, assist, check_refused, surroundings
from tests.service.parts import a_kb

PATIENCE = 120.0


class Server:
    """A running `assist serve` of several processes on its own home."""

    def __init__(self, home: Path, *options: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.home = home
        self.process = subprocess.Popen(
            [*ASSIST, "serve", "--port", str(self.port), "--home", str(home), *options],
            env=surroundings() | {"ASSIST_LOG": "json"},
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said = ""
        assert self.process.stderr is not None
        while "listening" not in self.said:
            line = self.process.stderr.readline()
            assert line, self.said
            self.said += line

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """On a connection of its own, so that any of the processes may answer."""
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60) as client:
            return client.request(method, path, **given)

    def workers(self) -> list[psutil.Process]:
        """The processes that serve, the one that builds first."""
        found = psutil.Process(self.process.pid).children()
        return sorted(found, key=lambda one: '"builds":true' not in " ".join(one.cmdline()))

    def generations(self, asked: int = 30) -> set[int]:
        """Which generations answer."""
        return {
            self.ask("GET", "/readyz").json().get("generation", {}).get("number", 0)
            for _ in range(asked)
        }


@pytest.fixture(scope="module")
def server(shared_folder: Path) -> Iterator[Server]:
    server = Server(shared_folder / "home", "--workers", "2")
    yield server
    server.process.kill()
    server.process.communicate()


def wait_until(condition: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


def numbers(server: Server) -> dict[str, float]:
    lines = server.ask("GET", "/metrics").text.splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_two_processes_serve_and_a_command_is_told_who_does(server: Server, tmp_path: Path) -> None:
    assert len(server.workers()) == 2
    assert "nothing has been ingested yet" in server.said
    check_refused(
        assist("search", "hub", home=server.home), "which serves it", f"127.0.0.1:{server.port}"
    )


def test_what_a_guest_ingests_is_served_by_all_of_them(server: Server, tmp_path: Path) -> None:
    done = assist(
        "ingest", str(a_kb(tmp_path, reset="Hold the button for long.")), home=server.home
    )
    assert done.returncode == 0, done.stderr

    def answered() -> bool:
        answers = [
            server.ask("POST", "/v1/search", json={"query": "hold the button"}) for _ in range(20)
        ]
        return all(a.status_code == 200 and a.json()["hits"] for a in answers)

    wait_until(answered)


def test_what_one_process_counts_is_told_by_all(server: Server) -> None:
    name = 'assist_requests_total{operation="suggest",status="200"}'
    before = numbers(server).get(name, 0)
    for number in range(12):
        ticket = {"id": f"t-{number}", "text": "How do I reset my hub?"}
        assert server.ask("POST", "/v1/suggestions", json=ticket).status_code == 200

    assert {numbers(server)[name] - before for _ in range(8)} == {12}
    processes = [name for name in numbers(server) if name.startswith("assist_process_memory")]
    assert len(processes) == 2


def test_doctor_asks_the_server(server: Server) -> None:
    done = assist("doctor", home=server.home)

    assert "served at" in done.stdout
    assert "ready, by generation" in done.stdout


def test_a_worker_that_dies_is_replaced_and_the_other_answers_meanwhile(server: Server) -> None:
    builder, reader = server.workers()
    builder.kill()
    for _ in range(10):
        assert server.ask("GET", "/readyz").status_code == 200

    wait_until(lambda: len(server.workers()) == 2 and builder not in server.workers())
    assert reader in server.workers()
    assert numbers(server)['assist_requests_total{operation="suggest",status="200"}'] >= 12


def test_told_to_end_it_answers_what_is_begun_and_ends_well(server: Server) -> None:
    workers = server.workers()
    wait_until(lambda: server.ask("GET", "/readyz").status_code == 200)
    server.process.send_signal(signal.SIGTERM)

    assert server.process.wait(60) == 0
    assert not any(one.is_running() for one in workers)
    assert assist("search", "button", home=server.home).returncode == 0


def test_workers_end_when_whoever_started_them_is_killed(server: Server) -> None:
    again = Server(server.home, "--workers", "2")
    workers = again.workers()
    again.process.kill()
    again.process.communicate()

    wait_until(lambda: not any(one.is_running() for one in workers))
    assert assist("search", "button", home=server.home).returncode == 0


def test_a_worker_that_cannot_begin_ends_all_with_its_reason(server: Server) -> None:
    done = assist(
        "serve", "--workers", "2", "--port", "18999", home=server.home, ASSIST_CHROMA_URL="nowhere"
    )

    check_refused(done, "ASSIST_CHROMA_URL")


def test_told_twice_a_server_ends_at_once(shared_folder: Path) -> None:
    alone = Server(shared_folder / "home")
    alone.process.send_signal(signal.SIGTERM)
    time.sleep(0.01)
    alone.process.send_signal(signal.SIGTERM)

    assert alone.process.wait(60) in {0, 1}
    assert alone.process.stderr is not None
    alone.process.stderr.close()
