"""What the knowledge base states is embedded while nobody waits, once for all processes."""

import logging
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assist.retrieval.one_byte import in_one_byte
from assist.service.desk import Desk
from assist.service.freshness import Freshness
from assist.service.indexing import silent
from assist.service.library import Library, serving
from assist.service.parts import Parts
from assist.service.reading_ahead import AT_A_TIME, ReadingAhead, read_all
from tests.fake_embedder import ToyEmbedder
from tests.service.parts import a_kb, ingested, some_parts

LONG = "# Long\n\n" + " ".join(f"This is the sentence number {n} of it." for n in range(AT_A_TIME))
HUB, PLUG = "Press the button for a second.", "Pull the plug out of the socket."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None, asked=Freshness(0))
    ingested(desk.parts, a_kb(tmp_path / "kb", long=LONG, hub=HUB))
    return desk


def unread(parts: Parts) -> int:
    return parts.statements.unread(serving(parts).id)


def read_by(desk: Desk) -> ReadingAhead:
    ahead = ReadingAhead(desk, desk.parts.embedder)
    while ahead.step():
        pass
    return ahead


def test_every_statement_is_read_a_little_at_a_time(desk: Desk) -> None:
    ahead = ReadingAhead(desk, desk.parts.embedder)
    left = [unread(desk.parts)]
    while ahead.step():
        left.append(unread(desk.parts))

    assert (left[0], left[-1]) == (AT_A_TIME + 1, 0)
    assert max(before - after for before, after in pairwise(left)) == AT_A_TIME


def test_what_is_kept_is_the_embedders_vector_in_one_byte_a_number(desk: Desk) -> None:
    read_by(desk)

    said = "Long: This is the sentence number 3 of it."
    kept = desk.opened().library.statements([said, "Something else."])

    assert kept.placed.tolist() == kept.there.tolist() == [True, False]
    assert np.array_equal(kept.vectors[:1], in_one_byte(ToyEmbedder().embed([said])))


def test_a_new_generation_is_read_too_and_only_what_is_new_in_it(
    desk: Desk, tmp_path: Path
) -> None:
    ahead = read_by(desk)

    ingested(desk.parts, a_kb(tmp_path / "more", plug=PLUG))

    assert unread(desk.parts) == 1
    assert ahead.step()
    assert unread(desk.parts) == 0


def test_a_process_that_goes_on_where_another_was_killed_reads_only_the_rest(desk: Desk) -> None:
    ReadingAhead(desk, desk.parts.embedder).step()
    left = unread(desk.parts)
    asked: list[str] = []

    class Counting(ToyEmbedder):
        def embed(self, texts):  # type: ignore[no-untyped-def]
            asked.extend(texts)
            return super().embed(texts)

    ahead = ReadingAhead(desk, Counting())
    while ahead.step():
        pass

    assert len(asked) == left < AT_A_TIME + 1


def test_where_all_is_read_nothing_is_looked_at(desk: Desk) -> None:
    read_by(desk)

    assert not ReadingAhead(desk, desk.parts.embedder).step()


def test_an_empty_home_has_nothing_to_read() -> None:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)

    assert not ReadingAhead(desk, desk.parts.embedder).step()


def test_what_no_reply_may_quote_has_no_place(tmp_path: Path) -> None:
    parts = some_parts()
    kb = a_kb(
        tmp_path,
        open=HUB,
        secret=f"---\naudience: internal\n---\n{PLUG}",
    )
    (kb / "macros").mkdir()
    (kb / "macros/sent.md").write_text("We have sent you another one today.")
    ingested(parts, kb)

    assert parts.statements.count(serving(parts).id) == 1


def test_another_embedder_reads_everything_anew(desk: Desk, tmp_path: Path) -> None:
    read_by(desk)
    other = ToyEmbedder()
    other.name = "other"
    moved = replace(desk.parts, embedder=other)

    ingested(moved, a_kb(tmp_path / "more", plug=PLUG))

    assert unread(moved) == moved.statements.count(serving(moved).id) == AT_A_TIME + 2


def test_all_of_it_is_read_at_once_where_nobody_waits(desk: Desk) -> None:
    seen: list[tuple[str, int, int]] = []
    library = Library.open(desk.parts)

    read_all(
        desk.parts, library.generation.id, tuple(library.passages()), lambda *n: seen.append(n)
    )

    assert unread(desk.parts) == 0
    assert seen[-1] == ("read the statements", AT_A_TIME + 1, AT_A_TIME + 1)


def test_a_home_of_the_release_before_gets_places_at_its_first_start_and_it_is_said(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.parts.statements.drop([])

    with caplog.at_level(logging.INFO):
        assert desk.opened().library.notes == (
            "the index of statements lacked generation 1 and was rebuilt",
        )
        read_by(desk)

    assert f"{AT_A_TIME + 1} of {AT_A_TIME + 1} statements of generation 1" in caplog.text
    assert "all statements of generation 1 are read" in caplog.text
    read_all(desk.parts, serving(desk.parts).id, (), silent)
    assert unread(desk.parts) == 0
