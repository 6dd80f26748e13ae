"""`/v1/upstream`: what is to be mended where it begins, and whether it helped."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.web.app import create_app
from tests.builders import NOW
from tests.service.trends.history import DAY, a_desk, at, solved, ticket
from tests.web.checks import check_problem

UPSTREAM = "/v1/upstream"
MENDED = NOW - 21 * DAY


@pytest.fixture(scope="module")
def history() -> Desk:
    """Forty days of a password a day, none in the last twenty; and a parcel a day throughout."""
    desk = a_desk()
    for day in range(40):
        when = NOW - (41 - day) * DAY
        if when < MENDED:
            solved(desk, ticket(day, when), when)
        solved(desk, ticket(100 + day, when, "parcel"), when)
    at(desk, NOW)
    return desk


@pytest.fixture
def client(history: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(history)) as client:
        yield client


def issue(client: TestClient, category: str) -> Any:
    """The issue of the report about this."""
    found = client.get("/v1/trends").json()["systemic"]
    return next(one for one in found if one["issue"]["category"] == category)


def opened(client: TestClient, category: str, key: str = "m-1") -> Any:
    told = {"key": key, "issue": issue(client, category)["issue"], "title": "Mend the link"}
    answer = client.post(UPSTREAM, json=told | {"owner": "Web"})
    assert answer.status_code == 201, answer.text
    return answer.json()


def decided(client: TestClient, item: Any, act: str, **told: Any) -> Any:
    given = {"key": f"{act}-{item['id']}", "act": act, **told}
    return client.post(f"{UPSTREAM}/{item['id']}/decision", json=given)


def test_an_issue_is_mended_and_fewer_come_since(client: TestClient):
    item = opened(client, "account")
    assert (item["state"], item["owner"], item["title"]) == ("open", "Web", "Mend the link")

    done = decided(client, item, "done", on=str(MENDED.date()), note="the link works").json()

    assert done["item"]["state"] == "done"
    assert [one["what"] for one in done["history"]] == ["opened", "done"]
    assert done["effect"]["says"] == "fewer come since, beyond chance"
    assert done["effect"]["high"] < 1
    assert done["effect"]["others"] == pytest.approx(1, abs=0.2)
    told = issue(client, "account")
    assert told["item"]["state"] == "done"
    assert told["effect"] == done["effect"]
    assert client.get(f"{UPSTREAM}/{item['id']}").json() == done


def test_an_issue_has_one_item_however_often_it_is_opened(client: TestClient):
    item = opened(client, "orders")
    assert opened(client, "orders", "m-2") == item
    listed = client.get(f"{UPSTREAM}?state=open").json()["items"]
    assert [one["id"] for one in listed] == [item["id"]]


def test_the_same_decision_twice_is_one(client: TestClient):
    item = opened(client, "orders")
    for _ in range(2):
        answer = decided(client, item, "assign", owner="Operations")
        assert answer.json()["item"]["owner"] == "Operations"
    assert [one["what"] for one in answer.json()["history"]].count("assigned") == 1


def test_a_key_of_another_decision_is_refused(client: TestClient):
    item = opened(client, "orders")
    decided(client, item, "note", note="asked the carrier")
    given = {"key": f"note-{item['id']}", "act": "note", "note": "something else"}
    check_problem(client.post(f"{UPSTREAM}/{item['id']}/decision", json=given), 409, "note-")


def test_what_its_state_does_not_allow_is_refused_in_words(client: TestClient):
    item = opened(client, "orders")
    check_problem(decided(client, item, "reopen", note="why not"), 409, "the item is open")


def test_a_dropped_item_can_be_opened_again(client: TestClient):
    item = opened(client, "orders")
    assert decided(client, item, "drop", note="too dear").json()["item"]["state"] == "dropped"
    again = decided(client, item, "reopen", note="cheaper now").json()
    assert (again["item"]["state"], again["effect"]) == ("open", None)


@pytest.mark.parametrize(
    "told",
    [
        {"act": "assign"},
        {"act": "drop"},
        {"act": "note", "note": " "},
        {"act": "note", "note": "a", "on": "2026-11-01"},
        {"act": "done", "on": "2999-01-01"},
        {"act": "fly"},
    ],
)
def test_a_decision_that_lacks_something_is_refused(client: TestClient, told: Any):
    item = opened(client, "orders")
    answer = client.post(f"{UPSTREAM}/{item['id']}/decision", json={"key": "bad", **told})
    check_problem(answer, 422)


def test_an_unknown_item_is_said(client: TestClient):
    check_problem(client.get(f"{UPSTREAM}/upstream-9"), 404, "upstream-9")
