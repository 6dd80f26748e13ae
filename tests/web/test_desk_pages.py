"""`/desk`: the queue, a case beside its ticket, and a new one."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from assist.domain.helpdesk_settings import HelpdeskSettings
from assist.errors import HelpdeskUnavailable
from assist.service.desk import Desk
from assist.web.app import STATIC
from tests.helpdesks.fake import MemoryHelpdesk, signed
from tests.service.consultations import answered as answered_question
from tests.service.consultations import asked as a_question
from tests.service.handing_over import a_desk, a_refund, asked, decided, opened
from tests.web.desk_pages import open_pages, page
from tests.web.eval_pages import links
from tests.web.test_pages import HOSTILE

CASE = r"/desk/cases/case-\w+"


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with open_pages(desk) as client:
        yield client


def listed(client: TestClient, path: str = "/desk") -> list[str]:
    """The cases that a page of the queue links to, in order."""
    return [one for one in links(page(client, path)) if re.fullmatch(CASE, one)]


def test_an_empty_queue_says_what_to_do(client: TestClient) -> None:
    found = page(client, "/desk")
    assert "Nothing waits" in found.texts["h3"]
    assert "/desk/new" in links(found)


def test_a_case_is_listed_with_its_clock_and_found_by_ticket_and_by_words(
    client: TestClient, desk: Desk
) -> None:
    opened(desk)
    found = page(client, "/desk")
    assert "left" in found.texts["b"]
    assert len(listed(client)) == 1
    assert len(listed(client, "/desk?q=T-1")) == 1
    assert listed(client, "/desk?q=zebra") == []
    assert "None of these" in page(client, "/desk?q=zebra").texts["h3"]
    assert listed(client, "/desk?status=solved") == []
    assert len(listed(client, "/desk?status=nonsense&page=-3&which=odd")) == 1


def test_filters_leave_what_is_mine_escalated_or_stale(client: TestClient, desk: Desk) -> None:
    view = opened(desk)
    other = opened(desk, a_refund(ticket_id="t-2", customer={"id": "c-2", "region": "US"}))
    decided(desk, view, "escalate", reason="they threaten to leave", by="agent")
    mine, both = f"/desk/cases/{view.case.id}", 2
    assert listed(client, "/desk?whose=mine") == [mine]
    assert mine in listed(client, "/desk?which=escalated")
    assert listed(client, "/desk?which=stale") == []
    assert len(listed(client)) == both
    assert f"/desk/cases/{other.case.id}" in listed(client)


def test_a_suggestion_that_does_not_know_a_colleagues_answer_is_stale(
    client: TestClient, desk: Desk
) -> None:
    view = opened(desk)
    assert listed(client, "/desk?which=stale") == []
    a_question(desk.parts)
    answered_question(desk.parts, value=True)
    assert listed(client, "/desk?which=stale") == [f"/desk/cases/{view.case.id}"]
    assert "stale" in page(client, "/desk").texts["b"]


def test_an_overdue_case_is_said_to_be_in_words(client: TestClient, desk: Desk) -> None:
    opened(desk)
    for _ in range(20_000):  # a minute each: two weeks
        desk.parts.clock.now()
    assert "overdue" in page(client, "/desk").texts["b"]


def test_many_cases_come_in_pages(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assist.web.pages.desk.PAGE", 1)
    for number in (1, 2):
        opened(desk, a_refund(ticket_id=f"t-{number}"))
    first, second = listed(client), listed(client, "/desk?page=2")
    assert len(first) == len(second) == 1
    assert first != second


def test_a_pasted_ticket_opens_a_case_and_leads_to_its_page(client: TestClient, desk: Desk) -> None:
    form = {
        "subject": HOSTILE,
        "text": f"Please refund my order.\r\n{HOSTILE}",
        "region": "US",
        "facts": '{"order.delivered_at": "2026-11-10"}',
    }
    answer = client.post("/desk/new", data=form)
    assert answer.status_code == 303, answer.text
    found = page(client, answer.headers["location"])
    assert HOSTILE in found.texts["h2"]
    assert "order.delivered_at" in found.texts["dt"]


@pytest.mark.parametrize(("typed", "said"), [
    ({"text": " "}, "is empty"),
    ({"text": "Hi", "facts": "[1]"}, "is no JSON object"),
    ({"text": "Hi", "facts": "{"}, "is no JSON"),
    ({"text": "Hi", "facts": '{"order.moon": 1}'}, "order.moon"),
])  # fmt: skip
def test_a_ticket_that_cannot_be_opened_is_told_and_stays_typed(
    client: TestClient, typed: dict[str, str], said: str
) -> None:
    answer = client.post("/desk/new", data=typed | {"subject": ""})
    assert answer.status_code == 422
    assert said in answer.text
    assert typed["text"] in answer.text


def test_a_case_shows_ticket_history_record_and_the_panel(client: TestClient, desk: Desk) -> None:
    view = opened(desk)
    path = f"/desk/cases/{view.case.id}"
    found = page(client, path)
    assert "Please refund my order" in found.texts["article"]
    assert "opened" in found.texts["li"]
    assert {f"{path}/record.md", f"{path}/record.json"} <= set(links(found))
    assert any(a.get("id") == "panel" for _tag, a in found.elements)


def test_a_record_is_saved_as_a_page_and_as_json(client: TestClient, desk: Desk) -> None:
    path = f"/desk/cases/{opened(desk).case.id}"
    told = client.get(f"{path}/record.md")
    assert told.headers["content-disposition"] == 'attachment; filename="record.md"'
    assert told.text.startswith("# ")
    assert client.get(f"{path}/record.json").json()["ticket_id"] == "t-1"
    assert client.get(f"{path}/record.exe").status_code == 404
    assert client.get("/desk/cases/case-9/record.md").status_code == 404


def test_a_case_that_is_not_there_is_a_page_that_says_so(client: TestClient) -> None:
    assert "There is no such case" in page(client, "/desk/cases/case-9", 404).texts["h2"]


def test_the_tabs_say_how_much_waits(client: TestClient, desk: Desk) -> None:
    view = opened(desk)
    asked(desk, view)
    assert "Approvals 1" in " ".join(page(client, "/desk").texts["nav"].split())


def test_a_store_that_does_not_answer_is_told_in_the_page(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assist.errors import StoreUnavailable

    def broken(*_: object) -> None:
        raise StoreUnavailable("the database does not answer", cure="start it")

    monkeypatch.setattr(desk.parts.cases, "listed", broken)
    found = page(client, "/desk", 503)
    assert "the database does not answer" in found.texts["p"]


def test_pages_of_the_desk_load_only_what_is_there(client: TestClient) -> None:
    loaded = [
        str(a.get("href") or a.get("src"))
        for tag, a in page(client, "/desk").elements
        if tag in ("link", "script")
    ]
    assert {client.get(one).status_code for one in loaded} == {200}


def test_all_scripts_of_the_product_together_are_small() -> None:
    sizes = [file.stat().st_size for file in STATIC.rglob("*.js")]
    assert sizes
    assert sum(sizes) < 60_000


@pytest.fixture
def beside_a_helpdesk(desk: Desk) -> tuple[Desk, MemoryHelpdesk]:
    chat = MemoryHelpdesk()
    chat.write("7", "My lamp arrived broken.")
    settings = HelpdeskSettings(kind="chatwoot", url="http://chat.example.org", account="1")
    parts = replace(desk.parts, helpdesks={"chat": chat})
    return replace(desk, parts=parts, helpdesks={"chat": settings}), chat


def test_a_ticket_of_a_helpdesk_is_fetched_by_its_number(
    beside_a_helpdesk: tuple[Desk, MemoryHelpdesk],
) -> None:
    desk, _ = beside_a_helpdesk
    with open_pages(desk) as client:
        assert "chat" in page(client, "/desk/new").texts["option"]
        answer = client.post("/desk/helpdesk", data={"helpdesk": "chat", "ticket": " 7 "})
        assert re.fullmatch(CASE, answer.headers["location"])
        wrong = client.post("/desk/helpdesk", data={"helpdesk": "chat", "ticket": "8"})
        assert wrong.status_code == 404
        assert "no such ticket" in wrong.text
        assert 'value="8"' in wrong.text
        assert client.post("/desk/helpdesk", data={"helpdesk": "mail"}).status_code == 422


def test_a_helpdesk_that_does_not_answer_is_said_on_the_queue(
    beside_a_helpdesk: tuple[Desk, MemoryHelpdesk],
) -> None:
    desk, chat = beside_a_helpdesk
    with open_pages(desk) as client:
        body = b'{"ticket": "7"}'
        errand = desk.errands.heard("chat", signed(body, desk.parts.clock.now()), body)
        assert errand is not None
        assert "does not answer" not in client.get("/desk").text
        chat.down = HelpdeskUnavailable("chat does not answer")
        desk.errands.attend(errand.id)
        assert "chat does not answer. Waiting, and tried again" in client.get("/desk").text
        chat.down = None
        desk.errands.attend(errand.id)
        assert "does not answer" not in client.get("/desk").text


def test_the_regions_that_the_company_knows_are_offered(client: TestClient, desk: Desk) -> None:
    (known,) = desk.opened().policy_set.sla.calendars
    assert f"<option>{known.region}</option>" in client.get("/desk/new").text


def test_what_an_agent_must_know_of_a_suggestion_stands_at_its_top(
    client: TestClient, desk: Desk
) -> None:
    view = opened(desk, a_refund(customer={"id": "c-1", "region": "Mars"}))
    shown = client.get(f"/desk/cases/{view.case.id}").text
    assert shown.index("the region “Mars” is none of") < shown.index('id="draft"')


def test_without_a_helpdesk_the_form_for_a_new_case_asks_for_none(client: TestClient) -> None:
    assert "/desk/helpdesk" not in client.get("/desk/new").text
