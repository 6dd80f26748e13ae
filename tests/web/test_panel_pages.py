"""`/panel` as a page and forms, without a script."""

import re
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.web.cases import WANTS_A_CREDIT, opened, read
from tests.web.test_pages import Page, check_harmless
from tests.web.visitors import a_desk, browser, ring_of, signed_in

OURS = re.compile(r'<script type="module" src="/static/[a-z/]+\.js"></script>')


def shown(client: TestClient, path: str, status: int = 200) -> Page:
    """The page at this path; it may load our scripts, and none that stands in it."""
    answer = client.get(path)
    return read_page(answer, status)


def read_page(answer: Response, status: int = 200) -> Page:
    assert answer.status_code == status, answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert re.findall(r"<script(?! type=\"module\" src=\"/static/)", answer.text) == []
    page = Page(OURS.sub("", answer.text))
    check_harmless(page)
    return page


def acted(client: TestClient, view: dict[str, Any], act: str, **told: Any) -> Response:
    """A form of the panel, sent as a browser sends it."""
    form = {"act": act, "key": f"k-{act}", "suggestion_id": view["case"]["suggestion_id"], **told}
    return client.post(f"/panel/{view['case']['id']}/act", data=form, follow_redirects=False)


def test_what_the_agent_needs_stands_on_the_panel(client: TestClient) -> None:
    view = opened(client, "p-read")
    found = shown(client, f"/panel/{view['case']['id']}")
    text = unescape(client.get(f"/panel/{view['case']['id']}").text)
    assert view["suggestion"]["issue"]["statement"] in text
    assert all(one["text"] in text for one in view["suggestion"]["draft"]["sentences"])
    assert all(one["title"] in text for one in view["suggestion"]["candidates"])
    assert "Solutions" in found.texts["h3"]


def test_the_draft_is_accepted_as_it_is_also_where_it_was_opened_and_not_changed(
    client: TestClient,
) -> None:
    for ticket, told in (("p-accept", {}), ("p-unchanged", {"text": "as it is"})):
        view = opened(client, ticket)
        act = "edit" if told else "accept"
        text = {"text": view["suggestion"]["draft"]["text"].replace("\n", "\r\n")} if told else {}
        answer = acted(client, view, act, **text)
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            f"/panel/{view['case']['id']}?done={act}",
        )
        after = read(client, view)
        assert after["decisions"][0]["kind"] == "accept"
        assert after["case"]["status"] == "waiting"


def test_an_edited_text_is_what_was_sent_and_ticks_are_kept(client: TestClient) -> None:
    view = opened(client, "p-edit")
    done = view["suggestion"]["plan"][0]["action"]
    acted(client, view, "edit", text="Hello,\r\nit is on its way.", ticked=[done], back="desk")
    after = read(client, view)
    assert after["sent"][0]["text"] == "Hello,\nit is on its way."
    assert after["ticked"] == [done]
    page = client.get(f"/desk/cases/{view['case']['id']}").text
    assert "it is on its way." in page
    assert re.search(r'value="[^"]*" checked', page)


def test_the_same_form_sent_twice_is_one_act(client: TestClient) -> None:
    view = opened(client, "p-twice")
    for _ in range(2):
        assert acted(client, view, "reject", reason="wrong answer").status_code == 303
    assert len(read(client, view)["decisions"]) == 1


def test_facts_lead_to_another_suggestion(client: TestClient) -> None:
    view = opened(client, "p-facts", text="I want my money back for the lamp.")
    question = view["suggestion"]["questions"][0]["fact"]
    answer = acted(client, view, "add_facts", fact=[question], value=["no-such-value-of-it"])
    assert answer.status_code in (303, 422)
    acted(client, view, "add_facts", fact=["customer.fraud_flag"], value=["no"])
    after = read(client, view)
    assert after["ticket"]["facts"]["customer.fraud_flag"] is False
    assert after["case"]["suggestion_id"] != view["case"]["suggestion_id"]


def test_what_is_beyond_the_agent_is_asked_of_a_lead(client: TestClient) -> None:
    view = client.post("/v1/cases", json=WANTS_A_CREDIT | {"id": "p-credit"}).json()
    wanted = next(
        one["id"]
        for one in view["suggestion"]["candidates"]
        if any(a["kind"] == "credit" for a in one["actions"])
    )
    answer = acted(
        client,
        view,
        "approval",
        candidate_id=wanted,
        reason="A week is long.",
        amount="80.00",
        currency="usd",
    )
    assert answer.status_code == 303, answer.text
    asked = read(client, view)["approvals"]
    assert [(one["candidate_id"], one["state"]) for one in asked] == [(wanted, "open")]


@pytest.mark.parametrize(
    ("act", "told", "status", "said"),
    [
        ("edit", {"text": "  "}, 422, "needs `text`"),
        ("reject", {"reason": ""}, 422, "needs `reason`"),
        ("dance", {}, 422, "kind"),
        ("consult", {"question_id": "q-none"}, 404, "q-none"),
        ("solved", {}, 409, "answered"),
        ("escalate", {"reason": "x", "suggestion_id": "s-old"}, 422, "s-old"),
    ],
)
def test_what_does_not_go_is_said_on_the_page_and_nothing_is_kept(
    client: TestClient, act: str, told: dict[str, str], status: int, said: str
) -> None:
    view = opened(client, "p-wrong")
    answer = acted(client, view, act, **told)
    found = read_page(answer, status)
    assert "That did not go" in found.texts["h2"]
    assert said in unescape(answer.text)
    assert read(client, view)["case"]["events"] == view["case"]["events"]


def test_what_was_typed_is_checked_and_still_there(client: TestClient) -> None:
    view = opened(client, "p-check")
    form = {"text": "We will refund 900 USD today. Thank you.", "back": "desk"}
    answer = client.post(f"/panel/{view['case']['id']}/check", data=form)
    found = read_page(answer)
    assert "We will refund 900 USD today." in unescape(answer.text)
    assert "Look at these sentences before you send:" in found.texts["b"]
    nothing = client.post(f"/panel/{view['case']['id']}/check", data={"text": " "})
    read_page(nothing, 422)
    assert "there is nothing to check" in nothing.text


def test_of_a_case_that_there_is_not_the_page_says_so(client: TestClient) -> None:
    for path in ("/panel/case-none", "/desk/cases/case-none", "/panel/case%00"):
        assert "There is no such case" in shown(client, path, 404).texts["h2"]


def test_who_may_only_read_sees_the_panel_and_changes_nothing() -> None:
    desk = a_desk()
    secret = ring_of(desk).create("qa").secret
    with browser(desk) as client:
        signed_in(client, secret)
        assert client.get("/panel/case-1").status_code == 404
        refused = client.post("/panel/case-1/act", data={"act": "accept"})
        assert refused.status_code == 403


def test_a_question_of_ones_own_stands_with_its_answer(client: TestClient) -> None:
    view = opened(client, "p-asked")
    asked = {"id": "own-1", "by": "Mo", "ticket_id": "p-asked", "due": "2030-01-01T10:00:00Z"}
    asked |= {"question": "Is the Leipzig depot on strike?", "owner": "Logistics"}
    assert client.post("/v1/consultations", json=asked).status_code == 201
    page = unescape(client.get(f"/panel/{view['case']['id']}").text)
    assert "Is the Leipzig depot on strike?" in page
    assert "Logistics" in page
