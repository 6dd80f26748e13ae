"""Graphs on a real Chroma server, which the tests start, kill and start again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest

from assist.adapters.generations import BorrowedFolders
from assist.adapters.vectors import Choice, StoredVectors
from assist.adapters.vectors import server_graphs as module
from assist.adapters.vectors.chroma_server import connected, version_of
from assist.adapters.vectors.graphs import NoGraphs
from assist.adapters.vectors.server_graphs import ServerGraphs, Whose
from assist.errors import BadSetting, StoreUnavailable
from tests.adapters.vectors.drawn import GRAPHS, by_hand, passages, topical
from tests.contracts.vector_index import VectorIndexContract, quiet

COUNT = 400
PATIENCE = 60.0


class ChromaServer:
    """`chroma run` on a folder and a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = Path(sys.executable).with_name("chroma")
        self.process = subprocess.Popen(
            [
                command,
                "run",
                "--path",
                self.folder,
                "--host",
                "127.0.0.1",
                "--port",
                str(self.port),
            ],
            env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(StoreUnavailable):
                version_of(self.url)
                return
            time.sleep(0.1)
        raise AssertionError("chroma did not start")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST", 0.05)


OPENED: list[ServerGraphs] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Connections are let go of at the end of each test."""
    yield
    while OPENED:
        OPENED.pop().close()


def store(
    server: ChromaServer, workspace: str, *, builds: bool = True, at: str = "here"
) -> ServerGraphs:
    OPENED.append(ServerGraphs(server.url, Whose(at, workspace, builds)))
    return OPENED[-1]


def names(server: ChromaServer, workspace: str) -> list[str]:
    with closing(connected(server.url)) as connection:
        found = connection.names()
    return [name for name in found if name.startswith(f"assist.{workspace}.")]


def check_found(index: StoredVectors, vectors, asked: int = 3) -> None:
    """The nearest ten are those that comparing with every row finds."""
    found = index.nearest("g1", vectors[asked], 10, ((0, len(vectors)),))
    due = by_hand(vectors, vectors[asked], range(len(vectors)), 10)
    assert len(set(due) & set(found.rows.tolist())) >= 9
    np.testing.assert_allclose(found.scores, vectors[found.rows] @ vectors[asked], atol=1e-6)


class TestStoredVectorsWithAServer(VectorIndexContract):
    @pytest.fixture
    def index(self, tmp_path, chroma):
        graphs = store(chroma, f"contract-{tmp_path.name[-40:].strip('-_.').lower()}")
        index = StoredVectors(tmp_path, Choice(exact_rows=0, graph=0, result=0), graphs)
        yield index
        index.close()


def test_the_collections_are_found_by_every_process_and_say_whose_they_are(
    chroma: ChromaServer, tmp_path: Path
) -> None:
    vectors, of_each = topical(COUNT), [*passages(300), *passages(100, "policy")]
    builder = StoredVectors(tmp_path, GRAPHS, store(chroma, "shared"))
    builder.build("g1", of_each, vectors, quiet)

    graphs = store(chroma, "shared", builds=False)
    reader = StoredVectors(tmp_path, GRAPHS, graphs, BorrowedFolders)

    check_found(reader, vectors)
    assert graphs.unanswered == 0
    kinds = sorted(name.split(".")[-1] for name in names(chroma, "shared"))
    assert kinds == ["kb", "policy"]
    assert all(name.startswith("assist.shared.here.g1-") for name in names(chroma, "shared"))


def test_two_homes_with_the_same_vectors_share_a_collection_and_others_do_not(
    chroma: ChromaServer, tmp_path: Path
) -> None:
    vectors = topical(COUNT)
    for name, given in (("a", vectors), ("b", vectors), ("c", np.roll(vectors, 1, axis=1))):
        index = StoredVectors(tmp_path / name, GRAPHS, store(chroma, "homes"))
        index.build("g1", passages(COUNT), given, quiet)
        check_found(index, given)

    assert len(names(chroma, "homes")) == 2


def test_what_is_not_kept_is_deleted_of_this_workspace_and_installation_alone(
    chroma: ChromaServer, tmp_path: Path
) -> None:
    vectors = topical(COUNT)
    for workspace in ("mine", "theirs"):
        index = StoredVectors(tmp_path / workspace, GRAPHS, store(chroma, workspace))
        for generation in ("g1", "g2"):
            index.build(generation, passages(COUNT), vectors, quiet)
    elsewhere = store(chroma, "mine", at="elsewhere")
    StoredVectors(tmp_path / "mine", GRAPHS, elsewhere).drop(["g1", "g2"])
    StoredVectors(tmp_path / "mine", GRAPHS, store(chroma, "mine", builds=False)).drop([])
    assert len(names(chroma, "mine")) == 2

    StoredVectors(tmp_path / "mine", GRAPHS, store(chroma, "mine")).drop(["g2"])

    assert [name.split(".")[3][:3] for name in names(chroma, "mine")] == ["g2-"]
    assert len(names(chroma, "theirs")) == 2


def test_without_the_server_all_is_found_and_said_once_and_it_is_asked_when_it_is_back(
    chroma: ChromaServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    vectors, graphs = topical(COUNT), store(chroma, "killed")
    index = StoredVectors(tmp_path, GRAPHS, graphs)
    index.build("g1", passages(COUNT), vectors, quiet)
    check_found(index, vectors)
    assert graphs.unanswered == 0

    chroma.kill()
    for asked in range(5):
        check_found(index, vectors, asked)
        time.sleep(0.06)
    assert graphs.unanswered == 5
    assert index.unfindable("g1", range(COUNT), quiet) == []
    assert caplog.text.count("every row is compared meanwhile") == 1

    chroma.start()
    until = time.monotonic() + PATIENCE
    while "answers again" not in caplog.text and time.monotonic() < until:
        check_found(index, vectors)
        time.sleep(0.06)
    unanswered = graphs.unanswered
    check_found(index, vectors)
    assert graphs.unanswered == unanswered


def test_an_ingest_without_the_server_ends_and_the_graphs_are_made_when_it_is_back(
    chroma: ChromaServer, tmp_path: Path
) -> None:
    vectors, graphs = topical(COUNT), store(chroma, "later")
    index = StoredVectors(tmp_path, GRAPHS, graphs)
    chroma.kill()
    index.build("g1", passages(COUNT), vectors, quiet)
    check_found(index, vectors)

    chroma.start()
    until = time.monotonic() + PATIENCE
    while not names(chroma, "later") or "unfinished" in names(chroma, "later")[0]:
        assert time.monotonic() < until
        check_found(index, vectors)
        time.sleep(0.06)

    time.sleep(0.1)
    unanswered = graphs.unanswered
    check_found(index, vectors)
    assert graphs.unanswered == unanswered


def test_graphs_of_another_place_are_not_needed(chroma: ChromaServer, tmp_path: Path) -> None:
    vectors = topical(COUNT)
    StoredVectors(tmp_path / "server", GRAPHS, store(chroma, "moved")).build(
        "g1", passages(COUNT), vectors, quiet
    )
    check_found(StoredVectors(tmp_path / "server", GRAPHS), vectors)
    check_found(StoredVectors(tmp_path / "server", GRAPHS, NoGraphs()), vectors)

    StoredVectors(tmp_path / "none", GRAPHS, NoGraphs()).build(
        "g1", passages(COUNT), vectors, quiet
    )
    check_found(StoredVectors(tmp_path / "none", GRAPHS), vectors)


def test_several_processes_on_an_embedded_graph_are_refused_with_the_cure(tmp_path: Path) -> None:
    vectors = topical(COUNT)
    alone = StoredVectors(tmp_path, GRAPHS)
    alone.build("g1", passages(COUNT), vectors, quiet)
    alone.close()
    shared = StoredVectors(tmp_path, GRAPHS, NoGraphs(), BorrowedFolders)

    for ask in (
        lambda: shared.faults("g1"),
        lambda: shared.nearest("g1", vectors[0], 1, ((0, 9),)),
    ):
        with pytest.raises(BadSetting, match=r"--workers.*ASSIST_CHROMA_URL"):
            ask()


def test_a_process_that_reads_builds_nothing_and_removes_nothing(tmp_path: Path) -> None:
    vectors = topical(60)
    StoredVectors(tmp_path).build("g1", passages(60), vectors, quiet)
    reader = StoredVectors(tmp_path, folders=BorrowedFolders)

    with pytest.raises(StoreUnavailable, match="not this process's to build"):
        reader.build("g2", passages(60), vectors, quiet)
    reader.drop([])

    assert reader.has("g1")


@pytest.mark.parametrize(
    "url",
    ["", "chroma:8000", "ftp://chroma", "http://", "http://h:x", "http://h/path", "http://h?a"],
)
def test_what_is_no_url_of_a_server_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(BadSetting, match="ASSIST_CHROMA_URL") as caught:
        connected(url.replace("http://h", "http://ana:hunter2@h"))
    assert "hunter2" not in str(caught.value)


def test_a_server_that_is_not_there_is_unavailable_and_the_password_stays_secret() -> None:
    with pytest.raises(StoreUnavailable, match="chroma run") as caught:
        version_of("http://ana:hunter2@127.0.0.1:9")
    assert "hunter2" not in str(caught.value)
