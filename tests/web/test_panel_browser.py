"""The panel and the queue in a real browser: keys, sources, a helpdesk around them, every width."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assist.service.desk import Desk
from tests.web.cases import a_ticket
from tests.web.chromium import chromium, needs_chromium, served, window
from tests.web.test_pages import HOSTILE

pytestmark = [pytest.mark.browser, needs_chromium]
TICKETS = Path("kb_corpus/tickets")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(fennwick: Desk) -> Iterator[str]:
    with served(fennwick) as found:
        yield found


def a_case(address: str, name: str, ticket_id: str) -> str:
    """The id of a case of this sample ticket, under an id of its own."""
    told = json.loads((TICKETS / f"{name}.json").read_text(encoding="utf-8"))
    answer = httpx.post(f"{address}/v1/cases", json=told | {"id": ticket_id}, timeout=60)
    return str(answer.json()["case"]["id"])


def ready(page: Page) -> None:
    """The scripts are there."""
    expect(page.locator("[data-do=keys]")).to_be_visible()


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("name", ["answerable", "escalate", "abstain"])
def test_panel_fits_every_width_and_breaks_no_rule_of_accessibility(
    browser: Browser, address: str, name: str, width: int, scheme: str
) -> None:
    case = a_case(address, name, f"look-{name}")
    for path in (f"/panel/{case}", f"/desk/cases/{case}"):
        with window(browser, width, scheme) as page:
            page.goto(address + path)
            expect(page.locator("#draft")).to_be_visible()
            assert width_of(page) <= width
            assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("path", ["/desk", "/desk?q=nothing-is-called-this", "/desk/new"])
def test_queue_and_form_fit_every_width_and_break_no_rule_of_accessibility(
    browser: Browser, address: str, path: str, width: int, scheme: str
) -> None:
    a_case(address, "escalate", "look-escalate")
    with window(browser, width, scheme) as page:
        page.goto(address + path)
        assert width_of(page) <= width
        assert Axe().run(page).response["violations"] == []


def test_three_keys_lead_from_the_queue_to_a_sent_reply(browser: Browser, address: str) -> None:
    a_case(address, "answerable", "keys-send")
    with window(browser) as page:
        page.goto(f"{address}/desk?q=keys-send")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        ready(page)
        page.keyboard.press("a")
        expect(page.locator(".panel")).to_contain_text("customer answered")
        expect(page.locator(".message.agent")).to_contain_text("Thank you for getting in touch")


def test_a_source_is_seen_on_focus_and_opened_at_its_quote(browser: Browser, address: str) -> None:
    case = a_case(address, "answerable", "keys-source")
    with window(browser) as page:
        page.goto(f"{address}/panel/{case}")
        ready(page)
        second = page.locator('.cite[data-source="2"]')
        second.focus()
        expect(page.locator("#peek")).to_contain_text("Error E-217 usually means")
        with page.expect_response("**/feedback"):
            second.press("Enter")
        marked = page.locator("#source-2 mark")
        expect(marked).to_be_visible()
        assert str(marked.text_content()).startswith("Error E-217 usually means")
        made = page.locator(".panel").get_attribute("data-suggestion")
        told = httpx.get(f"{address}/v1/suggestions/{made}/feedback").json()["feedback"]
        assert {"displayed", "citation_opened"} <= {one["kind"] for one in told}


def test_keys_do_nothing_while_somebody_types(browser: Browser, address: str) -> None:
    case = a_case(address, "answerable", "keys-typing")
    with window(browser) as page:
        page.goto(f"{address}/panel/{case}")
        ready(page)
        page.keyboard.press("e")
        text = page.locator("#text")
        expect(text).to_be_focused()
        text.fill("Hello, a question: ")
        page.keyboard.type("are you sure? exact")
        assert text.input_value() == "Hello, a question: are you sure? exact"
        page.locator("#edit-form button[value=edit]").click()
        expect(page.locator(".panel")).to_contain_text("customer answered")
        assert "exact" in httpx.get(f"{address}/v1/cases/{case}").json()["sent"][0]["text"]


def test_question_mark_shows_the_keys_and_escape_hides_them(browser: Browser, address: str) -> None:
    case = a_case(address, "answerable", "keys-help")
    with window(browser, 320) as page:
        page.goto(f"{address}/panel/{case}")
        ready(page)
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        page.keyboard.press("Escape")
        expect(page.locator("#keys")).to_be_hidden()


def test_a_question_is_inserted_at_the_cursor_and_replaces_nothing(
    browser: Browser, address: str
) -> None:
    told = a_ticket("keys-question", text="I want my money back for the lamp.")
    case = httpx.post(f"{address}/v1/cases", json=told, timeout=60).json()["case"]["id"]
    with window(browser) as page:
        page.goto(f"{address}/panel/{case}")
        ready(page)
        button = page.locator("[data-do=question]").first
        question = str(button.get_attribute("data-text"))
        before = page.locator("#text").input_value()
        button.click()
        after = page.locator("#text").input_value()
        assert after.replace(question, "", 1).split() == before.split()


HOST = """<!doctype html><title>helpdesk</title><textarea id=editor>Dear Ana, </textarea>
<iframe title=panel width=360 height=700 src="{panel}"></iframe><script>
addEventListener("message", (event) => {{
  if (event.origin !== new URL("{panel}").origin || !event.data.insert) return;
  document.querySelector("#editor").value += event.data.insert;
  event.source.postMessage({{assist: event.data.assist, inserted: true}}, event.origin);
}});</script>"""


def test_in_a_helpdesk_the_reply_goes_into_its_editor_after_what_is_there(
    browser: Browser, address: str
) -> None:
    case = a_case(address, "answerable", "hosted")
    panel = f"{address}/panel/{case}"
    with window(browser) as page:
        # A page of our own origin may frame us without a setting, as a proxy on one host would be.
        page.route("**/helpdesk", lambda route: route.fulfill(
            body=HOST.format(panel=panel), content_type="text/html"))  # fmt: skip
        page.goto(f"{address}/helpdesk")
        frame = page.frame_locator("iframe")
        frame.locator("[data-do=insert]").click()
        expect(frame.locator(".said")).to_have_text("Inserted")
        written = page.locator("#editor").input_value()
        assert written.startswith("Dear Ana, Hello Ana,")
        assert "Restart the Hub 2 by unplugging it for 30 seconds." in written


def test_a_foreign_page_cannot_frame_the_panel(browser: Browser, address: str) -> None:
    case = a_case(address, "answerable", "hosted")
    panel = f"{address}/panel/{case}"
    with window(browser) as page:
        page.route("http://evil.test/", lambda route: route.fulfill(
            body=HOST.format(panel=panel), content_type="text/html"))  # fmt: skip
        page.goto("http://evil.test/")
        page.wait_for_timeout(300)
        assert page.frame_locator("iframe").locator("#draft").count() == 0


def test_hostile_words_execute_nothing_and_are_shown_as_words(
    browser: Browser, address: str
) -> None:
    hostile = f"Where is my parcel? {HOSTILE} \u202egnp.exe\u202c \u200b"
    told = a_ticket(
        "hostile", text=hostile * 20, subject=HOSTILE, customer={"id": "c", "name": HOSTILE}
    )
    case = httpx.post(f"{address}/v1/cases", json=told, timeout=60).json()["case"]["id"]
    with window(browser, 320) as page:
        page.goto(f"{address}/desk/cases/{case}")
        expect(page.locator("#ticket-title")).to_have_text(HOSTILE)
        assert page.locator(".desk img, .desk script, .desk iframe").count() == 0
        assert width_of(page) <= 320


def test_a_ticket_of_ten_thousand_words_is_folded(browser: Browser, address: str) -> None:
    told = a_ticket("long", text="Where is my parcel? " + "It is late. " * 3_300)
    case = httpx.post(f"{address}/v1/cases", json=told, timeout=120).json()["case"]["id"]
    with window(browser, 768) as page:
        page.goto(f"{address}/desk/cases/{case}")
        box = page.locator("article.message").first.bounding_box()
        assert box is not None
        assert box["height"] < 900


def test_without_scripts_all_is_read_and_sent(browser: Browser, address: str) -> None:
    case = a_case(address, "answerable", "no-script")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/panel/{case}")
    page.locator("#editing summary").click()
    page.locator("#text").fill("We will send a new one.")
    page.get_by_role("button", name="Send this text").click()
    assert "customer answered" in str(page.locator(".panel").text_content())
    assert page.locator("[data-do]:visible").count() == 0
    context.close()
