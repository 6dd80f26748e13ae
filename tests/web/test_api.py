import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from assist import errors
from assist.domain.suggestion import Suggestion
from assist.web.errors import STATUS, add_handlers, status_of
from assist.web.limits import MAX_BODY, BodyLimit

TICKET = json.loads(
    (Path(__file__).parents[2] / "kb_corpus/tickets/answerable.json").read_text(encoding="utf-8")
)


def check_problem(answer: Response, status: int, *words: str) -> dict[str, Any]:
    """The problem document; it has this status and says these words."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    assert body["title"]
    for word in words:
        assert word in f"{body['title']} {body['detail']}"
    return body


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
        ({"text": "a", "revision": -1}, "revision: "),
        ({"text": "a", "metadata": json.loads("[" * 400 + "]" * 400)}, "nested deeper than 50"),
        ({"text": "a", "facts": {"shoe.size": 44}}, "shoe.size"),
        ({"text": "a" * 200_001}, "at most 200000"),
        ([{"text": "a"}], "must be a JSON object"),
        ("text", "must be a JSON object"),
    ],
    ids=range(9),
)
def test_a_ticket_that_does_not_fit_is_refused_with_what_is_wrong(
    client: TestClient, ticket: object, words: str
) -> None:
    body = check_problem(client.post("/v1/suggestions", json=ticket), 422, words)
    assert body["cure"]


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b'{"id": ', 422, "not JSON at character 7"),
        (b"", 422, "Field required"),
        (b'{"text": "caf\xe9"}', 400, "error parsing the body"),
        (b"\x89PNG\r\n\x1a\n\x00", 400, "error parsing the body"),
        (b"[" * 100_000, 400, "error parsing the body"),
        (b'{"text": "a", "revision": ' + b"9" * 5_000 + b"}", 400, "error parsing the body"),
    ],
    ids=range(6),
)
def test_what_is_not_json_is_refused_with_the_cure(
    client: TestClient, content: bytes, status: int, words: str
) -> None:
    assert check_problem(post(client, content), status, words)["cure"]


def test_json_under_another_content_type_is_refused_with_the_cure(client: TestClient) -> None:
    body = check_problem(post(client, b'{"text": "Hello"}', "text/plain"), 422, "JSON object")
    assert "Content-Type: application/json" in body["cure"]


def test_a_body_over_the_limit_is_refused_declared_or_streamed(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(3):
            yield b"x" * (MAX_BODY // 2)

    declared = client.post("/v1/suggestions", content=b"x" * (MAX_BODY + 1))
    streamed = client.post("/v1/suggestions", content=chunks())

    for answer in (declared, streamed):
        assert "shorten" in check_problem(answer, 413, f"over {MAX_BODY} bytes")["cure"]


async def _echo(scope: Any, receive: Any, send: Any) -> None:
    message = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": message["body"]})


def test_a_body_of_just_the_limit_passes_whole() -> None:
    client = TestClient(BodyLimit(_echo, limit=10))

    assert client.post("/", content=b"x" * 10).content == b"x" * 10
    assert client.post("/", content=iter([b"x" * 4, b"y" * 6])).content == b"xxxxyyyyyy"
    assert client.post("/", content=b"x" * 11).status_code == 413


def test_a_body_declared_too_large_is_not_read() -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was read")

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "headers": [(b"content-length", b"9" * 5_000)]}
    running = BodyLimit(_echo, limit=10)(scope, receive, send)
    with pytest.raises(StopIteration):
        running.send(None)

    assert sent[0]["status"] == 413


def test_where_nothing_was_ingested_the_answer_says_what_to_run(empty_client: TestClient) -> None:
    body = check_problem(empty_client.post("/v1/suggestions", json=TICKET), 503, "ingested")
    assert body["cure"] == "run `assist ingest PATH`"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/x", 404), ("PUT", "/", 405)])
def test_a_wrong_path_or_method_is_a_problem_too(
    client: TestClient, method: str, path: str, status: int
) -> None:
    assert "/openapi.json" in check_problem(client.request(method, path), status)["cure"]


def test_the_interactive_api_pages_are_off_and_the_document_is_there(client: TestClient) -> None:
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {"/v1/suggestions", "/v1/suggestions/{suggestion_id}"}


def _all_errors(kind: type[errors.AssistError]) -> Iterator[type[errors.AssistError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _all_errors(narrower)


def _raising(error: Exception) -> TestClient:
    app = FastAPI()
    add_handlers(app)

    @app.get("/")
    def fail() -> None:
        raise error

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("kind", list(_all_errors(errors.AssistError)))
def test_every_error_of_ours_answers_with_its_status(kind: type[errors.AssistError]) -> None:
    answer = _raising(kind("it is wrong", cure="do this", where="there")).get("/")

    body = check_problem(answer, status_of(kind), "it is wrong")
    theirs = issubclass(kind, errors.BadInput | errors.NotFound)
    assert body["status"] // 100 == (4 if theirs else 5)
    assert (body["cure"], body["where"]) == ("do this", "there")


def test_every_row_of_the_table_is_an_error_there_is() -> None:
    assert set(STATUS) <= set(_all_errors(errors.AssistError))


def test_an_error_without_a_row_of_its_own_takes_that_of_its_nearest_ancestor() -> None:
    assert status_of(errors.BadTicket) == STATUS[errors.BadInput] == 422
    assert status_of(errors.TooLarge) == 413
    assert status_of(errors.NoIndex) == STATUS[errors.NotReady] == 503


def test_a_fault_of_ours_is_a_problem_that_repeats_nothing_of_the_ticket() -> None:
    answer = _raising(KeyError("what the customer wrote")).get("/")

    check_problem(answer, 500, "failed on our side")
    assert "customer" not in answer.text
