"""Keys over HTTP: when one is needed, what level it asks at, and when it ends."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.keys import PostgresKeys
from assist.errors import StoreUnavailable
from assist.service.desk import Desk
from assist.service.keyring import Keyring
from assist.web.app import create_app
from tests.fake_keys import InMemoryKeys
from tests.fakes import InMemoryKnowledge
from tests.service.parts import some_parts
from tests.web.checks import check_problem

TICKET = {"id": "t-1", "text": "The hub broke after three days. I want my money back."}
GRANT: dict[str, Any] = {
    "customer_id": "c-9001",
    "action": "credit",
    "parameters": {"amount": {"amount": "20.00", "currency": "USD"}},
    "on": "2026-11-20",
    "facts": {
        "customer.credits_90_days": 0,
        "customer.fraud_flag": False,
        "safety.incident_reported": False,
    },
    "region": "US",
    "by": "Mo Ito",
}


@pytest.fixture
def ring(fennwick: Desk, database: Database) -> Keyring:
    """The keys of a workspace that nobody used before, in a real database."""
    return Keyring(PostgresKeys(database), fennwick.parts.knowledge, fennwick.parts.clock)


@pytest.fixture
def guarded(fennwick: Desk, ring: Keyring) -> Iterator[TestClient]:
    """The sample company's service, with those keys."""
    desk = replace(fennwick, parts=replace(fennwick.parts, keys=ring.keys))
    with TestClient(create_app(desk), raise_server_exceptions=False) as client:
        yield client


def by(secret: str, scheme: str = "Bearer") -> dict[str, str]:
    return {"Authorization": f"{scheme} {secret}"}


def test_without_keys_everything_is_as_open_as_it_was(guarded: TestClient) -> None:
    assert guarded.post("/v1/search", json={"query": "reset"}).status_code == 200
    assert guarded.get("/policies").status_code == 200
    # What stands in front may have a sign-in of its own.
    answer = guarded.get("/v1/policies", headers=by("YTpi", "Basic"))
    assert answer.status_code == 200


def test_from_the_first_key_on_a_running_server_asks_for_one(
    guarded: TestClient, ring: Keyring
) -> None:
    secret = ring.create("agent").secret

    problem = check_problem(guarded.get("/v1/policies"), 401, "no key was sent")
    assert problem["type"] == "/problems/unauthenticated"
    assert "Authorization: Bearer" in problem["cure"]
    assert guarded.get("/v1/policies", headers=by(secret)).status_code == 200
    assert guarded.get("/v1/policies", headers=by(secret, "bearer")).status_code == 200


def test_a_key_that_is_revoked_opens_nothing_at_the_next_request(
    guarded: TestClient, ring: Keyring
) -> None:
    ring.create("admin")
    issued = ring.create("agent")
    assert guarded.get("/v1/policies", headers=by(issued.secret)).status_code == 200

    ring.revoke(issued.key.id)

    check_problem(guarded.get("/v1/policies", headers=by(issued.secret)), 401, "is revoked")


def test_a_stream_ends_at_its_next_event_after_its_key_is_revoked(
    guarded: TestClient, ring: Keyring
) -> None:
    ring.create("admin")
    issued = ring.create("agent")
    headers = by(issued.secret) | {"Accept": "text/event-stream"}
    with guarded.stream("POST", "/v1/suggestions", json=TICKET, headers=headers) as answer:
        lines = answer.iter_lines()
        assert next(lines) == "event: step"
        ring.revoke(issued.key.id)
        rest = [line for line in lines if line.startswith(("event:", "data:"))]

    # What was under way when the key was revoked may still have come.
    assert "event: suggestion" not in rest
    assert rest[-2] == "event: problem"
    assert json.loads(rest[-1].removeprefix("data: "))["type"] == "/problems/unauthenticated"
    check_problem(guarded.get("/v1/policies", headers=headers), 401)


def test_a_key_that_stands_twice_is_refused(guarded: TestClient, ring: Keyring) -> None:
    secret = ring.create("agent").secret
    twice = [("Authorization", f"Bearer {secret}"), ("Authorization", "Bearer x")]
    check_problem(guarded.get("/v1/policies", headers=twice), 401, "twice")


def test_who_has_no_key_cannot_make_us_read_a_body(guarded: TestClient, ring: Keyring) -> None:
    ring.create("agent")
    sent: list[bytes] = []

    def body() -> Iterator[bytes]:
        for piece in (b'{"text": "', b"x" * 1_000_000, b'"}'):
            sent.append(piece)
            yield piece

    check_problem(guarded.post("/v1/suggestions", content=body()), 401)


def test_the_secret_is_in_no_answer(guarded: TestClient, ring: Keyring) -> None:
    secret = ring.create("qa").secret
    ring.create("admin")
    refused = guarded.post("/v1/suggestions", json=TICKET, headers=by(secret))
    check_problem(refused, 403, "the role qa may not ask for suggestions")
    assert secret not in refused.text


@pytest.mark.parametrize("path", ["/v1/suggestions", "/v1/check-draft", "/v1/cases"])
def test_a_level_above_that_of_the_key_is_refused_and_both_are_named(
    guarded: TestClient, ring: Keyring, path: str
) -> None:
    secret = ring.create("agent", level="senior").secret
    body = {"id": "d", "text": "It takes 3 days.", "passages": ["It takes 5 days."]}
    sent = body if path == "/v1/check-draft" else TICKET

    answer = guarded.post(path, params={"level": "lead"}, json=sent, headers=by(secret))

    problem = check_problem(answer, 403, "lead", "senior")
    assert (problem["type"], problem["where"]) == ("/problems/not-permitted", "level")


def test_a_ticket_is_judged_at_the_level_of_the_key_unless_at_a_lower_one(
    guarded: TestClient, ring: Keyring
) -> None:
    secret = ring.create("agent", level="manager").secret

    def suggested(**params: str) -> Any:
        sent = {"at": "2026-11-20T15:00:00Z"} | params
        answer = guarded.post("/v1/suggestions", params=sent, json=TICKET, headers=by(secret))
        assert answer.status_code == 200, answer.text
        return answer.json()["id"]

    # The same ticket, time and generation: what tells two suggestions apart is the level.
    assert suggested() == suggested(level="manager")
    assert suggested() != suggested(level="agent")


def test_a_level_that_nobody_declares_is_refused_as_before(
    guarded: TestClient, ring: Keyring
) -> None:
    secret = ring.create("agent", level="manager").secret
    answer = guarded.post(
        "/v1/suggestions", params={"level": "king"}, json=TICKET, headers=by(secret)
    )
    check_problem(answer, 422, "there is no level 'king'")


def test_a_grant_is_made_at_the_level_of_the_key(guarded: TestClient, ring: Keyring) -> None:
    secret = ring.create("agent", level="senior").secret

    above = guarded.post(
        "/v1/grants", json=GRANT | {"id": "g-0", "level": "lead"}, headers=by(secret)
    )
    problem = check_problem(above, 403, "the level lead is above senior")
    assert problem["where"] == "level"

    granted = guarded.post("/v1/grants", json=GRANT | {"id": "g-1"}, headers=by(secret))
    assert granted.status_code == 201, granted.text
    assert granted.json()["level"] == "senior"


def test_the_page_is_judged_at_the_level_of_the_key(guarded: TestClient, ring: Keyring) -> None:
    secret = ring.create("agent", level="senior").secret
    assert guarded.get("/sample").status_code == 401
    assert guarded.get("/sample", headers=by(secret)).status_code == 200


def test_a_database_that_does_not_answer_lets_nobody_in() -> None:
    class Gone(InMemoryKeys):
        def guarded(self) -> bool:
            raise StoreUnavailable("the database did not answer")

    desk = Desk(parts=some_parts(keys=Gone()), records_for=lambda _files: None)
    with TestClient(create_app(desk), raise_server_exceptions=False) as client:
        check_problem(client.get("/v1/policies"), 503, "the database did not answer")
        assert client.get("/healthz").status_code == 200


def test_a_key_is_asked_for_where_nothing_was_ingested_too(database: Database) -> None:
    parts = some_parts(keys=PostgresKeys(database))
    ring = Keyring(parts.keys, InMemoryKnowledge(), parts.clock)
    secret = ring.create("agent").secret
    desk = Desk(parts=parts, records_for=lambda _files: None)
    with TestClient(create_app(desk), raise_server_exceptions=False) as client:
        draft = {"id": "d", "text": "Hello.", "passages": ["Hello."]}
        answer = client.post(
            "/v1/check-draft", params={"level": "lead"}, json=draft, headers=by(secret)
        )
        check_problem(answer, 403, "the level lead is above agent")
        assert json.loads(client.get("/readyz").text)["status"] == 503
