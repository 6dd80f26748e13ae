"""A damaged part is rebuilt before it serves, and what cannot be searched never serves."""

from pathlib import Path
from typing import Any

import pytest

from assist.errors import DiskFull, StoreUnavailable
from assist.service.library import Library
from tests.service.damage import DamageableWords
from tests.service.parts import a_kb, ingested, some_parts
from tests.service.shelf import FULL, Shelf, a_shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return a_shelf(tmp_path)


class ForgetfulOnce(DamageableWords):
    """Loses the first passage in its first build."""

    def build(self, *arguments: Any) -> None:
        super().build(*arguments)
        self.lost = (0,) if self.builds == 1 else ()


class Forgetful(DamageableWords):
    """Loses the first passage in every build."""

    def build(self, *arguments: Any) -> None:
        super().build(*arguments)
        self.lost = (0,)


@pytest.mark.parametrize("part", ["words", "vectors", "pieces", "catalogue"])
def test_a_part_that_is_visibly_damaged_is_rebuilt_on_start_and_it_is_said(
    shelf: Shelf, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    getattr(shelf, part).said = ("a file is shorter than it was",)

    notes = Library.open(shelf.parts).notes

    names = {
        "words": "lexical index",
        "vectors": "vector index",
        "pieces": "index of parts",
        "catalogue": "catalogue",
    }
    said = "of generation 1 was damaged (a file is shorter than it was) and was rebuilt"
    assert notes[0] == f"the {names[part]} {said}"
    assert notes[0] in caplog.text
    assert Library.open(shelf.parts).notes == ()


def test_a_damaged_part_goes_on_serving_where_there_is_no_room_to_mend_it(shelf: Shelf) -> None:
    shelf.words.said, shelf.words.failure = ("a file is missing",), FULL

    library = Library.open(shelf.parts)

    (note,) = library.notes
    assert note.startswith("the lexical index of generation 1 is damaged (a file is missing)")
    assert note.endswith(f"could not be rebuilt: {FULL}")
    assert library.search("join the network")


def test_a_part_that_is_not_there_and_cannot_be_built_is_an_error(shelf: Shelf) -> None:
    shelf.words.drop([])
    shelf.words.failure = FULL

    with pytest.raises(DiskFull):
        Library.open(shelf.parts)


def test_a_new_generation_whose_passages_are_not_found_is_built_again_before_it_serves(
    shelf: Shelf, tmp_path: Path
) -> None:
    words = ForgetfulOnce()
    parts = some_parts(lexical=words)

    ingested(parts, a_kb(tmp_path, reset="Hold the button."))

    assert words.builds == 2
    assert Library.open(parts).search("button")


def test_a_new_generation_that_cannot_be_searched_never_serves(
    shelf: Shelf, tmp_path: Path
) -> None:
    before = shelf.generation
    parts = some_parts(
        knowledge=shelf.parts.knowledge,
        catalogue=shelf.catalogue,
        vectors=shelf.vectors,
        embedder=shelf.embedder,
        lexical=Forgetful(),
    )

    with pytest.raises(StoreUnavailable, match="the lexical index that was built is not whole"):
        ingested(parts, a_kb(tmp_path, reset="Press it twice."))

    assert shelf.generation == before
    assert Library.open(shelf.parts).search("hold the button")[0].passage.text == "Hold the button."
