"""Pages of editors, quality assurance and leads: no rule of accessibility is broken."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from assist.service.desk import Desk
from tests.contracts.eval_run_store import a_kept_result, an_eval_run, published
from tests.fake_eval_runs import InMemoryEvalRuns
from tests.fake_gaps import InMemoryGaps
from tests.web.chromium import chromium, needs_chromium, served, window
from tests.web.gap_pages import some_gaps

pytestmark = [pytest.mark.browser, needs_chromium]
PAGES = (
    "/gaps?state=any",
    "/gaps/gap-1",
    "/kb-health",
    "/policies",
    "/policies/try",
    "/evals",
    "/inquiries",
    "/search?q=refund",
    "/desk/follow-ups",
    "/desk/approvals",
    "/desk/consultations",
    "/desk/escalations",
    "/sample",
    "/sign-in",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(fennwick: Desk) -> Iterator[str]:
    parts = replace(fennwick.parts, gaps=InMemoryGaps(), eval_runs=InMemoryEvalRuns())
    desk = replace(fennwick, parts=parts)
    some_gaps(desk)
    published(desk.parts.eval_runs, an_eval_run(), a_kept_result())
    with served(desk) as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_and_fits_a_phone(
    browser: Browser, address: str, path: str, scheme: str
) -> None:
    for width in (320, 1440):
        with window(browser, width, scheme) as page:
            page.goto(f"{address}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page)
            assert not found.response["violations"], found.generate_report()
