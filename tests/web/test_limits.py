import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assist.errors import BadInput, TooLarge
from assist.web.json_shape import MAX_ITEMS, check_shape
from assist.web.limits import MAX_BODY, MAX_HEAD, SERVER, RequestLimit
from tests.web.checks import check_problem

JSON = {"content-type": "application/json"}
TEXTS = st.text() | st.text('[]{},:"\\\\ ab')
VALUES = st.recursive(
    st.none() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def test_a_body_over_the_limit_is_refused_declared_or_streamed(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(3):
            yield b"x" * (MAX_BODY // 2)

    declared = client.post("/v1/suggestions", content=b"x" * (MAX_BODY + 1))
    streamed = client.post("/v1/suggestions", content=chunks())

    for answer in (declared, streamed):
        assert "shorten" in check_problem(answer, 413, f"over {MAX_BODY} bytes")["cure"]


async def _echo(scope: Any, receive: Any, send: Any) -> None:
    message = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": message["body"]})


def test_a_body_of_just_the_limit_passes_whole() -> None:
    client = TestClient(RequestLimit(_echo, limit=10))

    assert client.post("/", content=b"x" * 10).content == b"x" * 10
    assert client.post("/", content=iter([b"x" * 4, b"y" * 6])).content == b"xxxxyyyyyy"
    assert client.post("/", content=b"x" * 11).status_code == 413


def test_a_body_declared_too_large_is_not_read() -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was read")

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "path": "/",
        "method": "POST",
        "headers": [(b"content-length", b"9" * 5_000)],
    }
    running = RequestLimit(_echo, limit=10)(scope, receive, send)
    with pytest.raises(StopIteration):
        running.send(None)

    assert sent[0]["status"] == 413


def test_what_a_route_takes_in_pieces_is_left_to_it() -> None:
    limit = RequestLimit(_echo, limit=10, streamed=frozenset({("/files", "multipart/form-data")}))
    client = TestClient(limit)
    form = {"content-type": "multipart/form-data; boundary=b"}

    assert client.post("/files", content=b"x" * 50, headers=form).content == b"x" * 50
    assert client.post("/files", content=b"x" * 50).status_code == 413
    assert client.post("/others", content=b"x" * 50, headers=form).status_code == 413


@pytest.mark.parametrize("path", ["/v1/suggestions", "/v1/search"])
def test_json_that_is_too_deep_or_too_wide_is_refused_before_it_is_parsed(
    client: TestClient, path: str
) -> None:
    deep = client.post(path, content=b'{"a":' * 100_000, headers=JSON)
    wide = client.post(path, content=b"[" + b"1," * MAX_ITEMS, headers=JSON)

    assert "flatter" in check_problem(deep, 422, "deeper than 50")["cure"]
    assert "fewer" in check_problem(wide, 413, f"more than {MAX_ITEMS} items")["cure"]


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_depth, inner), default=0) if isinstance(value, dict | list) else 0


def _items(value: Any) -> int:
    if not isinstance(value, dict | list):
        return 0
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(len(value) - 1, 0) + sum(map(_items, inner))


@given(VALUES)
def test_depth_and_items_are_those_that_a_parser_would_build(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    depth, items = _depth(value), _items(value)

    check_shape(text, max_depth=depth, max_items=items)
    if depth:
        with pytest.raises(BadInput, match="deeper"):
            check_shape(text, max_depth=depth - 1, max_items=items)
        with pytest.raises(TooLarge, match="items"):
            check_shape(text, max_depth=depth, max_items=items - 1)


@given(st.binary() | st.text('[]{},"\\\\').map(str.encode))
def test_what_is_no_json_is_no_fault(text: bytes) -> None:
    check_shape(text, max_depth=10**6, max_items=10**6)


@pytest.mark.parametrize(
    ("query", "header"), [("", MAX_HEAD), ("a" * (MAX_HEAD // 2), MAX_HEAD // 2)]
)
def test_a_long_query_and_long_headers_together_are_a_problem(
    client: TestClient, query: str, header: int
) -> None:
    answer = client.get(f"/healthz?{query}", headers={"X-Long": "a" * header})

    check_problem(answer, 431, f"over {MAX_HEAD} bytes")


@pytest.fixture
def served() -> Iterator[int]:
    """The port of a server that reads requests as `assist serve` does."""
    config = uvicorn.Config(_echo, port=0, lifespan="off", log_level="critical", **SERVER)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(config)
        running = threading.Thread(target=server.run, args=([listening],))
        running.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        running.join()


@pytest.mark.parametrize(("size", "status"), [(1_000, b"200"), (1_000_000, b"400")])
def test_headers_over_the_limit_are_refused_before_they_have_all_come(
    served: int, size: int, status: bytes
) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nX-Long: " + b"a" * size
    with socket.create_connection(("127.0.0.1", served), timeout=30) as connection:
        connection.sendall(head if status == b"400" else head + b"\r\n\r\n")
        answer = connection.recv(100)

    assert answer.split()[1] == status
