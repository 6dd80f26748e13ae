"""Pages of the desk that are checked to be harmless: they run what is ours, and nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.web.app import create_app
from tests.web.test_pages import Page

OURS = re.compile(r"/static/(desk|panel)/\w+\.js")


@contextmanager
def open_pages(desk: Desk) -> Iterator[TestClient]:
    """A browser that does not follow where it is sent, at a service that asks nobody to sign in."""
    with TestClient(
        create_app(desk), raise_server_exceptions=False, follow_redirects=False
    ) as client:
        yield client


def page(client: TestClient, path: str, status: int = 200) -> Page:
    """The page at this path."""
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    found = Page(answer.text)
    check_ours(found)
    return found


def check_ours(found: Page) -> None:
    """No script but our own files, no handler, no style, and nothing from elsewhere."""
    for tag, attributes in found.elements:
        assert tag not in {"img", "iframe", "object", "embed", "base", "style"}
        if tag == "script":
            assert OURS.fullmatch(str(attributes.get("src"))), attributes
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            assert re.match(r"[#/?](?!/)", attributes.get(name) or "/"), attributes
