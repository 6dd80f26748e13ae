"""What an agent may not grant, asked for and approved over HTTP, each with a key of their own."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.service.keyring import Keyring
from assist.web.app import create_app
from tests.service.handing_over import a_desk, a_refund
from tests.web.checks import check_problem

TICKET = a_refund().model_dump(mode="json", exclude_unset=True)


@pytest.fixture(scope="module")
def desk() -> Desk:
    return a_desk()


@pytest.fixture(scope="module")
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def keys(desk: Desk) -> dict[str, dict[str, str]]:
    """Who asks, by name: the role and the level of their key."""
    ring = Keyring(desk.parts.keys, desk.parts.knowledge, desk.parts.clock, desk.parts.audit)
    made = {
        "agent": ring.create("agent", level="agent"),
        "high agent": ring.create("agent", level="manager"),
        "lead": ring.create("lead", level="lead"),
        "low lead": ring.create("lead", level="senior"),
        "editor": ring.create("editor", level="agent"),
    }
    return {who: {"Authorization": f"Bearer {one.secret}"} for who, one in made.items()}


@pytest.fixture
def case(client: TestClient, keys: dict[str, Any], request: pytest.FixtureRequest) -> Any:
    """A case of this test's own whose customer wants 250.00 USD back."""
    ticket = TICKET | {"id": request.node.name}
    opened = client.post("/v1/cases", json=ticket, headers=keys["agent"])
    assert opened.status_code == 201, opened.text
    return opened.json()


def the_refund(case: dict[str, Any]) -> str:
    candidates = case["suggestion"]["candidates"]
    return next(str(c["id"]) for c in candidates if c["actions"][0]["kind"] == "refund")


def ask(client: TestClient, case: dict[str, Any], headers: dict[str, str], **told: Any) -> Any:
    body = {"key": "a-1", "by": "Mo", "candidate_id": the_refund(case), "reason": "It broke."}
    place = f"/v1/cases/{case['case']['id']}/approvals"
    return client.post(place, json=body | told, headers=headers)


def answer(client: TestClient, place: str, headers: dict[str, str], **told: Any) -> Any:
    body = {"key": "y-1", "by": "Lee", "answer": "approve", "reason": "It is fair."}
    return client.post(f"{place}/answer", json=body | told, headers=headers)


def test_it_is_asked_at_the_level_of_the_key_and_approved_at_that_of_another(
    client: TestClient, keys: dict[str, Any], case: dict[str, Any]
) -> None:
    asked = ask(client, case, keys["agent"])
    place = asked.headers["Location"]

    assert (asked.status_code, asked.json()["level"], asked.json()["needs"]) == (
        201, "agent", "lead",
    )  # fmt: skip
    assert client.get(place, headers=keys["lead"]).json() == asked.json()
    waiting = client.get("/v1/approvals?limit=500", headers=keys["lead"]).json()["approvals"]
    assert asked.json() in waiting

    given = answer(client, place, keys["lead"])

    assert given.status_code == 200, given.text
    assert (given.json()["state"], given.json()["answered_level"]) == ("approved", "lead")
    assert answer(client, place, keys["lead"]).json() == given.json()
    check_problem(answer(client, place, keys["lead"], key="y-2"), 409, "approved by Lee")
    granted = client.get(f"/v1/grants/{given.json()['granted_ids'][0]}", headers=keys["lead"])
    assert granted.json()["by"] == "Lee"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("agent", "the role agent may not approve"),
        ("high agent", "the role agent may not approve"),
        ("editor", "the role editor may not approve"),
        ("low lead", "250.00 USD > 100.00 USD"),
    ],
)
def test_approving_needs_the_role_and_the_level(
    client: TestClient, keys: dict[str, Any], case: dict[str, Any], who: str, words: str
) -> None:
    place = ask(client, case, keys["agent"]).headers["Location"]
    check_problem(answer(client, place, keys[who]), 403, words)
    assert client.get(place, headers=keys["lead"]).json()["state"] == "open"


def test_nobody_answers_at_a_level_above_their_key(
    client: TestClient, keys: dict[str, Any], case: dict[str, Any]
) -> None:
    place = ask(client, case, keys["agent"]).headers["Location"]
    check_problem(answer(client, place, keys["low lead"], level="lead"), 403, "is above senior")


def test_a_key_that_may_itself_needs_no_approval(
    client: TestClient, keys: dict[str, Any], case: dict[str, Any]
) -> None:
    check_problem(ask(client, case, keys["lead"]), 422, "needs no approval")


def test_it_can_be_withdrawn_and_then_asked_again(
    client: TestClient, keys: dict[str, Any], case: dict[str, Any]
) -> None:
    place = ask(client, case, keys["agent"]).headers["Location"]
    gone = client.post(f"{place}/withdraw", json={"key": "w", "by": "Mo"}, headers=keys["agent"])
    assert gone.json()["state"] == "withdrawn"
    assert ask(client, case, keys["agent"], key="a-2").status_code == 201


def test_what_is_not_there_is_not_found(client: TestClient, keys: dict[str, Any]) -> None:
    for path in ("a-9", "%00"):
        check_problem(client.get(f"/v1/approvals/{path}", headers=keys["lead"]), 404)
        check_problem(answer(client, f"/v1/approvals/{path}", keys["lead"]), 404)
