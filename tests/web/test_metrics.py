"""What `/metrics` tells: numbers of what was asked, and of what there is, and no text."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from assist.errors import StoreUnavailable
from assist.service.desk import Desk
from assist.web.app import create_app
from tests.fake_cases import InMemoryCases
from tests.service.parts import some_parts

TICKET = {"id": "t-7", "text": "My hub blinks red. I am ana.lima@example.org."}


@pytest.fixture(scope="module")
def counted(fennwick: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(fennwick), raise_server_exceptions=False) as client:
        yield client


def numbers(client: TestClient) -> dict[str, float]:
    """The lines, by name and labels."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = re.findall(r"^(\w+(?:\{.*\})?) ([\d.e+-]+)$", answer.text, re.MULTILINE)
    return {name: float(value) for name, value in lines}


def test_a_suggestion_is_counted_with_its_steps_its_time_and_what_came_of_it(
    counted: TestClient,
) -> None:
    before = numbers(counted)
    made = counted.post("/v1/suggestions", json=TICKET).json()
    after = numbers(counted)

    def grown(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    outcome = made["abstention"]["code"] if made["abstention"] else "answered"
    assert grown('assist_requests_total{operation="suggest",status="200"}') == 1
    assert grown('assist_request_seconds_count{operation="suggest"}') == 1
    assert grown(f'assist_suggestions_total{{mode="extractive",outcome="{outcome}"}}') == 1
    for trace in made["trace"]:
        assert grown(f'assist_step_seconds_count{{step="{trace["step"]}"}}') == 1


def test_what_is_there_is_told_as_it_is_now(counted: TestClient, fennwick: Desk) -> None:
    found = numbers(counted)
    generation = fennwick.opened().library.generation

    assert found["assist_passages"] == generation.passages
    assert found["assist_generation_number"] == generation.number
    assert found["assist_generation_age_seconds"] >= 0
    assert found['assist_ingest_jobs{state="waiting"}'] == 0
    assert found['assist_promises{state="overdue"}'] >= 0
    assert found["assist_suggestions_waiting"] == found["assist_suggestions_running"] == 0
    assert any(name.startswith("assist_process_memory_bytes{") for name in found)


def test_nothing_of_a_ticket_is_among_the_numbers(counted: TestClient) -> None:
    counted.post("/v1/suggestions", json=TICKET)
    counted.get("/v1/suggestions/s-ana.lima@example.org")
    counted.get("/ana.lima")

    text = counted.get("/metrics").text

    assert "ana.lima" not in text
    assert "t-7" not in text
    assert 'operation="none",status="404"' in text


class NoCases(InMemoryCases):
    def ledger_counts(self, now: object) -> None:
        raise StoreUnavailable("the database does not answer")


def test_a_part_that_does_not_answer_is_told_as_down_and_the_rest_is_there() -> None:
    desk = Desk(parts=some_parts(cases=NoCases()), records_for=lambda _files: None)
    with TestClient(create_app(desk)) as client:
        found = numbers(client)

    assert found['assist_up{part="promises"}'] == 0
    assert found['assist_up{part="ingest"}'] == 1
    assert not any(name.startswith("assist_promises") for name in found)


def test_a_model_without_a_budget_spends_nothing_that_is_told(fennwick: Desk) -> None:
    with TestClient(create_app(replace(fennwick))) as client:
        assert not any(name.startswith("assist_model_spent") for name in numbers(client))
