"""`/v1/trends` and `/trends`: what cases tell over a time, as JSON, as a table and as a page."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from assist.domain.trend_report import TrendReport
from assist.service.desk import Desk
from assist.service.trends.lessons_told import issues_csv
from assist.web.app import create_app
from assist.web.pages.trends_report import trends_page
from tests.builders import NOW
from tests.service.trends.history import DAY, a_desk, at, solved, ticket
from tests.web.checks import check_problem
from tests.web.eval_pages import links, page
from tests.web.test_pages import HOSTILE

TRENDS = "/v1/trends"


@pytest.fixture(scope="module")
def desk() -> Desk:
    """A dozen parcels and passwords of the last three weeks."""
    desk = a_desk()
    for number in range(12):
        when = NOW - (20 - number) * DAY
        about = "parcel" if number % 3 else "password"
        solved(desk, ticket(number, when, about), when, rating=5)
    at(desk, NOW)
    return desk


@pytest.fixture(scope="module")
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk)) as client:
        yield client


def test_json_holds_the_whole_report(client: TestClient) -> None:
    found = TrendReport.model_validate(client.get(TRENDS).json())

    assert found.cases == 12
    assert {(one.category, one.total) for one in found.volumes} == {
        ("all", 12), ("orders", 8), ("account", 4),
    }  # fmt: skip


def test_days_choose_what_is_counted(client: TestClient) -> None:
    day = (NOW - 20 * DAY).date()
    one = client.get(f"{TRENDS}?since={day}&until={day}").json()
    assert (one["cases"], one["step"]) == (1, "day")


def test_a_spreadsheet_gets_a_row_for_each_step(client: TestClient) -> None:
    answer = client.get(TRENDS, headers={"Accept": "text/csv"})

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("category,step,first_day,cases\n")
    assert "orders,week," in answer.text


@pytest.mark.parametrize(
    "query",
    ["since=soon", "since=1900-01-01", "until=1900-01-01", "since=2026-11-02&until=2026-11-01"],
)
def test_a_time_that_cannot_be_is_refused(client: TestClient, query: str):
    check_problem(client.get(f"{TRENDS}?{query}"), 422)


def test_another_form_is_not_made_up(client: TestClient):
    check_problem(client.get(TRENDS, headers={"Accept": "image/png"}), 406)


def test_what_came_back_since_is_told_at_once(desk: Desk, client: TestClient) -> None:
    before = client.get(TRENDS).json()["cases"]
    solved(desk, ticket(99, NOW - timedelta(hours=9)), NOW - timedelta(hours=9))
    at(desk, NOW)
    assert client.get(TRENDS).json()["cases"] == before + 1


def test_the_page_says_what_came_and_draws_it(client: TestClient) -> None:
    shown = page(client, "/trends")

    assert "What changed" in shown.texts["h2"]
    assert "orders" in shown.texts["th"]
    assert "<svg" in client.get("/trends").text
    assert "/trends" in links(shown)


def test_the_page_names_no_agent_and_no_customer(client: TestClient) -> None:
    told = client.get("/trends").text
    assert "Mo" not in re.findall(r"[A-Za-z]+", told)
    assert "Ana" not in told


def test_a_page_of_a_time_without_cases_says_so(client: TestClient) -> None:
    shown = page(client, "/trends?since=2025-01-01&until=2025-01-31")
    assert "No case came in this time." in shown.texts["p"]


@pytest.mark.parametrize("query", ["since=soon", "until=never"])
def test_a_page_asked_for_no_day_says_how_to_write_one(client: TestClient, query: str) -> None:
    shown = page(client, f"/trends?{query}", 422)
    assert "is no day" in shown.texts["p"]
    assert "write it as 2026-11-20" in shown.texts["p"]


def test_a_lead_has_an_issue_mended_on_the_page_and_says_when_it_is_done(
    client: TestClient,
) -> None:
    asked = {"key": "p-1", "category": "orders", "title": "Mend the tracking", "owner": "Ops"}
    answer = client.post("/trends/upstream", data=asked, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/trends#systemic")
    item = client.get("/v1/upstream").json()["items"][0]["id"]
    assert "Mend the tracking: open, Ops" in " ".join(page(client, "/trends").texts["p"].split())

    told = {"key": "p-2", "act": "done"}
    assert client.post(f"/trends/upstream/{item}", data=told, follow_redirects=False).is_redirect
    shown = " ".join(page(client, "/trends").texts["p"].split())
    assert "Mend the tracking: done on 2026-11-20, Ops" in shown
    assert "too early" in shown


def test_what_lacks_something_is_not_done_and_the_page_says_why(client: TestClient) -> None:
    answer = client.post("/trends/upstream", data={"key": "p-9", "category": "orders"})
    assert answer.status_code == 422
    assert "That was not done" in answer.text
    assert "title" in answer.text
    assert client.post("/trends/upstream/upstream-9", data={"key": "p"}).status_code == 422


def test_what_customers_wrote_is_shown_as_text_and_run_by_no_spreadsheet() -> None:
    desk = a_desk()
    for number in range(1, 6):
        when = NOW - number * DAY
        words = f"How do I reset my password? {HOSTILE}"
        solved(desk, ticket(number, when, words, product="=cmd()"), when)
    at(desk, NOW)
    found = desk.trends.report(NOW, None, None)

    with TestClient(create_app(desk)) as client:
        page(client, "/trends")
    assert HOSTILE not in trends_page(found)
    assert ",'=cmd()," in issues_csv(found)
