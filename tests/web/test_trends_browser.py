"""The page of trends in a browser: it fits a phone, and everybody can read and use it."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.service.trends.history import a_whole_history
from tests.web.chromium import chromium, needs_chromium, served, window

pytestmark = [pytest.mark.browser, needs_chromium]
PAGES = ("/trends", "/trends?since=2025-01-01&until=2025-02-01", "/trends?since=soon")
"""Whole, of a time without cases, and asked for what is no day."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(a_whole_history()) as found:
        yield found


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_each_state_fits_and_breaks_no_rule_of_accessibility(
    address: str, browser: Browser, path: str, width: int, scheme: str
) -> None:
    with window(browser, width, scheme) as page:
        page.goto(f"{address}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()


def test_a_lead_has_an_issue_mended_by_keys(address: str, browser: Browser) -> None:
    with window(browser) as page:
        page.goto(f"{address}/trends")
        page.get_by_text("Fix this upstream").first.focus()
        page.keyboard.press("Enter")
        page.get_by_label("What is to be mended").first.fill("Mend the tracking")
        page.get_by_label("Who mends it").first.fill("Operations")
        page.keyboard.press("Enter")
        page.get_by_text("Mend the tracking: open, Operations").wait_for()
