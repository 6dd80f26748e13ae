import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

HOSTILE = "<script>alert(1)</script> \"><img src=x onerror=alert(1)> ' {{7*7}} </textarea>"


class Page(HTMLParser):
    """A page as a browser sees it: its elements, and the text of each kind of element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag] = self.texts.get(tag, "") + data

    def field(self, name: str) -> str | None:
        return next(a["value"] for t, a in self.elements if t == "input" and a["name"] == name)


def check_harmless(page: Page) -> None:
    """Nothing runs in the page, and nothing is loaded from elsewhere."""
    for tag, attributes in page.elements:
        assert tag not in {"script", "img", "iframe", "object", "embed", "base", "style"}
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            assert re.match(r"[#/](?!/)", attributes.get(name) or "/"), attributes


def test_the_page_shows_the_sample_ticket_with_its_suggestion(client: TestClient) -> None:
    answer = client.get("/sample")

    assert answer.status_code == 200
    page = Page(answer.text)
    assert "Can I send it back" in page.texts["textarea"]
    assert page.field("name") == "Sam Rivers"
    for heading in ("Reply", "Solutions", "Plan"):
        assert heading in page.texts["h3"]
    assert "within your authority" in page.texts["summary"]
    assert "refund" in page.texts["blockquote"]
    check_harmless(page)


def test_what_is_typed_in_is_suggested_for_and_kept_in_the_form(client: TestClient) -> None:
    text = "How do I reset my password?\n\nMy name is Ana."

    answer = client.post("/sample", data={"text": text, "subject": "Password", "region": "EU"})

    page = Page(answer.text)
    assert answer.status_code == 200
    assert page.texts["textarea"] == text
    assert (page.field("subject"), page.field("region")) == ("Password", "EU")
    assert "password" in page.texts["blockquote"].lower()


def test_the_page_tells_browsers_to_load_from_here_only(client: TestClient) -> None:
    headers = client.get("/sample").headers
    rules = dict(rule.split(maxsplit=1) for rule in headers["content-security-policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert set(rules.values()) == {"'none'", "'self'"}
    assert "script-src" not in rules
    assert headers["x-content-type-options"] == "nosniff"


def test_hostile_text_is_shown_and_never_run(client: TestClient) -> None:
    fields = dict.fromkeys(("text", "subject", "name", "region"), HOSTILE)

    answer = client.post("/sample", data=fields)

    page = Page(answer.text)
    assert answer.status_code == 200
    check_harmless(page)
    assert page.texts["title"] == f"assist – {HOSTILE}"
    assert page.texts["textarea"] == HOSTILE
    assert [page.field(name) for name in ("subject", "name", "region")] == [HOSTILE] * 3


@pytest.mark.parametrize("fields", [{}, {"text": ""}, {"text": " \r\n\t", "name": "Ana"}])
def test_an_empty_text_shows_what_is_wrong_and_keeps_the_form(
    client: TestClient, fields: dict[str, str]
) -> None:
    answer = client.post("/sample", data=fields)

    page = Page(answer.text)
    assert answer.status_code == 422
    assert "content-security-policy" in answer.headers
    assert "No suggestion" in page.texts["h2"]
    assert "the ticket is empty" in page.texts["p"]
    assert page.field("name") == fields.get("name", "")
    assert "Reply" not in page.texts.get("h3", "")


def test_where_nothing_was_ingested_the_page_says_what_to_run(empty_client: TestClient) -> None:
    answer = empty_client.get("/sample")

    assert answer.status_code == 503
    assert "assist ingest PATH" in Page(answer.text).texts["code"]


def test_what_the_page_loads_is_there(client: TestClient) -> None:
    linked = [a["href"] for tag, a in Page(client.get("/sample").text).elements if tag == "link"]
    answers = {path: client.get(str(path)) for path in linked}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert set(linked) == {"/static/assist.css", "/static/icon.svg"}
    assert "url(" not in answers["/static/assist.css"].text
    assert "@import" not in answers["/static/assist.css"].text
