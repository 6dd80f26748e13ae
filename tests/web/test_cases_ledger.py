from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.cases import answered
from tests.web.checks import check_problem

KEPT = {"key": "k-1", "by": "Ida", "state": "kept", "note": "I wrote to them."}


def listed(client: TestClient, case: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    """What was promised about this case, of what such a list holds."""
    answer = client.get("/v1/promises", params={"limit": 500} | query)
    assert answer.status_code == 200, answer.text
    return [one for one in answer.json()["promises"] if one["case_id"] == case["case"]["id"]]


def settle(client: TestClient, entry: dict[str, Any], **told: str) -> Any:
    return client.post(f"/v1/promises/{entry['id']}", json=KEPT | told)


def test_every_promise_of_a_text_that_was_sent_is_listed_until_it_is_kept(
    client: TestClient,
) -> None:
    view = answered(client, "l-kept")
    (entry,) = listed(client, view)
    assert entry in view["ledger"]
    assert "write to you within two business days" in entry["what"]

    kept = settle(client, entry)

    assert kept.status_code == 200
    assert {name: kept.json()[name] for name in ("state", "settled_by", "note")} == {
        "state": "kept",
        "settled_by": "Ida",
        "note": "I wrote to them.",
    }
    assert listed(client, view) == []
    assert listed(client, view, state="kept") == [kept.json()]
    assert client.get(f"/v1/cases/{entry['case_id']}").json()["ledger"] == [kept.json()]


def test_a_promise_ends_once(client: TestClient) -> None:
    (entry,) = listed(client, answered(client, "l-once"))
    kept = settle(client, entry).json()

    assert settle(client, entry).json() == kept
    body = check_problem(settle(client, entry, state="broken"), 409)
    assert body["type"] == "/problems/already-done"


def test_what_is_due_by_a_moment_is_listed_the_earliest_first(client: TestClient) -> None:
    text = "We will call you tomorrow. We will write to you within five business days."
    view = answered(client, "l-due", text)
    first, second = listed(client, view)
    due = datetime.fromisoformat(first["due"])
    assert due < datetime.fromisoformat(second["due"])

    assert listed(client, view, due_by=due.isoformat()) == [first]
    assert listed(client, view, due_by=(due - timedelta(seconds=1)).isoformat()) == []
    assert listed(client, view, due_by="2200-01-01T00:00:00Z") == [first, second]


def test_nothing_is_promised_by_a_text_that_promises_nothing(client: TestClient) -> None:
    view = answered(client, "l-none", "Your parcel is at the post office.")

    assert listed(client, view) == view["ledger"] == []


@pytest.mark.parametrize(
    "query",
    ["state=late", "due_by=soon", "due_by=2026-11-20T15:00:00", "limit=0", "status=open"],
)
def test_a_list_of_promises_that_nobody_can_give_is_refused(client: TestClient, query: str) -> None:
    check_problem(client.get(f"/v1/promises?{query}"), 422)


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"state": "open"}, "state"),
        ({"state": ""}, "state"),
        ({"by": ""}, "by"),
        ({"key": "a b"}, "key"),
        ({"note": "x" * 2_001}, "note"),
        ({"color": "red"}, "color"),
    ],
    ids=str,
)
def test_an_end_that_is_none_is_refused(
    client: TestClient, told: dict[str, str], where: str
) -> None:
    (entry,) = listed(client, answered(client, "l-unfit"))

    assert check_problem(settle(client, entry, **told), 422)["where"] == where
    assert settle(client, entry | {"id": "l-none"}).status_code == 404


@pytest.mark.parametrize("entry_id", ["case-0-1-1", "a%00b", "%ff", "x" * 5_000])
def test_a_promise_that_is_not_there_is_not_found(client: TestClient, entry_id: str) -> None:
    check_problem(client.post(f"/v1/promises/{entry_id}", json=KEPT), 404)
