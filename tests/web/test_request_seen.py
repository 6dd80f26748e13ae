"""Each request has an id and a line in the log, and what customers wrote is in none of them."""

import asyncio
import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assist.adapters.logs import logging_to_stderr
from assist.adapters.privacy.redactor import PatternRedactor
from assist.domain.load import LoadSettings, LogForm
from assist.domain.suggestion import Suggestion
from assist.errors import StoreUnavailable
from assist.service.desk import Desk
from assist.web.app import create_app
from assist.web.request_seen import REQUEST_ID
from tests.service.parts import some_parts
from tests.web.checks import check_problem

PLANTED = ("ana.lima@example.org", "Merryweather", "+44 20 7946 0958", "4111 1111 1111 1111")
TICKET = {
    "id": "t-Merryweather",
    "text": "I am Mrs Merryweather, ana.lima@example.org, +44 20 7946 0958, "
    "card 4111 1111 1111 1111. My hub blinks red.",
}


@contextmanager
def logged(form: LogForm, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """What is logged meanwhile, told once the block has ended."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    redactor = PatternRedactor()
    with logging_to_stderr(form, lambda text: redactor.redact(text, {}), REQUEST_ID.get):
        yield written.getvalue


@dataclass
class FailingStore:
    """Keeps no suggestion; says so in words that repeat the ticket, as a library would."""

    error: Exception

    def save(self, suggestion: Suggestion, customer_id: str | None) -> None:
        raise self.error


def failing(fennwick: Desk, error: Exception) -> TestClient:
    parts = replace(fennwick.parts, suggestions=FailingStore(error))
    desk = Desk(parts=parts, records_for=lambda _files: None)
    return TestClient(create_app(desk), raise_server_exceptions=False)


def test_an_id_that_is_a_name_is_kept_and_told_back(client: TestClient) -> None:
    answer = client.get("/healthz", headers={"X-Request-Id": "Req-1.2_x"})

    assert answer.headers["x-request-id"] == "Req-1.2_x"


@pytest.mark.parametrize("given", [None, "", "a b", "x" * 65, "a\tb", "<i>", "ü".encode()])
def test_without_one_or_with_anything_else_a_request_gets_an_id_of_its_own(
    client: TestClient, given: Any
) -> None:
    headers = {} if given is None else {"X-Request-Id": given}
    ids = {client.get("/healthz", headers=headers).headers["x-request-id"] for _ in range(2)}

    assert len(ids) == 2
    assert all(len(one) == 32 and one.isalnum() for one in ids)


def test_refusals_and_faults_have_an_id_too(fennwick: Desk) -> None:
    with failing(fennwick, ZeroDivisionError("ours")) as client:
        named = {"X-Request-Id": "here"}
        answers = [
            client.get("/nowhere", headers=named),
            client.post("/v1/suggestions", json={}, headers=named),
            client.post("/v1/suggestions", json=TICKET, headers=named),
        ]

    assert [answer.status_code for answer in answers] == [404, 422, 500]
    assert [answer.headers["x-request-id"] for answer in answers] == ["here"] * 3


def test_a_line_says_which_operation_how_it_ended_and_how_long_it_took(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with logged("json", monkeypatch) as said:
        client.get("/v1/suggestions/s-nothing", headers={"X-Request-Id": "r-1"})
        client.get("/healthz")

    (line,) = [json.loads(line) for line in said().splitlines()]
    assert (line["operation"], line["status"], line["request"]) == ("get_suggestion", 404, "r-1")
    assert (line["level"], line["logger"], line["means"]) == ("INFO", "assist.access", "")
    assert line["ms"] >= 0
    assert "s-nothing" not in said()


@pytest.mark.parametrize("form", ["text", "json"])
def test_whatever_fails_no_line_holds_what_a_customer_wrote(
    fennwick: Desk, monkeypatch: pytest.MonkeyPatch, form: LogForm
) -> None:
    said_it_all = f"cannot keep {TICKET['text']}"
    errors = [
        KeyError(said_it_all),
        ValueError(said_it_all),
        StoreUnavailable(said_it_all, where="t-Merryweather"),
    ]
    with logged(form, monkeypatch) as said:
        for error in errors:
            with failing(fennwick, error) as client:
                client.post("/v1/suggestions", json=TICKET)
                client.post("/v1/suggestions", json=TICKET, headers={"accept": "text/event-stream"})
                client.post("/v1/suggestions", json=TICKET | {"Merryweather": 1})
                client.get("/v1/cases/Merryweather", params={"email": PLANTED[0]})
                client.post("/v1/search", content=TICKET["text"].encode())
        logging.getLogger("assist.x").warning("of %s and %s", PLANTED[0], PLANTED[3])
        try:
            int(said_it_all)
        except ValueError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")

    told = said()
    assert len(told.splitlines()) > 3 * 5
    assert "ValueError" in told
    assert "test_request_seen.py" in told
    assert [one for one in PLANTED if one in told] == []


def test_a_request_that_takes_too_long_is_given_up_and_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    app = create_app(desk, LoadSettings(seconds=0.05))

    @app.get("/v1/slow", operation_id="get_health")
    async def slow() -> None:
        await asyncio.sleep(60)

    with TestClient(app) as client, logged("json", monkeypatch) as said:
        body = check_problem(client.get("/v1/slow"), 504, "0.05 s")

    assert body["type"] == "/problems/took-too-long"
    assert json.loads(said().splitlines()[0])["status"] == 504
