from typing import Any

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from tests.web.checks import check_problem

ON = "2026-11-20"
POUNDS = {"amount": "20.00", "currency": "GBP"}


def answered(client: TestClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def tried(client: TestClient, **asked: Any) -> Any:
    return client.post("/v1/policies/try", json={"date": ON, "actions": [{"kind": "ask"}]} | asked)


def test_the_list_names_the_version_set_and_every_policy(
    client: TestClient, fennwick: Desk
) -> None:
    opened = fennwick.opened()

    found = answered(client, f"/v1/policies?on={ON}")

    rules, generation = opened.policy_set, opened.library.generation
    assert found["version_set"]["version"] == rules.version
    assert found["version_set"]["generation"] == generation.id
    assert found["version_set"]["number"] == generation.number
    assert found["on"] == ON
    assert {one["id"] for one in found["policies"]} == {policy.id for policy in rules.policies}
    assert found["clauses"] == sum(one["clauses"] for one in found["policies"])
    titles = [one["title"] for one in found["policies"]]
    assert titles == sorted(titles)


@pytest.mark.parametrize(
    ("on", "states"),
    [
        ("2024-12-31", ("future", "future")),
        ("2025-12-31", ("in_force", "future")),
        ("2026-01-01", ("superseded", "in_force")),
    ],
)
def test_the_state_of_each_edition_is_that_of_the_day_asked_for(
    client: TestClient, on: str, states: tuple[str, str]
) -> None:
    listed = {one["id"]: one for one in answered(client, f"/v1/policies?on={on}")["policies"]}

    assert (listed["warranty-2025"]["state"], listed["warranty"]["state"]) == states


def test_without_a_day_the_state_is_todays(client: TestClient, fennwick: Desk) -> None:
    today = fennwick.parts.clock.now().date().isoformat()

    assert answered(client, "/v1/policies")["on"] == today
    assert answered(client, "/v1/policies/warranty")["on"] == today


def test_a_policy_comes_with_its_clauses_its_prose_and_its_editions(client: TestClient) -> None:
    found = answered(client, f"/v1/policies/warranty?on={ON}")

    assert (found["policy"]["id"], found["state"]) == ("warranty", "in_force")
    for clause in found["policy"]["clauses"]:
        assert " ".join(clause["text"].split()) in " ".join(found["text"].split())
    assert [(one["id"], one["state"]) for one in found["editions"]] == [
        ("warranty", "in_force"),
        ("warranty-2025", "superseded"),
    ]


def test_an_edition_is_found_by_its_version(client: TestClient) -> None:
    found = answered(client, f"/v1/policies/warranty?version=3&on={ON}")

    assert (found["policy"]["id"], found["state"]) == ("warranty-2025", "superseded")
    problem = check_problem(client.get("/v1/policies/warranty?version=9"), 404, "no edition '9'")
    assert problem["cure"] == "there are 4 (warranty), 3 (warranty-2025)"


def test_an_unknown_policy_is_not_found_and_the_nearest_are_named(client: TestClient) -> None:
    problem = check_problem(client.get("/v1/policies/waranty"), 404, "no policy 'waranty'")

    assert "warranty" in problem["cure"]


@pytest.mark.parametrize("policy_id", ["x", "a/b", "x%00", "%ff", "x" * 5_000])
def test_whatever_is_no_policy_is_not_found(client: TestClient, policy_id: str) -> None:
    check_problem(client.get(f"/v1/policies/{policy_id}"), 404, "there is no policy")


def test_a_trial_answers_verdict_proof_and_way_out(client: TestClient) -> None:
    action = {"kind": "credit", "parameters": {"amount": POUNDS | {"amount": "2000.00"}}}

    found = tried(client, actions=[action], facts={"customer.region": "UK"}, granted=[]).json()

    (one,) = found["actions"]
    assert found["verdict"]["value"] != "allowed"
    assert one["alternative"]["verdict"]["value"] == "allowed"
    assert one["action"]["verdict"] == found["verdict"]
    parts = [line["part"] for line in one["action"]["proof"]]
    assert (parts[0], parts[-1]) == ("asked", "conclusion")
    assert found["scope"]["region"] == "UK"


def test_a_trial_says_what_to_ask(client: TestClient) -> None:
    found = tried(client, actions=[{"kind": "refund", "parameters": {"amount": POUNDS}}]).json()

    assert found["verdict"]["value"] == "unknown"
    asked = {one["fact"]: one["question"] for one in found["questions"]}
    assert asked["order.delivered_at"] == "On which day did the parcel arrive?"


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"date": "soon"}, "date"),
        ({"actions": []}, "actions"),
        ({"actions": [{"kind": "ask"}] * 21}, "actions"),
        ({"actions": [{"kind": "refnd"}]}, "actions.0.kind"),
        ({"actions": [{"kind": "ask", "verdict": None}]}, "actions.0.verdict"),
        ({"level": "boss"}, "level"),
        ({"facts": {"order.deliverd_at": "2026-11-02"}}, "facts.order.deliverd_at"),
        ({"facts": {"order.delivered_at": 3}}, "facts.order.delivered_at"),
        ({"scope": {"color": "red"}}, "scope.color"),
        ({"scope": {"region": "Mars"}}, "scope.customer.region"),
        ({"granted": [{"action": "credit"}]}, "granted.0.at"),
        ({"limit": 5}, "limit"),
    ],
)
def test_a_trial_that_does_not_fit_is_refused_by_its_field(
    client: TestClient, asked: dict[str, Any], where: str
) -> None:
    assert check_problem(tried(client, **asked), 422, where)["where"] == where


@pytest.fixture(scope="module")
def suggestion(client: TestClient) -> dict[str, Any]:
    """A suggestion for a refund."""
    answer = client.post("/v1/suggestions", json={"id": "t-proof", "text": "I want a refund."})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_suggestion_is_explained_candidate_by_candidate(
    client: TestClient, suggestion: dict[str, Any]
) -> None:
    found = answered(client, f"/v1/suggestions/{suggestion['id']}/proof")

    assert found["ticket_id"] == "t-proof"
    assert found["policy_version"] == found["serving"]["version"] == suggestion["policy_version"]
    assert [one["id"] for one in found["candidates"]] == [
        one["id"] for one in suggestion["candidates"]
    ]
    for explained, candidate in zip(found["candidates"], suggestion["candidates"], strict=True):
        assert explained["verdict"] == candidate["verdict"]
        assert [one["proof"] for one in explained["actions"]] == [
            one["proof"] for one in candidate["actions"]
        ]


def test_one_candidate_is_explained_alone(client: TestClient, suggestion: dict[str, Any]) -> None:
    wanted = suggestion["candidates"][1]["id"]

    found = answered(client, f"/v1/suggestions/{suggestion['id']}/proof?candidate={wanted}")

    assert [one["id"] for one in found["candidates"]] == [wanted]


def test_what_there_is_no_proof_of_is_not_found(
    client: TestClient, suggestion: dict[str, Any]
) -> None:
    path = f"/v1/suggestions/{suggestion['id']}/proof?candidate=x"

    problem = check_problem(client.get(path), 404, "has no candidate 'x'")
    assert suggestion["candidates"][0]["id"] in problem["cure"]
    check_problem(client.get("/v1/suggestions/s-none/proof"), 404, "no suggestion 's-none'")
    check_problem(client.get("/v1/suggestions/%00/proof"), 404, "no suggestion")


def test_where_nothing_was_ingested_the_policies_say_what_to_run(
    empty_client: TestClient,
) -> None:
    for answer in (
        empty_client.get("/v1/policies"),
        empty_client.get("/v1/policies/x"),
        tried(empty_client),
    ):
        check_problem(answer, 503, "ingested")
