"""What the knowledge base states is embedded while nobody waits, and again after a new ingest."""

from pathlib import Path

from assist.service.desk import Desk
from assist.service.freshness import Freshness
from assist.service.reading_ahead import AT_A_TIME, ReadingAhead
from tests.service.parts import a_kb, ingested, some_parts

LONG = "# Long\n\n" + " ".join(f"This is the sentence number {n} of it." for n in range(AT_A_TIME))


def test_every_statement_is_read_a_little_at_a_time(tmp_path: Path) -> None:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    ingested(desk.parts, a_kb(tmp_path / "kb", long=LONG, hub="Press the button for a second."))
    ahead = ReadingAhead(desk, desk.parts.embedder)
    everything = len(desk.unread())

    assert everything == AT_A_TIME + 1
    assert ahead.step()
    assert len(desk.unread()) == 1
    assert ahead.step()
    assert desk.unread() == []
    assert not ahead.step()


def test_a_new_generation_is_read_too_and_only_what_is_new_in_it(tmp_path: Path) -> None:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None, asked=Freshness(0))
    ingested(desk.parts, a_kb(tmp_path / "kb", hub="Press the button for a second."))
    ahead = ReadingAhead(desk, desk.parts.embedder)
    while ahead.step():
        pass

    ingested(desk.parts, a_kb(tmp_path / "more", plug="Pull the plug out of the socket."))

    assert len(desk.unread()) == 1
    assert ahead.step()
    assert desk.unread() == []


def test_an_empty_home_has_nothing_to_read() -> None:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)

    assert not ReadingAhead(desk, desk.parts.embedder).step()
