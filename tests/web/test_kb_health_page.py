"""`/kb-health` and `/v1/kb-health`: what an editor sees of the articles."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.web.app import create_app
from tests.service.kb_health.desk_builders import a_desk, suggested
from tests.web.checks import check_problem
from tests.web.eval_pages import page


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = a_desk(tmp_path)
    suggested(desk, 1)
    return desk


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk), raise_server_exceptions=False) as client:
        yield client


def test_an_article_in_use_and_one_that_is_not_are_told_apart(client: TestClient) -> None:
    told = client.get("/v1/kb-health?since=2026-01-01").json()
    shown = {one["document_id"]: (one["shown"], one["cited"]) for one in told["articles"]}
    assert shown == {"hub": (1, 1), "lamp": (0, 0)}


def test_what_most_wants_review_comes_first_with_its_reason(client: TestClient) -> None:
    first = client.get("/v1/kb-health?since=2026-01-01").json()["articles"][0]
    assert first["document_id"] == "hub"
    assert any("review" in reason for reason in first["reasons"])


def test_the_table_for_spreadsheets_has_a_row_per_article(client: TestClient) -> None:
    answer = client.get("/v1/kb-health", headers={"Accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert {row[0] for row in rows[1:]} == {"hub", "lamp"}


def test_a_form_that_nobody_offers_and_a_day_that_is_none_are_refused(client: TestClient) -> None:
    check_problem(client.get("/v1/kb-health", headers={"Accept": "image/png"}), 406)
    check_problem(client.get("/v1/kb-health?since=yesterday"), 422)


def test_training_needs_are_counted_and_nobody_is_named(client: TestClient) -> None:
    told = client.get("/v1/kb-health/training-needs").json()
    assert (told["overridden"], told["right"], told["gaps"]) == (0, 0, [])


def test_the_page_names_both_articles(client: TestClient) -> None:
    answer = client.get("/kb-health")
    assert answer.status_code == 200
    assert "The hub blinks red" in answer.text
    assert "The lamp is dark" in answer.text
    assert page(client, "/kb-health").texts["h1"]
