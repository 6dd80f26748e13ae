"""Cases that are handed over, over HTTP."""

from typing import Any

from fastapi.testclient import TestClient

from tests.web.cases import a_decision, act, done, opened
from tests.web.checks import check_problem


def handed_over(client: TestClient, ticket_id: str) -> dict[str, Any]:
    view = opened(client, ticket_id)
    told = a_decision(view, "escalate", reason="The courier does not answer.")
    after = done(act(client, view, "decision", told))
    one: dict[str, Any] = after["escalations"][-1]
    return one


def test_what_is_handed_over_is_listed_taken_answered_and_known(client: TestClient) -> None:
    one = handed_over(client, "e-1")
    place = f"/v1/escalations/{one['id']}"

    assert client.get(place).json() == one
    waiting = client.get("/v1/escalations?state=open&limit=500").json()
    assert one["id"] in [other["id"] for other in waiting["escalations"]]
    assert one["id"] not in waiting["overdue"]
    team = client.get("/v1/escalations", params={"team": one["path"]["team"]}).json()
    assert {other["path"]["team"] for other in team["escalations"]} == {one["path"]["team"]}

    took = client.post(f"{place}/take", json={"by": "Lee"})
    assert (took.status_code, took.json()["taken_by"]) == (200, "Lee")
    check_problem(client.post(f"{place}/take", json={"by": "Bo"}), 409, "Lee has taken")

    told = {"by": "Lee", "answer": "Send another.", "facts": {"parcel.status": "in_transit"}}
    answer = client.post(f"{place}/answer", json=told)
    assert answer.json()["state"] == "answered", answer.text
    assert client.post(f"{place}/answer", json=told).json() == answer.json()
    check_problem(client.post(f"{place}/withdraw", json={"by": "Mo"}), 409, "was answered")

    case = client.get(f"/v1/cases/{one['case_id']}").json()
    assert case["changed"][0] == f"Lee answered: {one['requested']}"
    assert case["escalations"][0]["answer"] == "Send another."


def test_a_fact_that_is_not_declared_is_named(client: TestClient) -> None:
    one = handed_over(client, "e-2")
    told = {"by": "Lee", "answer": "Yes.", "facts": {"parcel.color": "red"}}
    body = check_problem(
        client.post(f"/v1/escalations/{one['id']}/answer", json=told), 422, "parcel.color"
    )
    assert body["where"] == "facts.parcel.color"


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    for path in ("e-9", "%00"):
        check_problem(client.get(f"/v1/escalations/{path}"), 404)
        answer = client.post(f"/v1/escalations/{path}/take", json={"by": "Lee"})
        check_problem(answer, 404)
