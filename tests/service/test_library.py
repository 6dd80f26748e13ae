from pathlib import Path

import pytest

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.adapters.postgres.suggestions import PostgresSuggestions
from assist.adapters.vectors import StoredVectors
from assist.adapters.words import TantivyLexical
from assist.errors import NoIndex, NotFound
from assist.service.library import Library
from assist.service.parts import Parts
from tests.compiled_models import compiled_models
from tests.fake_embedder import ToyEmbedder
from tests.service.parts import a_kb, ingested, some_parts

RESET = (
    "# Reset\n\nHold the button.\n\n## Hub\n\n"
    + "Press it for ten seconds. " * 30
    + ("\n\n## Lock\n\n" + "Turn the key twice to the left. " * 30)
)


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """A knowledge base of two articles, served."""
    parts = some_parts()
    ingested(parts, a_kb(tmp_path / "kb", reset=RESET, network="Join the network."))
    return parts


def test_nothing_ingested_is_an_error_that_names_the_command() -> None:
    with pytest.raises(NoIndex) as caught:
        Library.open(some_parts())

    assert caught.value.cure == "run `assist ingest PATH`"


def test_a_library_searches_the_generation_that_serves(parts: Parts) -> None:
    library = Library.open(parts)

    assert library.generation == parts.knowledge.current()
    assert library.search("join the network", top_k=1)[0].document_id == "articles/network.md"
    assert library.search("join the network", kind="policy") == ()
    assert len(library.documents("hold the button", top_k=10)) == 2
    assert library.notes == ()


def test_a_library_that_is_open_keeps_its_generation_while_a_new_one_is_published(
    parts: Parts, tmp_path: Path
) -> None:
    library = Library.open(parts)
    kb = a_kb(tmp_path / "kb", network="Plug in the cable.")
    ingested(parts, kb, in_use=lambda: [library.generation.id])

    assert library.search("join the network", top_k=1)[0].passage.text == "Join the network."
    fresh = Library.open(parts).search("plug in the cable", top_k=1)
    assert fresh[0].passage.text == "Plug in the cable."


def test_derived_indexes_that_lack_the_generation_are_rebuilt_and_it_is_said(parts: Parts) -> None:
    before = Library.open(parts).search("turn the key")
    bare = some_parts(knowledge=parts.knowledge)

    library = Library.open(bare)

    assert library.notes == (
        "the catalogue lacked generation 1 and was rebuilt",
        "the lexical index lacked generation 1 and was rebuilt",
        "the vector index lacked generation 1 and was rebuilt",
        "the index of parts lacked generation 1 and was rebuilt",
        "the index of statements lacked generation 1 and was rebuilt",
    )
    assert library.search("turn the key") == before
    assert Library.open(bare).notes == ()


def test_another_embedder_than_the_one_that_indexed_is_refused(parts: Parts) -> None:
    other = ToyEmbedder()
    other.name = "other"

    with pytest.raises(NoIndex, match="was indexed with toy, and the embedder is other"):
        Library.open(some_parts(knowledge=parts.knowledge, embedder=other))


def test_a_passage_is_found_by_its_id_and_an_unknown_one_names_the_nearest(parts: Parts) -> None:
    library = Library.open(parts)
    first = library.document("articles/reset.md")[0]

    assert library.passage(first.id) == first
    with pytest.raises(NotFound) as caught:
        library.passage(first.id[:-1])
    assert first.id in caught.value.cure
    with pytest.raises(NotFound, match="no document with text") as caught:
        library.document("articles/rest.md")
    assert "articles/reset.md" in caught.value.cure
    with pytest.raises(NotFound, match="no passage 'zzz'"):
        library.passage("zzz")


def test_neighbors_are_the_passages_beside_it_in_its_document(parts: Parts) -> None:
    library = Library.open(parts)
    passages = library.document("articles/reset.md")

    assert len(passages) == 3
    assert library.neighbors(passages[0]) == (passages[1],)
    assert library.neighbors(passages[2]) == (passages[1],)
    assert library.neighbors(passages[1]) == (passages[0], passages[2])


def test_all_passages_are_read_once_each_in_the_order_of_their_rows(parts: Parts) -> None:
    library = Library.open(parts)

    assert [p.id for p in library.passages()] == [
        passage.id
        for document_id in library.document_ids()
        for passage in library.document(document_id)
    ]
    assert len(set(library.passages())) == library.generation.passages == 4


def test_the_languages_are_those_of_the_articles_each_counted_once(tmp_path: Path) -> None:
    parts = some_parts()
    german = "---\nlanguage: de\n---\n" + RESET
    ingested(parts, a_kb(tmp_path / "kb", zuruecksetzen=german, a="Hold it.", b="Press it."))

    abilities = Library.open(parts).abilities

    assert (abilities.house, abilities.articles) == ("en", ("de", "en"))


def test_coverage_is_high_for_what_the_articles_say_and_low_for_what_they_do_not(
    parts: Parts,
) -> None:
    library = Library.open(parts)

    def covered(query: str) -> float:
        return library.coverage(query, library.search(query)).value

    assert covered("Join the network.") > 0.5 > covered("vegetarian restaurants nearby")


@pytest.mark.model
def test_the_real_parts_together_find_answers_and_know_what_is_not_there(
    tmp_path: Path, database: Database
) -> None:
    real = some_parts(
        knowledge=PostgresKnowledge(database),
        suggestions=PostgresSuggestions(database),
        vectors=StoredVectors(tmp_path / "chroma"),
        lexical=TantivyLexical(tmp_path / "lexical"),
        embedder=SentenceEmbedder(compiled=compiled_models()),
    )
    kb = a_kb(
        tmp_path / "kb",
        login="# Password\n\nTo choose a new password, open Settings and tap Reset password.",
        returns="# Returns\n\nSend the device back within 30 days of delivery for a refund.",
        hub="# Hub error E-217\n\nThe hub lost its network: E-217. Restart the router.",
    )

    first, second = ingested(real, kb), ingested(real, kb)
    library = Library.open(real)

    assert (first.added, second.published) == (3, False)
    for query, article in {
        "I forgot how to log in": "login",
        "can I get my money back": "returns",
        "what does e217 mean": "hub",
    }.items():
        assert library.search(query)[0].document_id == f"articles/{article}.md"
    forgot, flight = "I forgot my password, how do I reset it?", "Is my flight to Lisbon delayed?"
    assert library.coverage(forgot, library.search(forgot)).value > 0.5
    assert library.coverage(flight, library.search(flight)).value < 0.2
