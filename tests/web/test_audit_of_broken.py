"""What breaks or is given up stands in the audit log too: it may have been done."""

import asyncio

import pytest
from fastapi.testclient import TestClient

from assist.domain.audit import AuditQuery
from assist.domain.load import LoadSettings
from assist.service.desk import Desk
from assist.web.app import create_app
from tests.service.parts import some_parts


def told_of(act: str, seconds: float) -> tuple[list[tuple[str, str]], int]:
    """(what, outcome) in the audit log after an act of that kind, and its status."""
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    app = create_app(desk, LoadSettings(seconds=seconds))

    @app.post("/v1/hangs", operation_id="get_health")
    async def hangs() -> None:
        await asyncio.sleep(60)

    @app.post("/v1/breaks", operation_id="get_health")
    async def breaks() -> None:
        raise RuntimeError("a fault of ours")

    with TestClient(app, raise_server_exceptions=False) as client:
        status = client.post(f"/v1/{act}").status_code
    entries = desk.parts.audit.listed(AuditQuery(limit=10))
    return [(one.what, one.outcome) for one in entries], status


@pytest.mark.parametrize(("act", "seconds", "status"), [("hangs", 0.05, 504), ("breaks", 60, 500)])
def test_an_act_without_an_answer_is_told_as_failed(act: str, seconds: float, status: int) -> None:
    assert told_of(act, seconds) == ([("get_health", "failed")], status)
