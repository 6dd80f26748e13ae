from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient

from assist.web.headers import SECURITY
from tests.web.checks import check_problem

ALLOWED = {
    "/": "GET, HEAD, OPTIONS",
    "/sample": "GET, HEAD, OPTIONS, POST",
    "/v1/suggestions": "OPTIONS, POST",
    "/v1/suggestions/s-0": "GET, HEAD, OPTIONS",
    "/v1/passages/a/b%23c": "GET, HEAD, OPTIONS",
    "/static/assist.css": "GET, HEAD, OPTIONS",
    "/healthz": "GET, HEAD, OPTIONS",
}


@pytest.mark.parametrize("path", ALLOWED)
def test_a_method_that_a_path_lacks_is_refused_with_those_it_has(
    client: TestClient, path: str
) -> None:
    answer = client.delete(path)

    check_problem(answer, 405, "no such method")
    assert answer.headers["allow"] == ALLOWED[path]


@pytest.mark.parametrize("path", ALLOWED)
def test_options_tells_the_methods_and_allows_no_other_origin(
    client: TestClient, path: str
) -> None:
    preflight = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}

    answer = client.options(path, headers=preflight)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == ALLOWED[path]
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/healthz", "/openapi.json", "/static/assist.css", "/v1/nope"])
def test_head_is_answered_as_get_is_without_the_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)

    assert head.content == b""
    assert head.status_code == get.status_code
    assert _without_id(head.headers) == _without_id(get.headers)


def _without_id(headers: Mapping[str, str]) -> dict[str, str]:
    """All but the request's own id."""
    return {name: value for name, value in headers.items() if name != "x-request-id"}


@pytest.mark.parametrize("path", ["/x", "/v1/suggestions/", "/v1/search/x", "/healthz/"])
def test_a_path_that_is_not_there_is_a_problem(client: TestClient, path: str) -> None:
    assert "/openapi.json" in check_problem(client.get(path), 404, "no such path")["cure"]


@pytest.mark.parametrize("path", ["/healthz", "/v1/passages/x", "/static/icon.svg", "/nowhere"])
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://elsewhere.example"})

    assert {name: answer.headers.get(name) for name in SECURITY} == SECURITY
    assert answer.headers.get("cache-control") == ("no-store" if "/v1/" in path else None)
    assert "access-control-allow-origin" not in answer.headers


def test_the_page_keeps_its_own_security_policy(client: TestClient) -> None:
    policy = client.get("/sample").headers["content-security-policy"]

    assert "style-src 'self'" in policy
    assert policy != SECURITY["Content-Security-Policy"]


def test_the_interactive_api_pages_are_off(client: TestClient) -> None:
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404
