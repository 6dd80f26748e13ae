"""The panel while a language model takes its time: each step is shown as it finishes."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from assist.domain.endpoint import Budget, ChatSettings, Timeouts
from assist.service.desk import Desk
from evals.scripted_llm.good import good
from evals.scripted_llm.server import ScriptedServer
from tests.models.conftest import KB, desk_on
from tests.web.chromium import chromium, needs_chromium, served, window

pytestmark = [pytest.mark.browser, needs_chromium]
WRITES = "You write what"
TEXT = "My Hub 2 has been offline since I changed the router. Its light blinks amber."


@pytest.fixture(scope="module")
def desk(server: ScriptedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that waits longer for its model than any test lets it."""
    patient = ChatSettings(
        base_url=server.url,
        model="scripted",
        timeouts=Timeouts(first_token_seconds=60, between_tokens_seconds=60, total_seconds=60),
        budget=Budget(seconds=60),
    )
    with desk_on(tmp_path_factory.mktemp("live") / "home", server, patient) as desk:
        desk.ingest(KB, progress=lambda *_: None)
        desk.warm()
        yield desk


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    with served(desk) as found:
        yield found


@pytest.fixture
def written(server: ScriptedServer) -> Iterator[threading.Event]:
    """The model writes no reply before this is set."""
    may = threading.Event()

    def slow(asked: dict[str, Any]) -> str:
        if asked["messages"][0]["content"].startswith(WRITES):
            may.wait(20)
        return good(asked)

    server.good = slow
    yield may
    may.set()
    server.good = good


def kinds(address: str, case: str) -> list[str]:
    """What happened to the case."""
    return [one["kind"] for one in httpx.get(f"{address}/v1/cases/{case}").json()["history"]]


def opened(page: Page, address: str, ticket: str) -> None:
    """A case from what was pasted."""
    page.goto(f"{address}/desk/new")
    page.locator("#id").fill(ticket)
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name="Open the case").click()


def check_writing(page: Page) -> None:
    """All steps before the reply are done, and that one is not."""
    expect(page.locator('[data-step="escalate"]')).to_have_class("done")
    expect(page.locator('[data-step="communicate"]')).not_to_have_class("done")


def test_steps_are_ticked_while_the_model_writes_and_nothing_moves(
    browser: Browser, address: str, written: threading.Event
) -> None:
    with window(browser) as page:
        opened(page, address, "live-1")
        expect(page.get_by_role("heading", name="The suggestion is being made")).to_be_visible()
        before = page.locator('[data-step="follow_up"]').bounding_box()
        check_writing(page)
        assert page.locator('[data-step="follow_up"]').bounding_box() == before
        written.set()
        expect(page.locator("#draft")).to_be_visible()
        expect(page.locator(".underway")).to_have_count(0)


def test_what_is_typed_while_the_customer_writes_again_is_not_taken_away(
    browser: Browser, address: str, written: threading.Event
) -> None:
    ticket = {"id": "live-2", "messages": [{"author": "customer", "text": TEXT}]}
    written.set()
    case = httpx.post(f"{address}/v1/cases", json=ticket, timeout=60).json()["case"]["id"]
    written.clear()
    again = ticket | {"revision": 2, "subject": "It blinks red now"}
    with ThreadPoolExecutor(1) as others, window(browser) as page:
        others.submit(httpx.post, f"{address}/v1/cases", json=again, timeout=60)
        while "message" not in kinds(address, case):
            time.sleep(0.05)
        page.goto(f"{address}/panel/{case}")
        check_writing(page)
        page.keyboard.press("e")
        page.locator("#text").fill("My own words.")
        written.set()
        expect(page.locator(".underway .why")).to_contain_text("There is a newer suggestion")
        assert page.locator("#text").input_value() == "My own words."
        page.get_by_role("button", name="Show it").click()
        expect(page.locator(".underway")).to_have_count(0)
        expect(page.locator(".stale")).to_have_count(0)


def test_without_a_script_the_page_loads_itself_again(
    browser: Browser, address: str, written: threading.Event
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    opened(page, address, "live-3")
    expect(page.get_by_role("button", name="See to it now")).to_be_visible()
    written.set()
    expect(page.locator("#draft")).to_be_visible(timeout=15_000)
    context.close()
