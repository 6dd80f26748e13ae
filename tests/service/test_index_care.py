"""What is derived is checked against the store, and what is wrong is built again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assist.domain.knowledge import Generation, Passage
from assist.errors import DiskFull, StoreUnavailable
from assist.retrieval.rows import in_rows
from assist.service.index_care import IndexReport, rebuild, verify
from assist.service.indexing import silent
from assist.service.library import Library, serving
from assist.service.parts import Parts
from tests.fake_embedder import ToyEmbedder
from tests.service.damage import (
    DamageableCatalogue,
    DamageableParts,
    DamageableVectors,
    DamageableWords,
)
from tests.service.parts import a_kb, ingested, some_parts

LOOKED_AT = 3
"""Passages embedded by each check, to see that stored vectors are those of their texts."""
FULL = DiskFull("no space left to write", cure="free some space and run it again")


class Counting(ToyEmbedder):
    """Counts the passages that are embedded."""

    def __init__(self) -> None:
        self.passages = 0

    def embed_corpus(self, texts: Sequence[str], parts: Any, done: Any) -> Any:
        self.passages += len(texts)
        return super().embed_corpus(texts, parts, done)


class Shelf(NamedTuple):
    """Three articles that serve, and the parts to damage."""

    parts: Parts
    catalogue: DamageableCatalogue
    words: DamageableWords
    vectors: DamageableVectors
    pieces: DamageableParts
    embedder: Counting

    @property
    def generation(self) -> Generation:
        return serving(self.parts)

    @property
    def passages(self) -> tuple[Passage, ...]:
        return in_rows(self.parts.knowledge.passages(self.generation.id))

    def builds(self) -> tuple[int, ...]:
        """How often catalogue, words, vectors and parts were built."""
        derived = (self.catalogue, self.words, self.vectors, self.pieces)
        return tuple(one.builds for one in derived)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    catalogue, words, vectors = DamageableCatalogue(), DamageableWords(), DamageableVectors()
    pieces, embedder = DamageableParts(), Counting()
    derived = {"catalogue": catalogue, "lexical": words, "vectors": vectors, "parts": pieces}
    parts = some_parts(embedder=embedder, **derived)
    shelf = Shelf(parts, catalogue, words, vectors, pieces, embedder)
    kb = a_kb(tmp_path, reset="Hold the button.", wifi="Join the network.", lock="Turn the key.")
    ingested(parts, kb)
    assert (embedder.passages, *shelf.builds()) == (3, 1, 1, 1, 1)
    embedder.passages = 0
    return shelf


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
    assert [part.rebuilt for part in report.parts] == [True, True, False, False]
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
    assert [part.rebuilt for part in report.parts] == [True, True, True, True]
    assert shelf.builds() == (2, 2, 2, 2)
    assert shelf.embedder.passages == 3 + LOOKED_AT


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
