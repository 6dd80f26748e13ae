"""`/`: each role comes to what it does first."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from tests.service.handing_over import a_desk as a_working_desk
from tests.service.handing_over import opened
from tests.web.desk_pages import open_pages, page
from tests.web.eval_pages import links
from tests.web.test_pages import Page
from tests.web.visitors import PAGE, a_desk, browser, ring_of, signed_in


@pytest.fixture
def desk() -> Desk:
    return a_working_desk()


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with open_pages(desk) as client:
        yield client


@pytest.mark.parametrize(("role", "first"), [
    ("agent", "/desk"), ("lead", "/desk"), ("admin", "/desk"), ("qa", "/evals"),
    ("editor", "/gaps"),
])  # fmt: skip
def test_a_role_comes_to_its_work_and_may_open_it(role: str, first: str) -> None:
    desk = a_desk()
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create(role).secret)
        assert client.get("/", headers=PAGE).headers["location"] == first
        assert client.get(first, headers=PAGE).status_code == 200


def test_where_nobody_signs_in_the_sample_comes_first_until_there_is_a_case(
    client: TestClient, desk: Desk
) -> None:
    assert client.get("/").headers["location"] == "/sample"
    opened(desk)
    assert client.get("/").headers["location"] == "/desk"
    assert client.get("/sample").status_code == 200


@pytest.mark.parametrize("path", ["/desk", "/search", "/policies", "/gaps"])
def test_navigation_marks_the_page_that_is_shown(client: TestClient, path: str) -> None:
    found = Page(client.get(path).text)
    marked = [a["href"] for t, a in found.elements if t == "a" and a.get("aria-current")]
    assert path in marked


def test_navigation_shows_a_role_only_what_it_may_open() -> None:
    desk = a_desk()
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create("agent").secret)
        shown = set(links(page(client, "/desk")))
    assert {"/desk", "/search", "/inquiries", "/policies", "/sample"} <= shown
    assert not {"/gaps", "/kb-health", "/evals"} & shown
