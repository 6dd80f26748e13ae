"""Whoever hangs up while a model is being asked ends its call."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from assist.domain.endpoint import ChatSettings, Timeouts
from assist.settings import Settings
from assist.web.app import create_app
from assist.wiring import opened
from evals.scripted_llm.behaviors import BEHAVIORS
from evals.scripted_llm.exchange import Exchange
from evals.scripted_llm.good import good
from evals.scripted_llm.server import ScriptedServer
from tests.compiled_models import compiled_models
from tests.models.conftest import KB

PATIENT = Timeouts(first_token_seconds=50, between_tokens_seconds=50, total_seconds=60)


def test_who_hangs_up_ends_the_call_of_the_model(tmp_path: Path) -> None:
    async def second_stalls(one: Exchange) -> None:
        await (BEHAVIORS["good"] if len(server.requests) < 2 else BEHAVIORS["stall_in_stream"])(one)

    tmp_path.chmod(0o711)
    with ScriptedServer(good) as server:
        server._act = second_stalls
        model = ChatSettings(base_url=server.url, model="scripted", timeouts=PATIENT)
        settings = Settings(home=tmp_path / "home", compiled=compiled_models(), llm=model)
        with opened(settings) as desk:
            desk.ingest(KB, progress=lambda *_: None)
            desk.warm()
            seconds = asyncio.run(_left_while_asked(create_app(desk), server))

        assert len(server.requests) == 2
        assert server.left == 1
        assert seconds < 20


async def _left_while_asked(app: Any, server: ScriptedServer) -> float:
    """Seconds from hanging up, while the second call is under way, until its connection is gone."""
    body = json.dumps({"id": "t", "text": "My Hub 2 is offline, its light blinks amber."}).encode()
    request = [{"type": "http.request", "body": body}]

    async def receive() -> dict[str, Any]:
        if request:
            return request.pop()
        while len(server.requests) < 2:  # noqa: ASYNC110 - the server is in another thread
            await asyncio.sleep(0.02)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        """Nobody listens."""

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "method": "POST",
        "path": "/v1/suggestions",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"accept", b"text/event-stream")],
    }
    async with app.router.lifespan_context(app):
        await asyncio.wait_for(app(scope, receive, send), 60)
        began = time.perf_counter()
        while not server.left and time.perf_counter() - began < 40:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.02)
        return time.perf_counter() - began
