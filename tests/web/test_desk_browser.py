"""The desk in a real browser: each role's work by keys alone, at every width, in light and dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assist.service.desk import Desk
from tests.service.handing_over import a_desk
from tests.web.chromium import chromium, needs_chromium, served, window
from tests.web.desk_work import fill

pytestmark = [pytest.mark.browser, needs_chromium]
PAGES = (
    "/desk", "/desk?q=nothing-is-called-so", "/desk/new", "/desk/follow-ups", "/desk/approvals",
    "/desk/approvals?state=refused", "/desk/consultations", "/desk/escalations", "/search",
    "/search?q=refund+within+30+days&explain=1&why_not=returns", "/search?q=x&why_not=no",
    "/sample",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk() -> tuple[Desk, str]:
    desk = a_desk()
    return desk, fill(desk)


@pytest.fixture(scope="module")
def address(desk: tuple[Desk, str]) -> Iterator[str]:
    with served(desk[0]) as found:
        yield found


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    with chromium() as found:
        yield found


def tab_to(page: Page, name: str) -> None:
    """Press Tab until this control, of all with its words the first, has the focus."""
    wanted = page.get_by_role("button", name=name, exact=True).first
    for _ in range(80):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{name} is not reached by Tab")


@pytest.mark.parametrize(("width", "scheme"), [
    (320, "light"), (320, "dark"), (768, "light"), (1440, "light"), (1440, "dark"),
])  # fmt: skip
def test_each_page_fits_and_breaks_no_rule_of_accessibility(
    browser: Browser, address: str, desk: tuple[Desk, str], width: int, scheme: str
) -> None:
    with window(browser, width, scheme) as page:
        for path in (*PAGES, f"/desk/cases/{desk[1]}"):
            page.goto(address + path)
            shown = int(page.evaluate("document.documentElement.scrollWidth"))
            assert shown <= width, path
            assert Axe().run(page).response["violations"] == [], path


@pytest.mark.parametrize("width", [320, 1440])
def test_an_agent_walks_the_queue_by_j_and_k_and_searches_by_slash(
    browser: Browser, address: str, width: int
) -> None:
    with window(browser, width) as page:
        page.goto(f"{address}/desk")
        links = page.locator(".queue .what a")
        page.keyboard.press("j")
        expect(links.nth(0)).to_be_focused()
        page.keyboard.press("j")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("k")
        expect(links.nth(0)).to_be_focused()
        page.keyboard.press("/")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type("t-1")
        page.keyboard.press("Enter")
        expect(links).to_have_count(1)
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.locator("#panel")).to_be_visible()


def test_an_agent_says_by_keys_what_was_done_about_a_promise(
    browser: Browser, address: str, desk: tuple[Desk, str]
) -> None:
    with window(browser) as page:
        page.goto(f"{address}/desk/follow-ups")
        page.get_by_label("What was done").first.focus()
        page.keyboard.type("I wrote to her")
        tab_to(page, "Done")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("Noted.")
    kept = desk[0].cases.ledger("kept", None, 9)
    assert [one.note for one in kept] == ["I wrote to her"]


def test_a_lead_refuses_by_keys_with_a_reason(
    browser: Browser, address: str, desk: tuple[Desk, str]
) -> None:
    which = desk[0].parts.approvals.listed(("open",), (), 1)[0]
    with window(browser, 320) as page:
        page.goto(f"{address}/desk/approvals")
        tab_to(page, "Refuse")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Reason")).to_be_focused()  # it must be given first
        page.keyboard.type("Too much")
        tab_to(page, "Refuse")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("it is decided at the level lead")
        expect(page.get_by_label("Reason")).to_have_value("Too much")
    assert desk[0].parts.approvals.get(which.id).state == "open"


def test_who_takes_over_decides_by_keys_and_hostile_text_runs_nothing(
    browser: Browser, address: str, desk: tuple[Desk, str]
) -> None:
    with window(browser, 768, "dark") as page:
        page.goto(f"{address}/desk/escalations")
        expect(page.locator(".work img, .work script")).to_have_count(0)
        page.get_by_label("What is decided").focus()
        page.keyboard.type("Refund it all")
        tab_to(page, "Answer")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("Noted.")
    assert desk[0].parts.escalated.listed(("answered",), None, 9)[0].answer == "Refund it all"


def test_a_passage_is_flagged_in_two_clicks(
    browser: Browser, address: str, desk: tuple[Desk, str]
) -> None:
    with window(browser) as page:
        page.goto(f"{address}/search?q=refund+within+30+days")
        page.get_by_text("Something is wrong with it").first.click()
        page.get_by_role("button", name="Tell", exact=True).first.click()
        expect(page.get_by_role("status")).to_have_text("The owner is asked to look at it.")
    asked = [one.question for one in desk[0].parts.consultations.open(9)]
    assert any(one.startswith("Is this passage right") for one in asked)
