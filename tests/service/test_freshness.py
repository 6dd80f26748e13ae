"""How soon a desk sees what another published, and how seldom it asks."""

from pathlib import Path

from assist.service.desk import Desk
from assist.service.freshness import Freshness
from tests.service.parts import a_kb, ingested, some_parts

FOR_EVER = 1e9


class Asking:
    """Counts the questions which generation serves."""

    def __init__(self, desk: Desk) -> None:
        self._store, self.times = desk.parts.knowledge, 0

    def __getattr__(self, name: str) -> object:
        self.times += name == "current"
        return getattr(self._store, name)


def test_searches_that_follow_each_other_ask_once_which_generation_serves(tmp_path: Path) -> None:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None, asked=Freshness(FOR_EVER))
    desk.ingest(a_kb(tmp_path / "kb", hub="Press the button."), progress=lambda *_: None)
    desk.search("button", filters={})
    asking = Asking(desk)
    object.__setattr__(desk.parts, "knowledge", asking)

    for _ in range(5):
        assert desk.search("button", filters={})

    assert asking.times == 0


def test_what_a_desk_ingests_itself_is_found_at_once(tmp_path: Path) -> None:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None, asked=Freshness(FOR_EVER))
    desk.ingest(a_kb(tmp_path / "kb", hub="Press the button."), progress=lambda *_: None)
    assert desk.search("plug", filters={})[0].document_id.endswith("hub.md")

    desk.ingest(a_kb(tmp_path / "more", plug="Pull the plug."), progress=lambda *_: None)

    assert desk.search("plug", filters={})[0].document_id.endswith("plug.md")


def test_what_another_published_is_found_as_soon_as_the_last_answer_is_too_old(
    tmp_path: Path,
) -> None:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None, asked=Freshness(0))
    desk.ingest(a_kb(tmp_path / "kb", hub="Press the button."), progress=lambda *_: None)
    desk.search("plug", filters={})

    ingested(desk.parts, a_kb(tmp_path / "more", plug="Pull the plug."))

    assert desk.search("plug", filters={})[0].document_id.endswith("plug.md")
