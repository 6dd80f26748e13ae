"""What is derived is checked against the store, and what is wrong is built again."""

from pathlib import Path

import pytest

from assist.service.index_care import IndexReport, rebuild, verify
from assist.service.indexing import silent
from assist.service.library import Library, serving
from tests.service.parts import a_kb, ingested, some_parts
from tests.service.shelf import FULL, Shelf, a_shelf

LOOKED_AT = 3
"""Passages embedded by each check, to see that stored vectors are those of their texts."""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return a_shelf(tmp_path)


def verified(shelf: Shelf) -> IndexReport:
    return verify(shelf.parts, shelf.generation, silent)


def found(report: IndexReport) -> dict[str, tuple[str, ...]]:
    """What was wrong, by part."""
    return {part.part: part.found for part in report.parts if part.found}


def test_where_all_is_well_every_passage_was_looked_up_in_every_part(shelf: Shelf) -> None:
    report = verified(shelf)

    assert report.sound
    assert [(part.part, part.checked, part.rebuilt) for part in report.parts] == [
        ("catalogue", 3, False),
        ("words", 3, False),
        ("vectors", 3, False),
        ("parts", 3, False),
        ("statements", 3, False),
    ]
    assert found(report) == {}
    assert shelf.builds() == (1, 1, 1, 1)


def test_where_there_are_many_the_parts_looked_at_are_called_a_sample(tmp_path: Path) -> None:
    parts = some_parts()
    ingested(parts, a_kb(tmp_path, **{f"rule{n}": f"Rule number {n}." for n in range(60)}))

    report = verify(parts, serving(parts), silent)

    assert [(part.part, part.checked, part.sampled) for part in report.parts] == [
        ("catalogue", 60, False),
        ("words", 60, False),
        ("vectors", 60, False),
        ("parts", 48, True),
        ("statements", 60, False),
    ]


def test_a_passage_that_its_words_do_not_find_is_named_and_the_words_are_rebuilt(
    shelf: Shelf,
) -> None:
    shelf.words.lost = (1,)

    report = verified(shelf)

    assert report.sound
    assert found(report) == {"words": (f"1 passages are not found: {shelf.passages[1].id}",)}
    assert shelf.builds() == (1, 2, 1, 1)
    assert found(verified(shelf)) == {}


def test_vectors_that_are_not_found_are_embedded_again_and_no_others(shelf: Shelf) -> None:
    shelf.vectors.lost = (0, 2)

    report = verified(shelf)

    assert report.sound
    assert shelf.embedder.passages == 2 + 2 * LOOKED_AT
    assert shelf.builds() == (1, 1, 2, 1)
    assert Library.open(shelf.parts).search("turn the key", top_k=1)[0].passage == next(
        p for p in shelf.passages if p.text == "Turn the key."
    )


def test_vectors_in_other_rows_than_their_passages_are_made_again(shelf: Shelf) -> None:
    shelf.vectors.overwrite(shelf.generation.id, [2, 0, 1])

    report = verified(shelf)

    assert found(report) == {"vectors": ("3 of 3 vectors looked at are of other texts",)}
    assert report.sound
    assert shelf.embedder.passages == 3 + 2 * LOOKED_AT


def test_parts_in_other_rows_than_their_passages_are_made_again_and_vectors_stay(
    shelf: Shelf,
) -> None:
    shelf.pieces.overwrite(shelf.generation.id, [2, 0, 1])

    report = verified(shelf)

    assert found(report) == {"parts": ("3 of 3 vectors looked at are of other texts",)}
    assert report.sound
    assert shelf.builds() == (1, 1, 1, 2)


def test_a_catalogue_with_another_text_than_the_store_is_rebuilt_with_the_words(
    shelf: Shelf,
) -> None:
    other = shelf.passages[1].model_copy(update={"text": "Leave the network."})
    wrong = (shelf.passages[0], other, shelf.passages[2])
    shelf.catalogue.build(shelf.generation.id, wrong)

    report = verified(shelf)

    assert found(report) == {"catalogue": (f"{other.id!r} is not what the store holds",)}
    assert report.sound
    assert [part.rebuilt for part in report.parts] == [True, True, False, False, False]
    assert Library.open(shelf.parts).passage(other.id).text == shelf.passages[1].text


def test_a_catalogue_that_lacks_a_passage_is_rebuilt(shelf: Shelf) -> None:
    shelf.catalogue.build(shelf.generation.id, shelf.passages[:2])

    report = verified(shelf)

    assert found(report) == {"catalogue": ("it counts 2 passages, and the store 3",)}
    assert report.sound
    assert len(list(Library.open(shelf.parts).passages())) == 3


def test_what_cannot_be_mended_is_said_and_the_old_state_stays(shelf: Shelf) -> None:
    shelf.words.lost = (1,)
    shelf.words.failure = FULL

    report = verified(shelf)

    assert not report.sound
    assert report.problems == (str(FULL),)
    assert Library.open(shelf.parts).search("join the network")
    shelf.words.failure = None
    assert verified(shelf).sound


def test_a_store_that_lost_passages_is_said_and_not_hidden_by_a_rebuild(shelf: Shelf) -> None:
    counted = shelf.generation.model_copy(update={"passages": 4})

    report = verify(shelf.parts, counted, silent)

    assert not report.sound
    assert report.problems[0].startswith("the store holds 3 of the generation's 4 passages")


def test_a_rebuild_makes_everything_anew(shelf: Shelf) -> None:
    report = rebuild(shelf.parts, shelf.generation, silent)

    assert report.sound
    assert [part.rebuilt for part in report.parts] == [True] * 5
    assert shelf.builds() == (2, 2, 2, 2)
    assert shelf.embedder.passages == 3 + LOOKED_AT
