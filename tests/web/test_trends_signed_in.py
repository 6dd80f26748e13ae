"""Who reads the page of trends, and who has something mended there."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from tests.builders import NOW
from tests.fakes import FrozenClock
from tests.service.trends.history import DAY, a_desk, at, solved, ticket
from tests.web.visitors import CLOSED, ORIGIN, PAGE, browser, csrf_in, ring_of, signed_in


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Six passwords, behind closed doors."""
    made = a_desk()
    for number in range(6):
        solved(made, ticket(number, NOW - number * DAY), NOW - number * DAY)
    at(made, NOW)
    clock = FrozenClock(NOW)
    return replace(made, parts=replace(made.parts, clock=clock), doors=CLOSED)


@pytest.mark.parametrize(
    ("role", "reads", "works"),
    [
        ("agent", False, False),
        ("editor", False, False),
        ("qa", True, False),
        ("lead", True, True),
        ("admin", True, True),
    ],
)
def test_who_reads_and_who_has_it_mended(
    desk: Desk, role: str, *, reads: bool, works: bool
) -> None:
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create(role).secret)
        answer = client.get("/trends", headers=PAGE)
        assert (answer.status_code == 200) == reads
        assert ('action="/trends/upstream"' in answer.text) == works
        assert ('href="/trends"' in client.get("/policies", headers=PAGE).text) == reads


def opened(client: TestClient, **told: str) -> int:
    """What came of a form that has the passwords mended."""
    given = {"key": "k-1", "category": "account", "title": "Mend the link", **told}
    answer = client.post("/trends/upstream", data=given, headers=ORIGIN | PAGE)
    return answer.status_code


def test_a_form_needs_the_sessions_token_and_the_item_names_who_opened_it(desk: Desk) -> None:
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create("lead").secret)
        token = csrf_in(client.get("/trends", headers=PAGE))
        assert opened(client) == 403
        assert opened(client, csrf=token) == 303
        assert token in client.get("/trends", headers=PAGE).text.split('class="item"')[1]
    (item,) = desk.parts.upstream.listed(["open"], 9)
    assert item.opened_by != ""
