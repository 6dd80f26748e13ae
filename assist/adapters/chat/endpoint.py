"""One request at a time to a chat endpoint, and the reply or the trouble that came of it."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

import httpx
import openai

from assist.adapters.chat.client import client_for
from assist.adapters.chat.stream import Heard, listen, said
from assist.adapters.chat.troubles import Trouble, trouble
from assist.domain.endpoint import ChatSettings
from assist.errors import ModelFailure, ModelGarbled

_FAULTS = (openai.OpenAIError, httpx.HTTPError, ModelFailure, ValueError, RecursionError)
"""What reading a reply can raise: of the SDK, of the connection, ours, and broken JSON."""


class Endpoint:
    """Lives in one event loop. Its connections are kept from one request to the next."""

    def __init__(self, settings: ChatSettings) -> None:
        self._settings = settings
        self._client = client_for(settings)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def ask(
        self, body: dict[str, Any], heard: Heard, on_text: Callable[[str], None]
    ) -> str | Trouble:
        """What the model said to a request, whole; `heard` keeps what came if it is not."""
        try:
            await listen(self._events(body), self._settings.timeouts, heard, on_text)
            return said(heard)
        except _FAULTS as error:
            return trouble(error, self._settings, str(body["model"]), heard.text)

    async def models(self) -> list[str] | Trouble:
        """The names of the models it says it has; none where it does not list them."""
        try:
            answer = await self._client.get("/models", cast_to=object)
        except openai.NotFoundError:
            return []
        except _FAULTS as error:
            return trouble(error, self._settings, "", "")
        listed = answer.get("data") if isinstance(answer, dict) else None
        rows = listed if isinstance(listed, list) else []
        return [str(row["id"]) for row in rows if isinstance(row, dict) and "id" in row]

    async def _events(self, body: dict[str, Any]) -> AsyncGenerator[object, None]:
        """The events of a reply, as they come, unread; the request ends where this does."""
        stream = await self._client.post(
            # The SDK's typed call would build objects of chunks that may lack any field.
            "/chat/completions",
            cast_to=object,
            body=body,
            stream=True,
            stream_cls=openai.AsyncStream[object],
        )
        async with stream:
            kind = stream.response.headers.get("content-type", "none").partition(";")[0]
            if kind.strip() != "text/event-stream":
                raise ModelGarbled(
                    f"the endpoint answers {kind[:60]!r} instead of a stream of events",
                    where="ASSIST_LLM__BASE_URL",
                    cure="check that the address is that of an OpenAI-compatible API",
                )
            async for event in stream:
                yield event
