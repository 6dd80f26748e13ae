import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient
from httpx import Response

from assist.domain.suggestion import Suggestion
from tests.web.checks import check_problem

TICKET = json.loads(
    (Path(__file__).parents[2] / "kb_corpus/tickets/answerable.json").read_text(encoding="utf-8")
)


def post(client: TestClient, body: bytes, content_type: str = "application/json") -> Response:
    return client.post("/v1/suggestions", content=body, headers={"content-type": content_type})


def test_a_ticket_gets_a_suggestion_that_fits_its_published_schema(client: TestClient) -> None:
    answer = client.post("/v1/suggestions", json=TICKET)

    assert answer.status_code == 200
    suggestion = Suggestion.model_validate_json(answer.content)
    assert (suggestion.ticket_id, suggestion.mode) == ("sample-answerable", "extractive")
    assert suggestion.choice is not None
    assert any(sentence.citations for sentence in suggestion.draft.sentences)
    jsonschema.validate(answer.json(), Suggestion.model_json_schema(mode="serialization"))


def test_a_suggestion_reads_back_as_it_was_given(client: TestClient) -> None:
    made = client.post("/v1/suggestions", json={"text": "How do I reset my password?"}).json()

    kept = client.get(f"/v1/suggestions/{made['id']}")

    assert kept.status_code == 200
    assert kept.json() == made


@pytest.mark.parametrize("suggestion_id", ["s-0000", "a%00b", "x" * 5_000, "..%2f..", "%ff"])
def test_an_unknown_suggestion_is_not_found(client: TestClient, suggestion_id: str) -> None:
    check_problem(client.get(f"/v1/suggestions/{suggestion_id}"), 404)


@pytest.mark.parametrize(
    ("extra", "where"),
    [
        ({"colour": "red"}, "colour"),
        ({"messages": [{"text": "a", "mood": "bad"}]}, "messages.0.mood"),
        ({"customer": {"shoe": 44}}, "customer.shoe"),
    ],
)
def test_an_unknown_field_is_named_with_the_cure(
    client: TestClient, extra: dict[str, Any], where: str
) -> None:
    body = check_problem(
        client.post("/v1/suggestions", json=TICKET | extra), 422, f"{where}: unknown field"
    )
    assert body["where"] == where
    assert "metadata" in body["cure"]
    assert "/openapi.json" in body["cure"]


@pytest.mark.parametrize(
    ("ticket", "words"),
    [
        ({}, "the ticket is empty"),
        ({"text": " \n "}, "the ticket is empty"),
        ({"messages": []}, "the ticket is empty"),
        ({"messages": [{"author": "agent", "text": "On it."}]}, "the ticket is empty"),
        ({"messages": [{"public": False, "text": "A note."}]}, "the ticket is empty"),
        ({"text": "a", "revision": 2**31}, "revision: "),
        ({"text": "a", "revision": -1}, "revision: "),
        ({"text": "a", "metadata": json.loads("[" * 400 + "]" * 400)}, "nested deeper than 50"),
        ({"text": "a", "facts": {"shoe.size": 44}}, "shoe.size"),
        ({"text": "a" * 200_001}, "at most 200000"),
        ([{"text": "a"}], "must be a JSON object"),
        ("text", "must be a JSON object"),
    ],
    ids=range(12),
)
def test_a_ticket_that_does_not_fit_is_refused_with_what_is_wrong(
    client: TestClient, ticket: object, words: str
) -> None:
    body = check_problem(client.post("/v1/suggestions", json=ticket), 422, words)
    assert body["cure"]


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b'{"id": ', 400, "not JSON at character 7"),
        (b"", 422, "Field required"),
        (b'{"text": "caf\xe9"}', 400, "error parsing the body"),
        (b"\x89PNG\r\n\x1a\n\x00", 400, "error parsing the body"),
        (b"[" * 100_000, 422, "nested deeper than 50"),
        (b'{"text": "a", "revision": ' + b"9" * 5_000 + b"}", 422, "more than 64 bits"),
    ],
    ids=range(6),
)
def test_what_is_not_json_is_refused_with_the_cure(
    client: TestClient, content: bytes, status: int, words: str
) -> None:
    assert check_problem(post(client, content), status, words)["cure"]


@pytest.mark.parametrize("path", ["/v1/suggestions", "/v1/search"])
@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data; boundary=x", ""])
def test_what_is_not_said_to_be_json_is_refused_with_the_cure(
    client: TestClient, path: str, content_type: str
) -> None:
    headers = {"content-type": content_type} if content_type else {}
    body = check_problem(client.post(path, content=b"{}", headers=headers), 415, "not JSON")
    assert "Content-Type: application/json" in body["cure"]


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "application/x+json"])
def test_json_is_read_under_each_of_its_names(client: TestClient, content_type: str) -> None:
    check_problem(post(client, b"{}", content_type), 422, "the ticket is empty")


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("level=king", "level"),
        ("at=yesterday", "query.at"),
        ("at=2026-11-20T15:00:00", "query.at"),
        ("at=9999-12-31T00:00:00Z", "query.at"),
    ],
)
def test_a_level_or_a_time_that_is_none_is_refused(
    client: TestClient, query: str, where: str
) -> None:
    answer = client.post(f"/v1/suggestions?{query}", json=TICKET)

    assert check_problem(answer, 422)["where"] == where


def test_a_ticket_is_judged_at_the_time_and_the_level_that_are_asked_for(
    client: TestClient,
) -> None:
    asked = {"at": "2026-11-20T15:00:00Z", "level": "lead"}

    first = client.post("/v1/suggestions", params=asked, json=TICKET).json()
    again = client.post("/v1/suggestions", params=asked, json=TICKET).json()
    other = client.post("/v1/suggestions", params=asked | {"level": "agent"}, json=TICKET).json()

    assert first["created_at"] == "2026-11-20T15:00:00Z"
    assert first["id"] == again["id"] != other["id"]


def test_where_nothing_was_ingested_the_answer_says_what_to_run(empty_client: TestClient) -> None:
    body = check_problem(empty_client.post("/v1/suggestions", json=TICKET), 503, "ingested")
    assert body["cure"].startswith("run `assist ingest PATH`; over HTTP,")
