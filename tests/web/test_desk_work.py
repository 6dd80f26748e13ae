"""What waits on the desk beside cases: promises, approvals, questions, what was handed over."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from tests.service.consultations import asked as a_question_asked
from tests.service.handing_over import a_desk, asked, decided, opened
from tests.web.desk_pages import open_pages, page
from tests.web.test_pages import HOSTILE
from tests.web.visitors import ORIGIN, PAGE, browser, csrf_in, ring_of, signed_in

PROMISE = "Hello Ana, we will write to you within two business days."


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with open_pages(desk) as client:
        yield client


@pytest.mark.parametrize(("path", "says"), [
    ("/desk/follow-ups", "Nothing was promised that fits"),
    ("/desk/approvals", "Nothing waits for approval"),
    ("/desk/consultations", "Nobody is asked anything"),
    ("/desk/escalations", "Nothing is handed over"),
])  # fmt: skip
def test_where_nothing_waits_the_page_says_what_comes_there(
    client: TestClient, path: str, says: str
) -> None:
    assert says in page(client, path).texts["h3"]


def promised(desk: Desk) -> str:
    """The id of a promise that a sent text made."""
    decided(desk, opened(desk), "edit", text=PROMISE)
    return next(one.id for one in desk.cases.ledger("open", None, 9) if one.kind == "promise")


def test_a_promise_is_listed_with_what_is_left_and_settled_with_what_was_done(
    client: TestClient, desk: Desk
) -> None:
    which = promised(desk)
    found = page(client, "/desk/follow-ups")
    assert "two business days" in found.texts["h3"] + found.texts["blockquote"]
    assert "left" in found.texts["b"]

    answer = client.post(f"/desk/follow-ups/{which}", data={"act": "keep", "note": "wrote"})
    assert answer.headers["location"].startswith("/desk/follow-ups?standing=open")
    entry = desk.cases.entry(which)
    assert (entry.state, entry.note, entry.settled_by) == ("kept", "wrote", "agent")
    assert "kept" in page(client, "/desk/follow-ups?standing=kept").texts["b"]


def test_a_promise_that_was_settled_otherwise_is_told_and_the_words_stay(
    client: TestClient, desk: Desk
) -> None:
    which = promised(desk)
    client.post(f"/desk/follow-ups/{which}", data={"act": "keep"})
    again = client.post(f"/desk/follow-ups/{which}", data={"act": "break", "note": "no"})
    assert again.status_code == 409
    assert "That was not done" in again.text
    assert client.post(f"/desk/follow-ups/{which}", data={"act": "eat"}).status_code == 422
    assert client.post("/desk/follow-ups/none", data={"act": "keep"}).status_code == 404


def test_only_my_promises_are_listed_where_asked_for(client: TestClient, desk: Desk) -> None:
    which = promised(desk)
    owner = desk.cases.entry(which).owner
    shown = which in client.get("/desk/follow-ups?mine=1").text
    assert shown == (owner == "agent")
    assert which in client.get("/desk/follow-ups").text


def test_a_request_shows_clause_sums_action_and_who_asks(client: TestClient, desk: Desk) -> None:
    asked(desk, opened(desk))
    found = page(client, "/desk/approvals")
    assert "250.00 USD > 100.00 USD" in found.texts["li"]
    assert "returns.window" in found.texts["b"]
    assert "refund" in found.texts["code"]
    assert "Approve" in found.texts["button"]


def test_a_lead_approves_with_a_reason_and_an_agent_is_refused(desk: Desk) -> None:
    which = asked(desk, opened(desk)).id
    path = f"/desk/approvals/{which}"
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create("agent").secret)
        shown = client.get("/desk/approvals", headers=PAGE)
        assert which in shown.text
        assert "Approve</button>" not in shown.text
        form = {"act": "approve", "reason": "it is fine", "key": "k-1"}
        csrf = csrf_in(shown)
        assert client.post(path, data=form | {"csrf": csrf}, headers=ORIGIN).status_code == 403
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create("lead", level="lead").secret)
        csrf = csrf_in(client.get("/desk/approvals", headers=PAGE))
        assert client.post(path, data=form, headers=ORIGIN).status_code == 403
        told = client.post(path, data=form | {"csrf": csrf}, headers=ORIGIN)
        assert (told.status_code, told.headers.get("location")) == (303, "/desk/approvals?done=1")
        assert "approved" in client.get("/desk/approvals?state=approved", headers=PAGE).text
    assert desk.parts.approvals.get(which).state == "approved"


def test_an_approval_above_ones_level_says_why_with_the_reason_kept(
    client: TestClient, desk: Desk
) -> None:
    which = asked(desk, opened(desk)).id
    form = {"act": "approve", "reason": "because I say so", "key": "k-1"}
    refused = client.post(f"/desk/approvals/{which}", data=form)
    assert refused.status_code == 403
    assert "because I say so" in refused.text
    assert desk.parts.approvals.get(which).state == "open"
    assert client.post("/desk/approvals/none", data=form).status_code == 404
    assert client.post(f"/desk/approvals/{which}", data=form | {"reason": ""}).status_code == 422


def test_a_question_is_answered_with_the_value_of_its_fact(client: TestClient, desk: Desk) -> None:
    a_question_asked(desk.parts, question=f"Was it paid? {HOSTILE}", fact=None)
    assert "Was it paid?" in page(client, "/desk/consultations").texts["h3"]
    assert "Was it paid?" not in client.get("/desk/consultations?owner=Nobody").text

    form = {"act": "answer", "answer": "Yes, on Monday.", "note": "by card"}
    assert client.post("/desk/consultations/q-1", data=form).status_code == 303
    kept = desk.parts.consultations.get("q-1")
    assert (kept.answer, kept.note, kept.answered_by) == ("Yes, on Monday.", "by card", "agent")


def test_an_answer_that_is_none_or_comes_too_late_is_told(client: TestClient, desk: Desk) -> None:
    a_question_asked(desk.parts, fact=None)
    empty = client.post("/desk/consultations/q-1", data={"act": "answer", "answer": " "})
    assert empty.status_code == 422
    assert "there is no answer" in empty.text
    client.post("/desk/consultations/q-1", data={"act": "withdraw", "note": "found it"})
    late = client.post("/desk/consultations/q-1", data={"act": "answer", "answer": "Yes"})
    assert late.status_code == 409
    assert client.post("/desk/consultations/none", data={"act": "answer"}).status_code == 404


def handed(desk: Desk) -> str:
    """The id of a case that was handed over."""
    decided(desk, opened(desk), "escalate", reason=f"they threaten {HOSTILE}")
    return desk.parts.escalated.listed(("open",), None, 1)[0].id


def test_what_was_handed_over_shows_path_deadline_and_both_notices(
    client: TestClient, desk: Desk
) -> None:
    handed(desk)
    found = page(client, "/desk/escalations")
    for words in ("What the customer is told", "What the team is told"):
        assert words in found.texts["summary"]
    assert "they threaten <script>" in found.texts["p"]
    assert re.search(r"left|overdue", found.texts["b"])


def test_it_is_taken_taken_over_and_answered_with_facts(client: TestClient, desk: Desk) -> None:
    which = handed(desk)
    path = f"/desk/escalations/{which}"
    assert client.post(path, data={"act": "take"}).status_code == 303
    assert desk.parts.escalated.get(which).taken_by == "agent"
    form = {"act": "answer", "answer": "Refund it all.", "facts": "order.delivered_at = 2026-11-11"}
    assert client.post(path, data=form).status_code == 303
    kept = desk.parts.escalated.get(which)
    assert (kept.state, kept.answer) == ("answered", "Refund it all.")
    assert kept.facts == {"order.delivered_at": "2026-11-11"}


@pytest.mark.parametrize(("form", "status", "says"), [
    ({"act": "answer", "answer": ""}, 422, "answer"),
    ({"act": "answer", "answer": "Yes", "facts": "nothing"}, 422, "is no fact"),
    ({"act": "answer", "answer": "Yes", "facts": "order.moon = 1"}, 422, "order.moon"),
    ({"act": "take", "instead_of": "Zoe"}, 409, "nobody has taken"),
    ({"act": "dance"}, 422, "nothing that can be done"),
])  # fmt: skip
def test_what_cannot_be_done_with_it_is_told_and_the_words_stay(
    client: TestClient, desk: Desk, form: dict[str, str], status: int, says: str
) -> None:
    answer = client.post(f"/desk/escalations/{handed(desk)}", data=form)
    assert answer.status_code == status
    assert says in answer.text
    assert form.get("answer", "") in answer.text
