"""`/kb-health` and `/v1/kb-health`: how articles do, as a page, as JSON and as tables."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assist.domain.kb_health import KbHealth, TrainingNeeds
from assist.service.desk import Desk
from assist.web.app import create_app
from tests.service.kb_health.desk_builders import HUB, LAMP, SINCE, a_desk, said, suggested
from tests.web.checks import check_problem
from tests.web.eval_pages import links, page
from tests.web.test_pages import HOSTILE

HEALTH = f"/v1/kb-health?since={SINCE}"
TRAINING = f"/v1/kb-health/training-needs?since={SINCE}"
PAGE = f"/kb-health?since={SINCE}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    hostile = LAMP.replace("title: The lamp is dark", f"title: {json.dumps(HOSTILE)}")
    made = a_desk(tmp_path, hub=HUB, lamp=hostile)
    suggested(made, 1)
    return made


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk)) as client:
        yield client


def proved_right(desk: Desk) -> None:
    """Three agents set aside what somebody else judged correct."""
    for number, agent in enumerate(("Ann", "Ben", "Cleo")):
        made = suggested(desk, number)
        said(desk, made, "rejected", by=agent)
        said(desk, made, "correct", by="Quinn")


def test_json_tells_all_articles_and_whether_they_were_checked(desk: Desk, client: TestClient):
    first = KbHealth.model_validate(client.get(HEALTH).json())
    desk.health.checks.settle()
    later = KbHealth.model_validate(client.get(HEALTH).json())

    assert {one.document_id for one in first.articles} == {"hub", "lamp"}
    assert later.checked
    assert all(one.own_words for one in later.articles)
    assert (later.tickets, later.articles[0].document_id) == (1, "hub")


def test_a_table_has_a_row_per_article_and_runs_nothing_in_a_spreadsheet(tmp_path: Path):
    desk = a_desk(tmp_path, hub=HUB.replace("owner: Product Support", "owner: '=cmd()'"), lamp=LAMP)
    with TestClient(create_app(desk)) as client:
        answer = client.get(HEALTH, headers={"Accept": "text/csv"})

    rows = list(csv.DictReader(StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    assert [row["document"] for row in rows] == ["hub", "lamp"]
    assert rows[0]["owner"] == "'=cmd()"
    assert rows[0]["review_due"] == "2026-01-31"


def test_a_page_of_markdown_has_what_to_review_first_and_no_markup_of_others(client: TestClient):
    answer = client.get(HEALTH, headers={"Accept": "text/markdown"})

    first = next(line for line in answer.text.splitlines() if line.startswith("1. "))
    assert first.startswith("1. `hub` The hub blinks red: its review is overdue by")
    assert "\\<script>" in answer.text
    assert answer.headers["vary"] == "Accept"


def test_what_we_do_not_offer_and_a_day_that_is_none_are_refused(client: TestClient):
    check_problem(client.get(HEALTH, headers={"Accept": "image/png"}), 406)
    assert client.get("/v1/kb-health?since=soon").status_code == 422
    check_problem(client.get("/v1/kb-health?since=1900-01-01"), 422)
    check_problem(client.get("/v1/kb-health/training-needs?since=1900-01-01"), 422)


def test_training_needs_are_told_by_topic(desk: Desk, client: TestClient):
    proved_right(desk)

    needs = TrainingNeeds.model_validate(client.get(TRAINING).json())

    assert [gap.label for gap in needs.gaps] == ["hubs"]


def test_the_page_has_what_to_review_next_on_top_and_a_row_per_article(client: TestClient):
    shown = page(client, PAGE)

    assert "The hub blinks red" in shown.texts["ol"]
    assert "its review is overdue by" in shown.texts["ol"]
    assert HOSTILE in shown.texts["tbody"]
    assert "The hub blinks red" in shown.texts["tbody"]
    assert "svg" in [tag for tag, _ in shown.elements]


@pytest.mark.parametrize(("sort", "first"), [("shown", "hub"), ("title", "lamp"), ("own", "hub")])
def test_the_table_is_sorted_by_the_column_asked_for(client: TestClient, sort: str, first: str):
    shown = page(client, f"{PAGE}&sort={sort}")

    body = shown.texts["tbody"]
    place = {"hub": body.index("The hub blinks red"), "lamp": body.index(HOSTILE)}
    assert min(place, key=lambda name: place[name]) == first
    assert f"/kb-health?sort=owner&since={SINCE}#all" in links(shown)


def test_the_page_tells_training_needs_by_topic_without_names(desk: Desk, client: TestClient):
    proved_right(desk)

    shown = page(client, PAGE)

    assert "hubs" in shown.texts["h3"]
    assert not [name for name in ("Ann", "Ben", "Cleo", "Quinn") if name in shown.texts["main"]]


def test_a_day_that_is_none_is_told_on_the_page(client: TestClient):
    assert "is no day" in page(client, "/kb-health?since=soon", 422).texts["p"]


def test_without_tickets_the_page_says_that_nothing_is_known_of_use(tmp_path: Path):
    with TestClient(create_app(a_desk(tmp_path))) as client:
        shown = page(client, PAGE)

    assert "no tickets yet" in shown.texts["li"]
    assert "nothing is known about use and success" in shown.texts["p"]


def test_without_a_knowledge_base_the_page_says_so(empty_client: TestClient):
    assert "Nothing to show" in page(empty_client, "/kb-health", 503).texts["h2"]
