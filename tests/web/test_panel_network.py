"""The panel where the network is slow or gone: nothing typed is lost, nothing is sent twice."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from assist.service.desk import Desk
from tests.web.chromium import chromium, needs_chromium, served, window
from tests.web.test_panel_browser import HOST, a_case, ready

pytestmark = [pytest.mark.browser, needs_chromium]
OWN_WORDS = "Hello Ana, I looked into it myself."
SLOW = {
    "offline": False,
    "latency": 700,
    "downloadThroughput": 50_000,
    "uploadThroughput": 20_000,
}
"""As on a bad mobile network; bytes a second."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(fennwick: Desk) -> Iterator[str]:
    with served(fennwick) as found:
        yield found


def gone(page: Page) -> None:
    """Nothing answers from now on."""
    page.route("**/*", lambda route: route.abort())


def back(page: Page) -> None:
    """All answers again."""
    page.unroute("**/*")


def sent(address: str, case: str) -> list[str]:
    """What went to the customer."""
    return [one["text"] for one in httpx.get(f"{address}/v1/cases/{case}").json()["sent"]]


@pytest.mark.parametrize("path", ["/panel/", "/desk/cases/"])
def test_while_the_service_is_gone_what_was_typed_stays_and_goes_out_later(
    browser: Browser, address: str, path: str
) -> None:
    case = a_case(address, "answerable", f"gone{path.strip('/').replace('/', '-')}")
    with window(browser) as page:
        page.goto(f"{address}{path}{case}")
        ready(page)
        page.keyboard.press("e")
        page.locator("#text").fill(OWN_WORDS)
        gone(page)
        page.get_by_role("button", name="Send this").click()
        expect(page.locator(".gone")).to_contain_text("does not answer")
        assert page.locator("#text").input_value() == OWN_WORDS
        assert sent(address, case) == []
        back(page)
        page.get_by_role("button", name="Send this").click()
        expect(page.locator(".gone")).to_have_count(0)
        page.wait_for_url("**done=edit**")
    assert sent(address, case) == [OWN_WORDS]


def test_in_a_helpdesks_frame_what_was_typed_stays_too(browser: Browser, address: str) -> None:
    case = a_case(address, "answerable", "gone-framed")
    with window(browser) as page:
        body = f"""<!doctype html><title>here</title>
            <iframe title=panel width=360 height=700 src="{address}/panel"></iframe><script>
            addEventListener("message", (event) => {{
              if (event.data.assist === "ready") event.source.postMessage(
                {{assist: "open", ticket: "gone-framed"}}, event.origin);
            }});</script>"""
        page.route(
            f"{address}/host", lambda route: route.fulfill(body=body, content_type="text/html")
        )
        page.goto(f"{address}/host")
        frame = page.frame_locator("iframe")
        expect(frame.locator("#draft")).to_be_visible()
        frame.locator("#editing > summary").click()
        frame.locator("#text").fill(OWN_WORDS)
        gone(page)
        frame.get_by_role("button", name="Send this").click()
        expect(frame.locator(".gone")).to_contain_text("does not answer")
        assert frame.locator("#text").input_value() == OWN_WORDS
        back(page)
        frame.get_by_role("button", name="Send this").click()
        expect(frame.locator("#editing")).to_have_count(0)
    assert sent(address, case) == [OWN_WORDS]


def test_on_a_slow_network_a_key_pressed_twice_sends_once(browser: Browser, address: str) -> None:
    case = a_case(address, "answerable", "slow")
    with window(browser) as page:
        page.goto(f"{address}/panel/{case}")
        ready(page)
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
        for _ in range(3):
            page.keyboard.press("a")
        page.wait_for_url("**done=accept**")
        ready(page)
    history = httpx.get(f"{address}/v1/cases/{case}").json()["history"]
    assert [one["kind"] for one in history] == ["opened", "decision"]


def test_a_page_that_opens_slowly_says_what_it_waits_for(browser: Browser, address: str) -> None:
    with window(browser) as page:
        body = HOST.format(panel=f"{address}/panel")
        page.route(
            f"{address}/host", lambda route: route.fulfill(body=body, content_type="text/html")
        )
        page.goto(f"{address}/host")
        frame = page.frame_locator("iframe")
        expect(frame.locator("#panel")).to_contain_text("Waiting for the helpdesk")
