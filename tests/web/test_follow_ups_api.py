"""Promises by how they stand, notices of what is due, and closing messages over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assist.domain.ledger import Entry
from assist.domain.notice import Notice, notice_id
from assist.service.desk import Desk
from tests.web.cases import act, an_outcome, answered, done, read
from tests.web.checks import check_problem

SEEN = {"key": "n-1", "by": "Ida"}
CLOSING = {"key": "c-1", "by": "Mo"}


def desk_of(client: TestClient) -> Desk:
    desk: Desk = client.app.state.desk  # type: ignore[attr-defined]
    return desk


def a_promise_due(client: TestClient, name: str, ago: timedelta) -> Entry:
    """A promise of a case of this name whose time came so long ago."""
    view = answered(client, name)
    cases = desk_of(client).parts.cases
    row, due = cases.get(view["case"]["id"]), datetime.now(UTC) - ago
    entry = cases.entries(row.id)[0].model_copy(
        update={"id": f"{row.id}-9-1", "due": due, "check_at": due}
    )
    cases.save(row, [entry])
    return entry


def listed(client: TestClient, entry: Entry, state: str) -> list[str]:
    found = client.get("/v1/promises", params={"state": state, "limit": 500}).json()["promises"]
    return [one["id"] for one in found if one["id"] == entry.id]


@pytest.mark.parametrize(
    ("ago", "standing"), [(timedelta(minutes=1), "due"), (timedelta(hours=2), "overdue")]
)
def test_what_is_to_be_done_now_is_due_and_what_should_have_been_is_overdue(
    client: TestClient, ago: timedelta, standing: str
) -> None:
    entry = a_promise_due(client, f"f-{standing}", ago)
    found = {state: listed(client, entry, state) for state in ("open", "due", "overdue", "kept")}
    wanted = {"open": [entry.id], "due": [], "overdue": [], "kept": []}
    assert found == wanted | {standing: [entry.id]}


def test_one_promise_can_be_read(client: TestClient) -> None:
    entry = a_promise_due(client, "f-one", timedelta())
    assert client.get(f"/v1/promises/{entry.id}").json() == entry.model_dump(mode="json")
    check_problem(client.get("/v1/promises/none"), 404)
    check_problem(client.get("/v1/promises/a%00b"), 404)


def a_notice(client: TestClient, name: str) -> Notice:
    entry = a_promise_due(client, name, timedelta(hours=1))
    notice = Notice(
        id=notice_id("due", entry.id),
        kind="due",
        about=entry.id,
        case_id=entry.case_id,
        owner=entry.owner,
        due=datetime(2026, 1, 1, tzinfo=UTC),
        made_at=datetime.now(UTC),
    )
    assert desk_of(client).parts.notices.make(notice)
    return notice


def notices(client: TestClient, **query: Any) -> list[str]:
    answer = client.get("/v1/notices", params={"limit": 500} | query)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["notices"]]


def test_a_notice_is_listed_until_somebody_has_seen_it(client: TestClient) -> None:
    notice = a_notice(client, "n-seen")
    assert notice.id in notices(client)
    assert notice.id in notices(client, kind="due")
    assert notice.id not in notices(client, kind="look")

    seen = client.post(f"/v1/notices/{notice.id}", json=SEEN)
    assert (seen.status_code, seen.json()["seen_by"]) == (200, "Ida")
    again = client.post(f"/v1/notices/{notice.id}", json=SEEN | {"by": "Mo"})
    assert again.json() == seen.json()
    assert notice.id not in notices(client)
    assert notice.id in notices(client, state="seen")


def test_a_notice_that_there_is_not_is_said(client: TestClient) -> None:
    check_problem(client.post("/v1/notices/none", json=SEEN), 404)
    check_problem(client.post("/v1/notices/a%00b", json=SEEN), 404)
    check_problem(client.get("/v1/notices", params={"kind": "other"}), 422)


def test_a_solved_case_is_closed_with_a_message(client: TestClient) -> None:
    view = answered(client, "c-solved")
    address = f"/v1/cases/{view['case']['id']}/closing"
    assert check_problem(client.get(address), 409)["type"] == "/problems/stale"
    done(act(client, view, "outcome", an_outcome("solved", rating=5)))

    draft = client.get(address)
    assert draft.status_code == 200
    assert "solved by what I wrote to you" in draft.json()["text"]
    closed = done(client.post(address, json=CLOSING))
    assert closed["sent"][-1]["text"] == draft.json()["text"]
    assert done(client.post(address, json=CLOSING)) == closed == read(client, view)
    other = client.post(address, json=CLOSING | {"key": "c-2", "text": "Farewell."})
    assert check_problem(other, 409)["type"] == "/problems/already-done"


def test_a_closing_of_no_case_is_not_found(client: TestClient) -> None:
    for name in ("none", "a%00b"):
        check_problem(client.get(f"/v1/cases/{name}/closing"), 404)
        check_problem(client.post(f"/v1/cases/{name}/closing", json=CLOSING), 404)
