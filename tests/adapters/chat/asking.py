"""What the tests of the chat adapter share: settings for a scripted server, one question."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

from assist.adapters.chat.chat import OpenAIChat
from assist.domain.endpoint import Budget, ChatSettings, Rest, Retries, Timeouts
from assist.ports.chat import ChatMessage, ChatReply, ChatRequest
from evals.scripted_llm.server import ScriptedServer

KEY = "sk-secret-1234567890"
ANSWER = "Restart the hub, wait 30 seconds, then pair it again."
REPLY = json.dumps({"answer": ANSWER, "cites": ["p-1"]})


class Answer(BaseModel):
    answer: str
    cites: list[str]


def replies(asked: dict[str, Any]) -> str:
    return REPLY


def settings_for(url: str, **changes: Any) -> ChatSettings:
    """Short waits, so that a test of patience takes none."""
    quick: dict[str, Any] = {
        "base_url": url,
        "api_key": KEY,
        "model": "scripted",
        "timeouts": Timeouts(
            connect_seconds=1.0,
            first_token_seconds=0.6,
            between_tokens_seconds=0.3,
            total_seconds=0.8,
        ),
        "budget": Budget(seconds=5.0),
        "retries": Retries(most=2, first_wait_seconds=0.01, longest_wait_seconds=0.02),
        "rest": Rest(after_failures=50),
    }
    return ChatSettings.model_validate(quick | changes)


def a_request(**changes: Any) -> ChatRequest:
    asked: dict[str, Any] = {
        "role": "draft",
        "messages": (
            ChatMessage(role="system", content="You help support agents."),
            ChatMessage(role="user", content="The hub is offline."),
        ),
        "reply_name": "answer",
        "reply_schema": Answer.model_json_schema(),
    }
    return ChatRequest.model_validate(asked | changes)


@contextmanager
def a_chat(settings: ChatSettings) -> Iterator[OpenAIChat]:
    chat = OpenAIChat(settings)
    try:
        yield chat
    finally:
        chat.close()


@contextmanager
def served(behavior: str, **changes: Any) -> Iterator[tuple[OpenAIChat, ScriptedServer]]:
    with (
        ScriptedServer(replies, behavior) as server,
        a_chat(settings_for(server.url, **changes)) as chat,
    ):
        yield chat, server


def ask(
    chat: OpenAIChat,
    request: ChatRequest | None = None,
    on_text: Callable[[str], None] | None = None,
) -> ChatReply:
    """One question with a budget of its own, in an event loop of its own."""
    spending = chat.begin()
    return asyncio.run(chat.ask(request or a_request(), spending, on_text))
