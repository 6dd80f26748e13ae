"""What several tests of the web check alike."""

from typing import Any

from httpx import Response


def check_problem(answer: Response, status: int, *words: str) -> dict[str, Any]:
    """The problem document; it has this status and says these words."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    assert body["title"]
    for word in words:
        assert word in f"{body['title']} {body['detail']}"
    return body
