"""`/v1/gaps`: lists, decisions, proofs, runs and the table."""

import csv
import io
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.web.app import create_app
from tests.contracts.gap_store import a_gap_event, a_gap_run
from tests.service.parts import some_parts
from tests.web.checks import check_problem
from tests.web.gap_pages import a_shown_gap, some_gaps


@pytest.fixture
def desk() -> Desk:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    some_gaps(desk)
    return desk


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk), raise_server_exceptions=False) as client:
        yield client


def decide(client: TestClient, **decision: str):
    return client.post("/v1/gaps/gap-1/decision", json=decision)


def test_gaps_are_listed_by_impact_filtered_and_paged(client: TestClient) -> None:
    def ids(query: str) -> list[str]:
        return [one["id"] for one in client.get(f"/v1/gaps?{query}").json()["gaps"]]

    assert ids("") == ["gap-2", "gap-1"]
    assert ids("state=open") == ["gap-1"]
    assert ids("kind=unclear") == ["gap-2"]
    assert ids("limit=1&offset=1") == ["gap-1"]
    body = client.get("/v1/gaps?limit=1").json()
    assert (body["total"], body["gaps"][0]["tickets"]) == (2, 2)
    check_problem(client.get("/v1/gaps?state=lost"), 422)


def test_a_gap_comes_with_evidence_draft_and_history(client: TestClient) -> None:
    body = client.get("/v1/gaps/gap-1").json()
    assert [one["ticket_id"] for one in body["gap"]["tickets"]] == ["t-0", "t-1"]
    assert body["draft"].startswith("---\nid: rain")
    assert [one["what"] for one in body["history"]] == ["found"]
    check_problem(client.get("/v1/gaps/gap-9"), 404)


def test_a_decision_is_kept_once_and_one_that_does_not_go_is_a_conflict(
    client: TestClient,
) -> None:
    for _ in range(2):
        body = decide(client, act="accept", key="k-1").json()
    assert body["state"] == "accepted"
    assert [one["what"] for one in body["history"]] == ["found", "accepted"]
    refused = check_problem(decide(client, act="accept", key="k-2"), 409, "accepted")
    assert refused["type"] == "/problems/wrong-state"
    other = check_problem(decide(client, act="accept", key="k-1", text="# Other"), 409)
    assert other["type"] == "/problems/already-done"
    check_problem(decide(client, act="reject", key="k-3"), 422, "reason")


def test_a_proof_needs_something_written_and_a_knowledge_base(
    client: TestClient, desk: Desk
) -> None:
    check_problem(client.post("/v1/gaps/gap-1/proof", json={"key": "p"}), 503)
    desk.parts.gaps.add(a_shown_gap("gap-3", draft=""), a_gap_event())
    problem = check_problem(client.post("/v1/gaps/gap-3/proof", json={"key": "p"}), 409)
    assert problem["type"] == "/problems/wrong-state"


def test_a_run_is_asked_for_and_the_last_is_told_with_its_failure(
    client: TestClient, desk: Desk
) -> None:
    answer = client.post("/v1/gaps/runs")
    assert answer.status_code == 202
    assert desk.parts.timers.state().waiting == 1
    desk.parts.gaps.add_run(a_gap_run(error="no database"))
    body = client.get("/v1/gaps/runs").json()
    assert body["run"]["error"] == "no database"
    assert body["last_good_at"] is not None


def test_the_table_holds_every_gap_and_no_formula(client: TestClient, desk: Desk) -> None:
    harmful = a_shown_gap("gap-3", owner="=1+1", gap={"label": "@cmd", "impact": 99.0})
    desk.parts.gaps.add(harmful, a_gap_event())
    answer = client.get("/v1/gaps/export")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["gap"] for row in rows] == ["gap-3", "gap-2", "gap-1"]
    assert (rows[0]["label"], rows[0]["owner"], rows[0]["tickets"]) == ("'@cmd", "'=1+1", "2")
    rejected = client.get("/v1/gaps/export?state=rejected").text
    assert [row["gap"] for row in csv.DictReader(io.StringIO(rejected))] == ["gap-2"]


def test_metrics_tell_the_states_and_whether_the_last_look_failed(
    client: TestClient, desk: Desk
) -> None:
    assert 'assist_gaps{state="rejected"} 1.0' in client.get("/metrics").text
    assert "assist_gap_look_failed 0.0" in client.get("/metrics").text
    desk.parts.gaps.add_run(a_gap_run(error="no database"))
    text = client.get("/metrics").text
    assert "assist_gap_look_failed 1.0" in text
    assert "assist_gap_look_age_seconds" in text
