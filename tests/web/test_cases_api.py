from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.cases import TEXT, a_decision, a_ticket, act, done, opened, read
from tests.web.checks import check_problem

CASE = "/v1/cases/case-0000000000000000"
ACT = {"key": "k-1", "by": "Mo"}
ACTS: dict[str, dict[str, Any]] = {
    "decision": {**ACT, "kind": "add_facts", "suggestion_id": "s-9"},
    "progress": {**ACT, "text": "We have asked the courier."},
    "outcome": {**ACT, "kind": "solved"},
    "cancel": ACT,
    "consult": {"id": "q-0", "by": "Mo", "suggestion_id": "s-9"},
}


def test_a_ticket_becomes_a_case_that_is_told_again_at_its_location(client: TestClient) -> None:
    answer = client.post("/v1/cases?at=2026-11-20T15:00:00Z", json=a_ticket("w-open"))

    assert answer.status_code == 201
    view = answer.json()
    case = view["case"]
    assert answer.headers["location"] == f"/v1/cases/{case['id']}"
    assert (case["ticket_id"], case["status"], case["opened_at"]) == (
        "w-open",
        "deciding",
        "2026-11-20T15:00:00Z",
    )
    assert view["suggestion"]["id"] == case["suggestion_id"]
    assert [event["kind"] for event in view["history"]] == ["opened"]
    assert client.get(answer.headers["location"]).json() == view
    kept = client.get(f"/v1/suggestions/{case['suggestion_id']}").json()
    assert kept == view["suggestion"]


def test_the_same_ticket_again_is_the_same_case(client: TestClient) -> None:
    first = opened(client, "w-again")

    again = client.post("/v1/cases", json=a_ticket("w-again"))

    assert (again.status_code, again.json()) == (200, first)
    assert again.headers["location"] == f"/v1/cases/{first['case']['id']}"


def test_a_newer_revision_is_a_message_with_a_suggestion_of_its_own(client: TestClient) -> None:
    first = opened(client, "w-newer")

    newer = client.post("/v1/cases", json=a_ticket("w-newer", revision=2, text="It is here now."))

    assert newer.status_code == 200
    view = newer.json()
    assert view["case"]["id"] == first["case"]["id"]
    assert view["case"]["revision"] == view["suggestion"]["revision"] == 2
    assert view["case"]["suggestion_id"] != first["case"]["suggestion_id"]
    assert [event["kind"] for event in view["history"]] == ["opened", "message"]


def test_an_older_revision_that_comes_late_is_refused(client: TestClient) -> None:
    view = opened(client, "w-late", revision=3)

    body = check_problem(
        client.post("/v1/cases", json=a_ticket("w-late", revision=2)), 409, "revision 3"
    )

    assert (body["type"], body["where"]) == ("/problems/stale", "revision")
    assert read(client, view) == view


def test_cases_are_listed_by_where_they_stand_the_last_changed_first(client: TestClient) -> None:
    first, second, third = (opened(client, f"w-list-{n}") for n in range(3))
    done(act(client, second, "cancel", ACT))
    done(act(client, first, "decision", a_decision(first, "reject", reason="not now")))

    def listed(query: str = "") -> list[str]:
        cases = client.get(f"/v1/cases{query}").json()["cases"]
        return [case["ticket_id"] for case in cases if case["ticket_id"].startswith("w-list")]

    assert listed() == ["w-list-0", "w-list-1", "w-list-2"]
    assert listed("?status=deciding") == ["w-list-0", "w-list-2"]
    assert listed("?status=cancelled") == ["w-list-1"]
    assert listed("?status=solved") == []
    assert listed("?limit=1") == ["w-list-0"]
    assert third["case"] in client.get("/v1/cases?status=deciding").json()["cases"]


@pytest.mark.parametrize("query", ["status=open", "limit=0", "limit=501", "state=deciding"])
def test_a_list_that_nobody_can_give_is_refused(client: TestClient, query: str) -> None:
    check_problem(client.get(f"/v1/cases?{query}"), 422)


@pytest.mark.parametrize("case_id", ["case-0", "a%00b", "%ff", "x" * 5_000])
def test_a_case_that_is_not_there_is_not_found(client: TestClient, case_id: str) -> None:
    check_problem(client.get(f"/v1/cases/{case_id}"), 404, "there is no case")


@pytest.mark.parametrize("path", ["progress", "outcome", "cancel", "consult"])
@pytest.mark.parametrize("case_id", ["case-0", "a%00b"])
def test_nothing_is_done_about_a_case_that_is_not_there(
    client: TestClient, path: str, case_id: str
) -> None:
    answer = client.post(f"/v1/cases/{case_id}/{path}", json=ACTS[path])

    check_problem(answer, 404, "there is no case")


def test_nothing_is_decided_about_a_case_that_is_not_there(client: TestClient) -> None:
    view = opened(client, "w-nowhere")

    check_problem(client.post(f"{CASE}/decision", json=a_decision(view)), 404, "no case")


@pytest.mark.parametrize("path", ACTS)
@pytest.mark.parametrize("fields", [{"by": ""}, {"by": None}, {"color": "red"}], ids=str)
def test_an_act_that_does_not_fit_is_refused_by_its_field(
    client: TestClient, path: str, fields: dict[str, Any]
) -> None:
    body = check_problem(client.post(f"{CASE}/{path}", json=ACTS[path] | fields), 422)

    assert body["where"] in fields
    assert body["cure"]


@pytest.mark.parametrize("path", ["decision", "progress", "outcome", "cancel"])
@pytest.mark.parametrize("key", ["", "a b", None, "x" * 201], ids=str)
def test_an_act_has_a_key_that_fits_a_log(client: TestClient, path: str, key: str | None) -> None:
    answer = client.post(f"{CASE}/{path}", json=ACTS[path] | {"key": key})

    assert check_problem(answer, 422)["where"] == "key"


@pytest.mark.parametrize("query", ["mode=llm", "level=king"])
def test_a_case_that_cannot_be_worked_on_as_asked_is_not_opened(
    client: TestClient, query: str
) -> None:
    ticket = a_ticket(f"w-{query}")

    check_problem(client.post(f"/v1/cases?{query}", json=ticket), 422, query.partition("=")[0])

    assert client.post("/v1/cases", json=ticket).status_code == 201


def test_a_ticket_whose_facts_cannot_be_read_opens_no_case(client: TestClient) -> None:
    ticket = a_ticket("w-facts", facts={"order.number": "1"})

    body = check_problem(client.post("/v1/cases", json=ticket), 422, "not declared")

    assert body["where"] == "facts.order.number"
    assert client.post("/v1/cases", json=a_ticket("w-facts")).status_code == 201


def test_a_message_that_cannot_be_worked_on_as_asked_is_not_kept(client: TestClient) -> None:
    view = opened(client, "w-badly")

    answer = client.post("/v1/cases?level=king", json=a_ticket("w-badly", revision=2))

    check_problem(answer, 422, "king")
    assert read(client, view) == view


@pytest.mark.parametrize(
    ("ticket", "where"),
    [({"id": "w-x"}, ""), ({"text": TEXT, "color": "red"}, "color"), ({"text": 3}, "messages")],
    ids=str,
)
def test_a_ticket_that_is_none_opens_nothing(
    client: TestClient, ticket: dict[str, Any], where: str
) -> None:
    body = check_problem(client.post("/v1/cases", json=ticket), 422)

    assert body.get("where", "").startswith(where)


def test_where_nothing_was_ingested_no_case_is_opened(empty_client: TestClient) -> None:
    check_problem(empty_client.post("/v1/cases", json=a_ticket("w-1")), 503, "ingested")

    assert empty_client.get("/v1/cases").json() == {"cases": []}
