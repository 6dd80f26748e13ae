"""JSON that Python's parser lets pass and programs read in different ways."""

import json

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assist.web.json_shape import check_content
from tests.web.checks import check_problem

HEADERS = {"content-type": "application/json"}
ROUTES = ("/v1/suggestions", "/v1/search", "/v1/ingest")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_is_none_is_refused(client: TestClient, route: str, number: str) -> None:
    body = f'{{"text": "Hi", "query": "Hi", "facts": {{"order.total": {number}}}}}'

    answer = client.post(route, content=body, headers=HEADERS)

    assert check_problem(answer, 422, "not a number we can keep")["cure"]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("body", "where"),
    [
        ('{"text": "a", "text": "b"}', "text"),
        ('{"customer": {"tier": "gold", "\\u0074ier": "basic"}, "text": "a"}', "tier"),
    ],
)
def test_a_name_that_stands_twice_is_refused(
    client: TestClient, route: str, body: str, where: str
) -> None:
    answer = client.post(route, content=body, headers=HEADERS)

    assert check_problem(answer, 422, "stands twice")["where"] == where


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=10,
    )
)
def test_whatever_json_writes_in_64_bits_is_let_through(value: object) -> None:
    check_content(json.dumps(value).encode())


@pytest.mark.parametrize(
    ("route", "body", "where"),
    [
        ("/v1/suggestions", {"text": 5}, "messages.0.text"),
        ("/v1/suggestions", {"messages": [{"text": 5.5}]}, "messages.0.text"),
        ("/v1/search", {"query": 5}, "query"),
        ("/v1/ingest", {"documents": [{"id": "a", "text": 5}]}, "documents.0.text"),
    ],
)
def test_a_text_that_is_a_number_is_refused(
    client: TestClient, route: str, body: object, where: str
) -> None:
    assert check_problem(client.post(route, json=body), 422)["where"] == where


@pytest.mark.parametrize(
    ("route", "body", "said", "cure"),
    [
        ("/v1/suggestions", {"text": "a", "colour": 1}, "unknown field", "a ticket keeps"),
        ("/v1/search", {"query": "a", "colour": 1}, "unknown field", "POST /v1/search"),
        (
            "/v1/ingest",
            {"documents": [{"id": "a", "text": "b", "colour": 1}]},
            "unknown field",
            "a document keeps",
        ),
        ("/v1/ingest", {"documents": []}, "a list of at least 1", "POST /v1/ingest"),
        ("/v1/ingest", {"documents": 5}, "must be a list", "POST /v1/ingest"),
    ],
)
def test_a_cure_names_the_schema_of_the_route_that_was_asked(
    client: TestClient, route: str, body: object, said: str, cure: str
) -> None:
    problem = check_problem(client.post(route, json=body), 422, said)

    assert cure in problem["cure"]
    assert f"POST {route}" in problem["cure"]
    assert ("ticket" in problem["cure"]) == (route == "/v1/suggestions")


def test_where_nothing_serves_a_client_is_told_what_it_can_send(empty_client: TestClient) -> None:
    answer = empty_client.post("/v1/search", json={"query": "reset"})

    assert "POST /v1/ingest" in check_problem(answer, 503)["cure"]


@pytest.mark.parametrize("number", ["9223372036854775808", "-9223372036854775809", "1" * 5_000])
def test_an_integer_that_no_store_keeps_is_refused(client: TestClient, number: str) -> None:
    body = f'{{"id": "t-1", "text": "It blinks.", "metadata": {{"size": {number}}}}}'
    answer = client.post("/v1/cases", content=body, headers=HEADERS)
    check_problem(answer, 422, "more than 64 bits")


def test_the_largest_integer_that_is_kept_is_kept(client: TestClient) -> None:
    body = f'{{"id": "t-1", "text": "It blinks.", "metadata": {{"size": {2**63 - 1}}}}}'
    assert client.post("/v1/cases", content=body, headers=HEADERS).status_code == 201
