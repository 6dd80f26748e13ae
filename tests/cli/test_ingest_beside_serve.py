"""`assist serve` and `assist ingest` on one home, as processes of their own, all parts real.

The tests run in this order on one server, which the last but one kills.
"""

import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assist.cli import app
from assist.errors import HomeServed
from assist.service.indexing import silent
from assist.service.merging import Prune
from assist.settings import Settings
from assist.wiring import opened, place, visiting
from tests.cli.commands import ASSIST, assist, check_refused, surroundings
from tests.service.parts import a_kb

ARTICLES = 48
"""So many keep the model busy for long enough to end a server in the middle."""


class Server:
    """A running `assist serve` on its own home."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [*ASSIST, "serve", "--port", str(port), "--home", str(self.home)],
            env=surroundings(),
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said = ""
        assert self.process.stderr is not None
        while "listening" not in self.said:
            line = self.process.stderr.readline()
            assert line, self.said
            self.said += line
        # It takes connections just after it said so.
        self.client = httpx.Client(
            base_url=self.url, transport=httpx.HTTPTransport(retries=6), timeout=60
        )

    def guest(self, path: Path, *options: str) -> "subprocess.Popen[str]":
        """`assist ingest PATH --json` on the same home."""
        return subprocess.Popen(
            [*ASSIST, "ingest", str(path), "--json", "--home", str(self.home), *options],
            env=surroundings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def search(self, query: str) -> dict[str, Any]:
        """The first hit."""
        hits = self.client.post("/v1/search", json={"query": query, "top_k": 1}).json()["hits"]
        return dict(hits[0]["passage"])

    def latest(self) -> dict[str, Any]:
        """The newest job."""
        return dict(self.client.get("/v1/ingest", params={"limit": 1}).json()["jobs"][0])

    def end_of(self, answer: httpx.Response) -> dict[str, Any]:
        """The job that was accepted, when it has ended."""
        assert answer.status_code == 202, answer.text
        while True:
            job = dict(self.client.get(answer.headers["location"]).json())
            if job["state"] not in {"waiting", "building"}:
                return job
            time.sleep(0.05)


@pytest.fixture(scope="module")
def server(shared_folder: Path) -> Iterator[Server]:
    """A server on a home that nothing was ingested into yet."""
    server = Server(shared_folder)
    yield server
    server.client.close()
    server.process.kill()
    server.process.communicate()


def reported(process: "subprocess.Popen[str]") -> tuple[dict[str, Any], str]:
    """The report that a guest printed, and what it said beside it."""
    out, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return json.loads(out), said


def a_large_kb(folder: Path, text: str) -> Path:
    """Articles enough to keep the model busy."""
    steps = " ".join(f"Step {step}: {text}" for step in range(40))
    return a_kb(folder, **{f"article-{number}": f"{number}. {steps}" for number in range(ARTICLES)})


def test_a_server_without_a_knowledge_base_says_so_and_serves_what_a_guest_ingests(
    server: Server, tmp_path: Path
) -> None:
    assert "nothing has been ingested yet" in server.said
    assert server.client.get("/readyz").status_code == 503

    report, said = reported(server.guest(a_kb(tmp_path, reset="Hold the button for long.")))

    assert (report["added"], report["published"]) == (1, True)
    assert f"{server.url} serves this home" in said
    assert server.client.get("/readyz").status_code == 200
    assert server.search("hold the button")["text"] == "Hold the button for long."


def test_two_guests_at_once_are_both_served_and_requests_are_answered_meanwhile(
    server: Server, tmp_path: Path
) -> None:
    guests = [
        server.guest(a_kb(tmp_path / "wifi", wifi="Join the wireless network.")),
        server.guest(a_kb(tmp_path / "lock", lock="Turn the brass key.")),
    ]
    answers = []
    while any(guest.poll() is None for guest in guests):
        answers += [
            server.client.get("/readyz").status_code,
            server.client.get("/sample").status_code,
        ]
        ticket = {"id": "t", "text": "How do I reset it? Hold the button?"}
        answers.append(server.client.post("/v1/suggestions", json=ticket).status_code)

    reports = [reported(guest)[0] for guest in guests]

    assert set(answers) == {200}
    assert [report["added"] for report in reports] == [1, 1]
    assert sorted(report["documents"] for report in reports) == [2, 3]
    for query in ("Hold the button for long.", "Join the wireless network.", "Turn the brass key."):
        assert server.search(query)["text"] == query


def test_a_guest_fails_as_it_would_alone_and_the_old_generation_serves_on(
    server: Server, tmp_path: Path
) -> None:
    before = server.latest()["generation"]
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/returns.md").write_text("---\nid: returns\nclauses: [1]\n---\nSend it.")

    guest = server.guest(tmp_path)
    out, said = guest.communicate(timeout=60)

    assert (guest.returncode, out) == (2, "")
    assert f"{tmp_path}/policies/returns.md:3" in said
    assert server.client.get("/readyz").json()["generation"]["id"] == before


def test_a_path_that_cannot_be_read_is_refused_before_it_is_sent(
    server: Server, tmp_path: Path
) -> None:
    jobs = server.latest()["id"]

    check_refused(assist("ingest", str(tmp_path / "none"), home=server.home), "no such file")

    assert server.latest()["id"] == jobs


def test_what_programs_send_is_served(server: Server) -> None:
    document = {"id": "plug", "text": "The plug glows violet while it pairs.", "regions": ["UK"]}
    files = [
        ("files", ("../../../camera.md", b"# Camera\n\nWipe the lens with a dry cloth.")),
        ("files", ("/etc/passwd", b"no article")),
    ]

    documents = server.client.post("/v1/ingest", json={"documents": [document], "source": "wiki"})
    uploaded = server.client.post("/v1/ingest", files=files, data={"source": "files"})

    assert server.end_of(documents)["report"]["added"] == 1
    report = server.end_of(uploaded)["report"]
    assert (report["added"], report["problems"][0]["where"]) == (1, "passwd")
    assert server.search("plug glows violet")["document_id"] == "plug"
    assert server.search("wipe the lens with a cloth")["document_id"] == "camera.md"
    uploads = server.home / "uploads/default"
    assert (uploads.stat().st_mode & 0o077, list(uploads.iterdir())) == (0, [])


def test_a_job_that_fails_says_what_is_wrong_with_what_was_sent(server: Server) -> None:
    files = [("files", ("returns.md", b"---\nid: returns\nclauses: [1]\n---\nSend it back."))]

    job = server.end_of(server.client.post("/v1/ingest", files=files, data={"kind": "policy"}))

    assert job["state"] == "failed"
    assert job["problem"]["where"] == "returns.md:3"
    assert server.search("hold the button")["text"] == "Hold the button for long."


def test_other_commands_are_told_whom_to_ask(server: Server) -> None:
    check_refused(assist("search", "x", home=server.home), f"ask {server.url} instead", "--home")
    check_refused(
        assist("ingest", ".", "--workspace", "other", home=server.home), f"ask {server.url} instead"
    )


def test_a_server_that_is_killed_while_it_builds_is_replaced_by_the_guest_that_waits(
    server: Server, tmp_path: Path
) -> None:
    guest = server.guest(a_large_kb(tmp_path, "unscrew the lid."))
    while server.latest()["state"] != "building":
        assert guest.poll() is None
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()

    report, said = reported(guest)

    assert f"the server at {server.url} has ended; building job" in said
    assert (report["added"], report["removed"]) == (ARTICLES, 0)
    with opened(Settings(home=server.home)) as desk:
        serving = desk.parts.knowledge.current()
        assert serving is not None
        assert serving.id == report["generation"]
        (job,) = desk.parts.jobs.latest(1)
        assert (job.state, job.attempts) == ("published", 2)
        names = {document.id for document in desk.parts.knowledge.documents(serving.id)}
    assert {"articles/reset.md", "articles/lock.md", "plug", "camera.md"} < names


def test_a_job_that_nobody_follows_is_finished_by_the_next_owner(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(home=server.home)
    with visiting(settings) as guest:
        left = a_kb(tmp_path / "left", left="Left behind by its sender.")
        job = guest.send(left, kind=None, prune=Prune.NOTHING, progress=silent)

    new = a_kb(tmp_path / "new", new="Ingested later.")
    app(["ingest", str(new), "--home", str(server.home)], standalone_mode=False)

    assert f"finished job {job.id}" in capsys.readouterr().err
    with opened(settings) as desk:
        serving = desk.parts.knowledge.current()
        assert serving is not None
        names = {document.id for document in desk.parts.knowledge.documents(serving.id)}
    assert {"articles/left.md", "articles/new.md"} <= names


def test_a_server_is_known_by_its_workspace_and_its_database(tmp_path: Path) -> None:
    one = Settings(home=tmp_path)
    places = {
        place(one),
        place(Settings(home=tmp_path, workspace="other")),
        place(Settings(home=tmp_path, database_url="postgresql://a:secret@host/desk")),
    }
    assert len(places) == 3
    assert place(Settings(home=tmp_path / "elsewhere")) == place(one)
    assert not [name for name in places if "secret" in name]


def test_who_serves_is_told_with_the_refusal(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with (
        opened(settings, "http://127.0.0.1:8000"),
        pytest.raises(HomeServed, match="which serves it") as caught,
        opened(settings),
    ):
        pass
    assert (caught.value.url, caught.value.place) == ("http://127.0.0.1:8000", place(settings))
