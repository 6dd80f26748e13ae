"""The panel as a dashboard app of Chatwoot: it asks for the conversation and fetches the ticket."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, FrameLocator, Page, expect

from assist.domain.doors import Doors
from assist.domain.helpdesk_settings import HelpdeskSettings
from assist.errors import HelpdeskUnavailable
from assist.service.desk import Desk
from assist.web.app import create_app
from tests.fake_cases import InMemoryCases, InMemoryCheckpoints
from tests.fake_errands import InMemoryErrands
from tests.fake_timers import InMemoryNotices, InMemoryTimers
from tests.fakes import InMemorySuggestions
from tests.helpdesks.fake import MemoryHelpdesk
from tests.web.chromium import chromium, needs_chromium, served, window

CHATWOOT = "http://chatwoot.test"
HOST = """<!doctype html><title>Chatwoot</title>
<iframe title=assist width=360 height=700 src="{panel}"></iframe><script>
const tell = (event, id) => event.source.postMessage(JSON.stringify({{
  event: "appContext",
  data: {{conversation: {{id}}, contact: {{name: "Ana"}}, currentAgent: {{name: "Mo"}}}},
}}), event.origin);
addEventListener("message", (event) => {{
  if (event.data !== "chatwoot-dashboard-app:fetch-info") return;
  event.source.postMessage("no JSON {{", event.origin);
  tell(event, {first});
  setTimeout(() => tell(event, {first}), 50);
}});</script>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def chat() -> MemoryHelpdesk:
    found = MemoryHelpdesk()
    found.write("7", "How long may I return an order I do not want?")
    return found


@pytest.fixture
def desk(fennwick: Desk, chat: MemoryHelpdesk) -> Desk:
    cases = InMemoryCases()
    parts = replace(
        fennwick.parts,
        cases=cases,
        checkpoints=InMemoryCheckpoints(),
        suggestions=InMemorySuggestions(),
        notices=InMemoryNotices(cases),
        errands=InMemoryErrands(InMemoryTimers()),
        helpdesks={"chat": chat},
    )
    settings = HelpdeskSettings(kind="chatwoot", url=CHATWOOT, account="1")
    doors = Doors(frame_ancestors=(CHATWOOT,))
    return replace(fennwick, parts=parts, helpdesks={"chat": settings}, doors=doors)


def framed(page: Page, address: str, first: Any = 7) -> FrameLocator:
    """The panel's frame on a page that does as Chatwoot's does."""
    body = HOST.format(panel=f"{address}/panel?helpdesk=chat", first=first)
    page.route(f"{CHATWOOT}/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"{CHATWOOT}/")
    return page.frame_locator("iframe")


@pytest.mark.browser
@needs_chromium
def test_a_conversation_is_fetched_and_its_suggestion_shown_in_its_frame(
    browser: Browser, desk: Desk
) -> None:
    with served(desk) as address, window(browser) as page:
        frame = framed(page, address)
        frame.get_by_role("button", name="Fetch it from chat").click()
        expect(frame.locator("#draft")).to_be_visible()
        assert desk.parts.cases.of_ticket("chat:7") is not None
        again = framed(page, address)
        expect(again.locator("#draft")).to_be_visible()


@pytest.mark.browser
@needs_chromium
def test_a_helpdesk_that_does_not_answer_is_said_in_the_frame(
    browser: Browser, desk: Desk, chat: MemoryHelpdesk
) -> None:
    chat.down = HelpdeskUnavailable("chat does not answer", cure="try again later")
    with served(desk) as address, window(browser) as page:
        frame = framed(page, address)
        button = frame.get_by_role("button", name="Fetch it from chat")
        button.click()
        expect(frame.get_by_role("alert")).to_contain_text("chat does not answer")
        chat.down = None
        button.click()
        expect(frame.locator("#draft")).to_be_visible()


@pytest.mark.browser
@needs_chromium
def test_what_a_page_says_of_a_conversation_is_a_name_and_no_more(
    browser: Browser, desk: Desk
) -> None:
    hostile = """'7"><img src=x onerror=alert(1)>'"""
    with served(desk) as address, window(browser) as page:
        frame = framed(page, address, hostile)
        frame.get_by_role("button", name="Fetch it from chat").click()
        expect(frame.get_by_role("alert")).to_contain_text("no such ticket")
        assert frame.locator("img").count() == 0


def test_a_ticket_of_a_helpdesk_that_is_not_set_is_a_case_that_is_not_there(desk: Desk) -> None:
    with TestClient(create_app(desk), follow_redirects=False) as client:
        assert client.get("/panel/ticket/mail:7").status_code == 404
        assert client.post("/panel/ticket/mail:7").status_code == 404
        assert client.post("/panel/ticket/plain").status_code == 404
        assert client.get("/panel/ticket/chat:%00").status_code == 404
