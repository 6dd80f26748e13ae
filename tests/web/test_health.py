from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from assist import __version__
from assist.errors import StoreUnavailable
from assist.service.desk import Desk
from assist.web.app import create_app
from tests.fake_catalogue import InMemoryCatalogue
from tests.fake_parts import InMemoryParts
from tests.fake_statements import InMemoryStatements
from tests.fake_vectors import ExactVectors
from tests.fake_words import NaiveLexical
from tests.fakes import InMemoryKnowledge
from tests.service.parts import some_parts
from tests.web.checks import check_problem


class NoDatabase(InMemoryKnowledge):
    def current(self) -> None:
        raise StoreUnavailable("the database does not answer", cure="start it")


def _client(**parts: object) -> TestClient:
    desk = Desk(parts=some_parts(**parts), records_for=lambda _files: None)
    return TestClient(create_app(desk), raise_server_exceptions=False)


def test_a_process_lives_whatever_it_lacks() -> None:
    with _client(knowledge=NoDatabase()) as client:
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["status"]) == (200, "alive")
    assert answer.json()["version"] == __version__


def test_a_service_is_ready_with_the_generation_that_serves(
    client: TestClient, fennwick: Desk
) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert answer.json()["generation"]["id"] == fennwick.opened().library.generation.id


def test_without_a_knowledge_base_a_service_is_not_ready(empty_client: TestClient) -> None:
    body = check_problem(empty_client.get("/readyz"), 503, "ingested")

    assert body["type"] == "/problems/nothing-ingested"


def test_without_its_database_a_service_is_not_ready() -> None:
    with _client(knowledge=NoDatabase()) as client:
        body = check_problem(client.get("/readyz"), 503, "the database does not answer")

    assert body["type"] == "/problems/unavailable"


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"catalogue": InMemoryCatalogue()}, "the catalogue of"),
        ({"vectors": ExactVectors()}, "the vector index of"),
        ({"parts": InMemoryParts()}, "the index of parts of"),
        ({"statements": InMemoryStatements()}, "the index of statements of"),
        ({"lexical": NaiveLexical()}, "the lexical index of"),
        (
            {"vectors": ExactVectors(), "lexical": NaiveLexical()},
            "the vector index and the lexical index of",
        ),
    ],
    ids=["catalogue", "vectors", "parts", "statements", "words", "both"],
)
def test_without_its_indexes_a_service_is_not_ready_and_names_them(
    fennwick: Desk, missing: dict[str, object], said: str
) -> None:
    desk = Desk(parts=replace(fennwick.parts, **missing), records_for=fennwick.records_for)
    with TestClient(create_app(desk)) as client:
        body = check_problem(client.get("/readyz"), 503, said)

    assert body["type"] == "/problems/not-ready"
