"""Requests to `/v1/ingest`, and what their answers must hold."""

from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from assist.service.desk import Desk
from assist.service.indexing import silent


def post_documents(client: TestClient, *documents: Any, **options: Any) -> Response:
    return client.post("/v1/ingest", json={"documents": documents} | options)


def post_files(client: TestClient, *files: tuple[str, bytes], **fields: str) -> Response:
    return client.post("/v1/ingest", files=[("files", file) for file in files], data=fields)


def post_form(client: TestClient, body: bytes, boundary: str = "b") -> Response:
    """A form written by hand, for what no client library would send."""
    content_type = f"multipart/form-data; boundary={boundary}"
    return client.post("/v1/ingest", content=body, headers={"content-type": content_type})


def a_part(disposition: str, content: bytes = b"x", boundary: str = "b") -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"
    return head.encode("utf-8", "surrogateescape") + content + b"\r\n"


def ended(client: TestClient, desk: Desk, answer: Response) -> dict[str, Any]:
    """The job that was accepted, once it was built."""
    assert answer.status_code == 202, answer.text
    while desk.builder().build_next(silent):
        pass
    job: dict[str, Any] = client.get(answer.headers["location"]).json()
    return job


def check_refused(answer: Response, status: int, *words: str) -> dict[str, Any]:
    """A problem document that says these words and a cure."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    for word in words:
        assert word in body["detail"], body
    assert body["cure"]
    return body


def files_left(tmp_path: Path) -> list[str]:
    root = tmp_path / "uploads"
    return sorted(str(path.relative_to(root)) for path in root.rglob("*")) if root.exists() else []
