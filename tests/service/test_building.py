"""The builder beside requests: it builds what comes, survives what fails, and ends when asked."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assist.adapters.uploads import FolderUploads
from assist.domain.jobs import Job
from assist.errors import StoreUnavailable
from assist.service import building as module
from assist.service.building import building
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.service.jobs import Guest
from assist.service.merging import Prune
from tests.service.parts import a_kb, some_parts

PATIENCE = 20.0


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(module, "POLL", 0.01)
    monkeypatch.setattr(module, "AFTER_A_FAULT", 0.01)
    uploads = FolderUploads(tmp_path / "uploads", limit=1_000)
    return Desk(parts=some_parts(uploads=uploads), records_for=lambda _files: None)


def sent(desk: Desk, path: Path) -> Job:
    guest = Guest(desk.parts.jobs, desk.parts.source, desk.parts.clock)
    return guest.send(path, kind=None, prune=Prune.NOTHING, progress=silent)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def failing_once(part: Any, call: str, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next such call of this part fails, later ones do not."""
    real, failed = getattr(part, call), []

    def fail(*arguments: Any) -> Any:
        if not failed:
            failed.append(True)
            raise error
        return real(*arguments)

    monkeypatch.setattr(part, call, fail)


def test_what_is_sent_while_it_runs_is_built_in_its_turn(desk: Desk, tmp_path: Path) -> None:
    with building(desk):
        first = sent(desk, a_kb(tmp_path / "one", reset="Hold the button."))
        second = sent(desk, a_kb(tmp_path / "two", wifi="Join the network."))
        wait_until(lambda: desk.parts.jobs.get(second.id).ended)

    assert desk.parts.jobs.get(first.id).state == "published"
    assert len(desk.search("button or network", filters={})) == 2


FAULTS = {
    "ingest jobs wait: the database went away": StoreUnavailable("the database went away"),
    "an ingest job broke off": ZeroDivisionError("ours"),
}
"""What the log says of each."""


@pytest.mark.parametrize("said", FAULTS)
def test_it_goes_on_after_a_fault_and_the_log_has_it(
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    said: str,
) -> None:
    failing_once(desk.parts.jobs, "claim", FAULTS[said], monkeypatch)
    with building(desk):
        job = sent(desk, a_kb(tmp_path, reset="Hold the button."))
        wait_until(lambda: desk.parts.jobs.get(job.id).ended)

    assert said in caplog.text
    assert desk.parts.jobs.get(job.id).state == "published"


def test_a_fault_in_the_middle_of_a_build_is_tried_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing_once(desk.parts.lexical, "build", ZeroDivisionError("ours"), monkeypatch)
    with building(desk):
        job = sent(desk, a_kb(tmp_path, reset="Hold the button."))
        wait_until(lambda: desk.parts.jobs.get(job.id).ended)

    ended = desk.parts.jobs.get(job.id)
    assert (ended.state, ended.attempts) == ("published", 2)
    assert "ZeroDivisionError" in caplog.text


def test_when_it_ends_in_the_middle_the_job_waits_for_the_next_owner(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embed, reached, go_on = desk.parts.embedder.embed_corpus, threading.Event(), threading.Event()

    def embed_slowly(*given: Any) -> Any:
        reached.set()
        go_on.wait(PATIENCE)
        return embed(*given)

    monkeypatch.setattr(desk.parts.embedder, "embed_corpus", embed_slowly)
    job = sent(desk, a_kb(tmp_path, **{f"a{n}": f"Text {n}." for n in range(20)}))
    with building(desk):
        assert reached.wait(PATIENCE)
        threading.Timer(0.05, go_on.set).start()  # just after it was asked to end

    waiting = desk.parts.jobs.get(job.id)
    assert (waiting.state, waiting.attempts) == ("waiting", 0)
    assert desk.parts.knowledge.current() is None
    assert desk.builder().build_until(job.id, silent).added == 20


def test_files_that_a_killed_server_left_are_deleted_at_the_start(
    desk: Desk, tmp_path: Path
) -> None:
    with desk.parts.uploads.receive("j-stray") as upload:
        upload.begin("a.md")

    with building(desk):
        assert list((tmp_path / "uploads").iterdir()) == []
