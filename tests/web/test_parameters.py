"""Query parameters that a route does not know, or that come twice."""

import pytest
from fastapi.testclient import TestClient

from tests.web.checks import check_problem


@pytest.mark.parametrize(
    ("method", "path", "known"),
    [
        ("post", "/v1/suggestions", "at, level"),
        ("get", "/v1/inquiries", "weeks, top"),
        ("get", "/v1/ingest", "limit"),
        ("get", "/v1/ingest/j-1", "none"),
        ("post", "/v1/search", "none"),
        ("get", "/v1/passages/a%23b", "none"),
        ("get", "/healthz", "none"),
    ],
)
def test_an_unknown_parameter_is_refused_with_those_the_route_knows(
    client: TestClient, method: str, path: str, known: str
) -> None:
    body = {"json": {"query": "reset", "text": "Hi"}} if method == "post" else {}

    problem = check_problem(
        client.request(method, path, params={"lvel": "lead"}, **body), 422, "unknown parameter"
    )

    assert problem["where"] == "lvel"
    assert known in problem["cure"]


def test_a_parameter_that_comes_twice_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/inquiries?weeks=1&weeks=2")

    assert check_problem(answer, 422, "stands twice")["where"] == "weeks"


def test_a_known_parameter_once_is_taken(client: TestClient) -> None:
    assert client.get("/v1/ingest", params={"limit": "1"}).status_code == 200


def test_a_page_is_shown_whatever_a_link_to_it_carries(client: TestClient) -> None:
    assert client.get("/inquiries?from=mail").status_code == 200
