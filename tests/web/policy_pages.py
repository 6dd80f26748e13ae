"""The pages of the sample company's policies, each checked to be harmless."""

from fastapi.testclient import TestClient

from tests.web.test_pages import Page, check_harmless

ON = "2026-11-20"


def page(client: TestClient, path: str, status: int = 200) -> Page:
    """The page at this path, answered with this status and without scripts of its own."""
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    found = Page(answer.text)
    check_harmless(found)
    return found


def links(found: Page) -> list[str]:
    """Where the links of a page lead, in order."""
    return [str(a["href"]) for tag, a in found.elements if tag == "a" and "href" in a]


def trial(client: TestClient, status: int = 200, **fields: str) -> Page:
    """The page of a trial: a credit of ten pounds in the UK, unless told."""
    given = {"date": ON, "kind": "credit", "amount": "10", "currency": "GBP", "region": "UK"}
    answer = client.get("/policies/try", params=given | fields)
    assert answer.status_code == status, answer.text
    found = Page(answer.text)
    check_harmless(found)
    return found
