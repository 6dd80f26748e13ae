import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assist.web.negotiation import choose
from tests.web.checks import check_problem

JSON, EVENTS = OFFERED = ("application/json", "text/event-stream")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (EVENTS, EVENTS),
        ("TEXT/Event-Stream", EVENTS),
        ("text/*, application/json;q=0.9", EVENTS),
        ("application/json, text/event-stream", JSON),
        ("text/event-stream;q=0.5, application/json;q=0.4", EVENTS),
        ("*/*;q=0.1, application/json;q=0", EVENTS),
        ("text/html, */*;q=0.8", JSON),
        ("text/html", None),
        ("application/json;q=0", None),
        ("application/json;q=high", None),
        (";;,;q", None),
    ],
)
def test_the_format_is_the_one_that_is_liked_best(accept: str, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen


@given(st.text() | st.text("aplication/jsexv-rm*;q=.,01 "))
def test_whatever_is_accepted_is_answered_in_something_offered_or_not_at_all(accept: str) -> None:
    assert choose(accept, OFFERED) in {*OFFERED, None}


def test_a_format_that_we_do_not_make_is_refused_with_those_we_do(client: TestClient) -> None:
    answer = client.post("/v1/suggestions", json={"text": "Hi"}, headers={"Accept": "text/html"})

    check_problem(answer, 406, JSON, EVENTS)
