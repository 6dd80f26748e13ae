"""How far a case's suggestion is, told by the panel: steps, an end, and what to do without one."""

import json
import threading
from contextlib import suppress
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assist.domain.case import Case
from assist.domain.case_event import CaseEvent
from assist.domain.suggestion import Trace
from assist.errors import EmbedderUnavailable
from assist.service.desk import Desk
from assist.web import soon
from assist.web.pages import panel_steps
from tests.builders import NOW
from tests.builders import a_ticket as a_request
from tests.web.cases import a_ticket, opened, read
from tests.web.test_panel_pages import acted

Told = list[tuple[str, dict[str, Any]]]


def told(client: TestClient, case: str) -> Told:
    """All events of the stream, each as its name and what it tells."""
    text = client.get(f"/panel/{case}/steps").text
    found: Told = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((lines["event"], json.loads(lines["data"])))
    return found


def left_behind(desk: Desk, case: str) -> None:
    """The customer has written again, and whoever kept it died."""
    ticket = desk.cases.view(case).ticket.model_copy(update={"revision": 2, "subject": "Again"})
    body = {"ticket": ticket.model_dump(mode="json"), "level": "agent", "mode": None}
    event = CaseEvent(number=1, key="again", kind="message", at=NOW, by="", body=body)
    desk.parts.cases.append(case, event)


def a_step(name: str) -> Case:
    trace = Trace(step=name, ms=12.5, note="two issues")
    return Case(ticket=a_request(), now=NOW, level="agent", trace=(trace,))


def test_a_suggestion_that_is_there_is_told_at_once(client: TestClient) -> None:
    view = opened(client, "steps-there")
    assert told(client, view["case"]["id"]) == [("ready", {"why": ""})]


def test_nothing_is_told_of_a_case_that_there_is_not(client: TestClient) -> None:
    answer = client.get("/panel/case-0/steps")
    assert (answer.status_code, answer.json()["title"]) == (404, "there is no such thing")


def test_steps_are_told_while_it_is_made_and_why_it_broke_off(
    client: TestClient, fennwick: Desk
) -> None:
    case = opened(client, "steps-broke")["case"]["id"]
    left_behind(fennwick, case)
    first, more = threading.Event(), threading.Event()

    def make() -> None:
        with suppress(EmbedderUnavailable), fennwick.cases.underway.run(case) as hear:
            hear(a_step("identify"))
            first.set()
            more.wait(10)
            hear(a_step("gather"))
            raise EmbedderUnavailable("the model cannot be read", cure="set it up")

    maker = threading.Thread(target=make)
    maker.start()
    first.wait(10)
    threading.Timer(0.3, more.set).start()
    found = told(client, case)
    maker.join()
    step = {"ms": 12.5, "note": "two issues"}
    assert found == [
        ("run", {}),
        ("step", {"step": "identify", **step}),
        ("step", {"step": "gather", **step}),
        ("problem", {"why": "the model cannot be read (set it up)"}),
    ]


def test_where_nobody_is_at_it_the_page_offers_to_see_to_it_and_does(
    client: TestClient, fennwick: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened(client, "steps-nobody")
    case = view["case"]["id"]
    left_behind(fennwick, case)
    monkeypatch.setattr(panel_steps, "PATIENCE", 0.2)
    assert client.get(f"/panel/{case}/steps").text == ""
    page = client.get(f"/panel/{case}").text
    assert "The suggestion is being made" in page
    assert "See to it now" in page
    assert acted(client, view, "go_on").headers["location"] == f"/panel/{case}?done=go_on"
    after = read(client, view)["case"]
    assert (after["revision"], after["applied"]) == (2, after["events"])
    assert "See to it now" not in client.get(f"/panel/{case}").text


def test_a_page_comes_before_a_suggestion_that_takes_longer_than_a_moment(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soon, "MOMENT", 0.01)
    form = {"id": "steps-slow", "text": a_ticket("")["text"]}
    answer = client.post("/desk/new", data=form, follow_redirects=False)
    assert answer.status_code == 303
    case = answer.headers["location"].rpartition("/")[2]
    assert told(client, case)[-1] == ("ready", {"why": ""})
    assert client.get(f"/v1/cases/{case}").json()["case"]["status"] == "deciding"


def test_what_was_not_kept_is_refused_however_long_it_took(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soon, "MOMENT", 0.0)
    view = opened(client, "steps-refused")
    stale = view | {"case": view["case"] | {"suggestion_id": "s-of-another"}}
    answer = acted(client, stale, "add_facts", fact="order.value", value="40")
    assert answer.status_code == 422
    assert "That did not go" in answer.text
    assert len(read(client, view)["history"]) == 1
