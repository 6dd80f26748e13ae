"""What another process publishes is opened while requests go on; a replica embeds what is new."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assist.errors import NotReady, StoreUnavailable
from assist.service import building as building_module
from assist.service import following as following_module
from assist.service.building import building
from assist.service.desk import Desk
from assist.service.following import following
from assist.service.freshness import Freshness
from assist.service.index_repair import require_whole
from assist.service.library import Library
from tests.fake_catalogue import InMemoryCatalogue
from tests.fake_embedder import ToyEmbedder
from tests.fake_parts import InMemoryParts
from tests.fake_statements import InMemoryStatements
from tests.fake_vectors import ExactVectors
from tests.fake_words import NaiveLexical
from tests.service.parts import a_kb, ingested, some_parts
from tests.service.shelf import Counting

PATIENCE = 20.0


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (building_module, following_module):
        monkeypatch.setattr(module, "FOLLOWED_EVERY", 0.01)
        monkeypatch.setattr(module, "AFTER_A_FAULT", 0.01)


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def a_reader(desk: Desk) -> Desk:
    """Another process of the same home, which reads what the first one builds."""
    return Desk(parts=desk.parts, records_for=desk.records_for, care=require_whole)


def a_replica(desk: Desk, **own: Any) -> Desk:
    """A process of another home on the same database, with indexes of its own."""
    indexes = {
        "catalogue": InMemoryCatalogue(),
        "vectors": ExactVectors(),
        "parts": InMemoryParts(),
        "statements": InMemoryStatements(),
        "lexical": NaiveLexical(),
    }
    parts = replace(desk.parts, home="there", **indexes | own)
    return Desk(parts=parts, records_for=desk.records_for, asked=Freshness(0))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    ingested(desk.parts, a_kb(tmp_path / "kb", hub="Press the button.", plug="Pull the plug."))
    return desk


def published(desk: Desk, folder: Path, **texts: str) -> None:
    """The builder publishes more; the files that others have mapped stay readable."""
    before = desk.parts.knowledge.current()
    in_use = {before.id} if before else set()
    ingested(desk.parts, a_kb(folder, **texts), in_use=lambda: in_use)


def found(desk: Desk, query: str) -> str:
    return desk.search(query, filters={})[0].document_id.rpartition("/")[2]


def test_a_process_that_reads_opens_what_another_publishes(desk: Desk, tmp_path: Path) -> None:
    reader = a_reader(desk)
    assert found(reader, "button") == "hub.md"
    with following(reader):
        published(desk, tmp_path / "more", lock="Turn the key.")
        wait_until(lambda: found(reader, "key") == "lock.md")


def test_before_there_is_anything_it_waits_and_then_serves(tmp_path: Path) -> None:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    reader = a_reader(desk)
    with following(reader):
        time.sleep(0.05)
        ingested(desk.parts, a_kb(tmp_path, hub="Press the button."))
        wait_until(lambda: found(reader, "button") == "hub.md")


def test_what_is_not_built_yet_is_not_opened_and_requests_go_on(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = a_reader(desk)
    found(reader, "button")
    whole = threading.Event()
    has = desk.parts.lexical.has

    def seen(generation: str) -> bool:
        return has(generation) and (generation.startswith("g1-") or whole.is_set())

    monkeypatch.setattr(
        desk.parts.lexical, "has", lambda g: has(g) and (g < "g2" or whole.is_set())
    )
    published(desk, tmp_path / "more", lock="Turn the key.")
    with following(reader):
        time.sleep(0.05)
        assert reader.opened().library.generation.number == 1
        whole.set()
        wait_until(lambda: reader.opened().library.generation.number == 2)


def test_what_is_missing_is_named_to_whoever_reads(desk: Desk) -> None:
    bare = replace(desk.parts, lexical=NaiveLexical(), vectors=ExactVectors())

    with pytest.raises(NotReady, match=r"lexical index.* of generation 1"):
        Library.open(bare, care=require_whole)


def test_a_follower_goes_on_after_a_fault_and_the_log_has_it_once(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = a_reader(desk)
    found(reader, "button")
    errors = [StoreUnavailable("the database went away")] * 3 + [ZeroDivisionError("ours")]
    current = desk.parts.knowledge.current

    def failing() -> Any:
        if errors:
            raise errors.pop(0)
        return current()

    published(desk, tmp_path / "more", lock="Turn the key.")
    monkeypatch.setattr(desk.parts.knowledge, "current", failing)
    with following(reader):
        wait_until(lambda: not errors and found(reader, "key") == "lock.md")

    assert caplog.text.count("nothing new is opened: the database went away") == 1
    assert "following broke off" in caplog.text


def test_a_replica_builds_what_another_home_published_and_embeds_only_what_is_new(
    desk: Desk, tmp_path: Path
) -> None:
    counting = Counting()
    replica = a_replica(desk, embedder=counting)
    assert found(replica, "button") == "hub.md"
    embedded = counting.passages
    published(desk, tmp_path / "more", lock="Turn the key.")

    assert replica.follow(replica.parts)

    assert counting.passages == embedded + 1
    assert found(replica, "key") == "lock.md"


class Slow(ToyEmbedder):
    """Embeds passages when it is let through."""

    def __init__(self) -> None:
        self.slow, self.through, self.begun = False, threading.Event(), threading.Event()

    def embed_corpus(self, texts: Any, parts: Any, done: Any) -> Any:
        if self.slow:
            self.begun.set()
            self.through.wait(PATIENCE)
        return super().embed_corpus(texts, parts, done)


def test_while_a_replica_builds_requests_go_on_with_the_generation_before(
    desk: Desk, tmp_path: Path
) -> None:
    slow = Slow()
    replica = a_replica(desk, embedder=slow)
    assert found(replica, "button") == "hub.md"
    with building(replica):
        wait_until(lambda: replica._serving.followed)
        slow.slow = True
        published(desk, tmp_path / "more", lock="Turn the key.")
        assert slow.begun.wait(PATIENCE)
        for _ in range(3):
            assert replica.opened().library.generation.number == 1
            assert found(replica, "button") == "hub.md"
        slow.through.set()
        wait_until(lambda: replica.opened().library.generation.number == 2)
