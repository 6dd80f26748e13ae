"""The panel in a helpdesk on another site: a token it signed, the panel, an act, an insert."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect

from assist.adapters.host_tokens import SignedHostTokens
from assist.domain.doors import Doors, SignInSettings
from assist.service.desk import Desk
from assist.web.app import create_app
from assist.web.pages import panel_steps
from tests.web.cases import opened, read
from tests.web.chromium import chromium, needs_chromium, served, window
from tests.web.test_panel_steps import left_behind
from tests.web.test_tokens import RULES, signed

HELPDESK = "http://helpdesk.test"
HOST = """<!doctype html><title>helpdesk</title><textarea id=editor>Dear Ana, </textarea>
<iframe title=panel width=360 height=700 src="{panel}"></iframe><script>
addEventListener("message", (event) => {{
  if (event.origin !== new URL("{panel}").origin) return;
  if (event.data.assist === "ready")
    event.source.postMessage({{assist: "open", ticket: "framed", token: "{token}"}}, event.origin);
  if (event.data.insert) {{
    document.querySelector("#editor").value += event.data.insert;
    event.source.postMessage({{assist: event.data.assist, inserted: true}}, event.origin);
  }}
}});</script>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def closed(fennwick: Desk) -> Desk:
    """The sample company, where everybody must say who they are and one helpdesk may frame us."""
    doors = Doors(
        sign_in=SignInSettings(required=True), host_tokens=RULES, frame_ancestors=(HELPDESK,)
    )
    tokens = SignedHostTokens(RULES, fennwick.parts.clock)
    return replace(fennwick, doors=doors, parts=replace(fennwick.parts, host_tokens=tokens))


@pytest.fixture(scope="module")
def address(closed: Desk) -> Iterator[str]:
    with served(closed) as found:
        yield found


def a_token(**claims: Any) -> str:
    now = int(time.time())
    return signed(iat=now, exp=now + 300, **claims)


def framed_by(browser_page: Any, host: str, address: str, token: str) -> Any:
    """The panel's frame in a page of this host."""
    body = HOST.format(panel=f"{address}/panel", token=token)
    browser_page.route(f"{host}/", lambda route: route.fulfill(body=body, content_type="text/html"))
    browser_page.goto(f"{host}/")
    return browser_page.frame_locator("iframe")


@pytest.mark.browser
@needs_chromium
def test_an_agent_whom_the_helpdesk_vouches_for_works_in_its_frame(
    browser: Browser, address: str, client: TestClient
) -> None:
    view = opened(client, "framed")
    with window(browser) as page:
        frame = framed_by(page, HELPDESK, address, a_token())
        expect(frame.locator("#draft")).to_be_visible()
        frame.locator("[data-do=insert]").click()
        expect(frame.locator(".said")).to_have_text("Inserted")
        assert page.locator("#editor").input_value().startswith("Dear Ana, Hello,")
        frame.locator("#editing summary").click()
        frame.locator("#text").fill("It is on its way.")
        frame.locator("#edit-form button[value=edit]").click()
        expect(frame.locator(".head")).to_contain_text("customer answered")
    after = read(client, view)
    assert after["sent"][0]["text"] == "It is on its way."
    assert after["history"][-1]["by"] == "Ana"


@pytest.mark.browser
@needs_chromium
def test_a_suggestion_that_nobody_makes_is_made_from_the_frame(
    browser: Browser,
    closed: Desk,
    address: str,
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(panel_steps, "PATIENCE", 0.2)
    left_behind(closed, opened(client, "framed")["case"]["id"])
    with window(browser, 400) as page:
        panel = framed_by(page, HELPDESK, address, a_token())
        expect(panel.locator(".underway .why")).to_contain_text("nobody is at it")
        panel.get_by_role("button", name="See to it now").click()
        expect(panel.locator(".underway")).to_have_count(0)
        expect(panel.locator("#draft")).to_be_visible()


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("claims", [{"aud": "somebody-else"}, {"groups": ["visitors"]}])
def test_a_token_that_is_not_good_is_said_in_the_frame_and_shows_nothing(
    browser: Browser, address: str, client: TestClient, claims: dict[str, Any]
) -> None:
    opened(client, "framed")
    with window(browser) as page:
        frame = framed_by(page, HELPDESK, address, a_token(**claims))
        expect(frame.locator("[role=alert]")).not_to_be_empty()
        assert frame.locator("#draft").count() == 0


@pytest.mark.browser
@needs_chromium
def test_another_site_cannot_frame_it_whatever_token_it_has(browser: Browser, address: str) -> None:
    with window(browser) as page:
        frame = framed_by(page, "http://evil.test", address, a_token())
        page.wait_for_timeout(300)
        assert frame.locator("#panel").count() == 0


def test_the_frame_itself_tells_nothing_and_a_case_is_told_to_nobody_unknown(closed: Desk) -> None:
    with TestClient(create_app(closed), "http://127.0.0.1", follow_redirects=False) as client:
        shell = client.get("/panel")
        assert shell.status_code == 200
        assert f"frame-ancestors 'self' {HELPDESK}" in shell.headers["content-security-policy"]
        assert client.get("/panel/ticket/framed").status_code == 401
