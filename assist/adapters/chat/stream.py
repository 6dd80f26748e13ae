"""Pieces of a reply -> the reply: what was said, how it ended, how many tokens it took."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

from pydantic import BaseModel, Field

from assist.domain.endpoint import Timeouts
from assist.errors import ModelGarbled, ModelTimedOut


class _Delta(BaseModel):
    """What a piece adds. Models that think aloud do it in fields of their own."""

    content: str | None = None
    refusal: str | None = None
    reasoning: str | None = None
    reasoning_content: str | None = None
    tool_calls: list[object] | None = None

    def says_something(self) -> bool:
        return any((self.content, self.refusal, self.reasoning, self.reasoning_content))


class _Choice(BaseModel):
    index: int | None = 0
    delta: _Delta | None = None
    finish_reason: str | None = None


class _Counts(BaseModel):
    prompt_tokens: int | None = Field(default=None, ge=0)
    completion_tokens: int | None = Field(default=None, ge=0)


class _Chunk(BaseModel):
    """One event; unknown fields are passed over, and any may be null."""

    choices: list[_Choice] | None = None
    usage: _Counts | None = None


@dataclass
class Heard:
    """What has come so far of one reply."""

    pieces: list[str] = field(default_factory=list)
    refusal: str = ""
    called_tools: bool = False
    finish: str | None = None
    prompt_tokens: int | None = None
    reply_tokens: int | None = None

    @property
    def text(self) -> str:
        """All that was said."""
        return "".join(self.pieces)

    def take(self, event: object, on_text: Callable[[str], None]) -> bool:
        """Add one event; whether it brought the reply forward. Raises `ValueError` if it cannot."""
        chunk = _Chunk.model_validate(event)
        if chunk.usage:
            self.prompt_tokens = chunk.usage.prompt_tokens
            self.reply_tokens = chunk.usage.completion_tokens
        taken = [self._said(choice, on_text) for choice in chunk.choices or () if not choice.index]
        return any(taken)

    def _said(self, choice: _Choice, on_text: Callable[[str], None]) -> bool:
        delta = choice.delta or _Delta()
        self.finish = choice.finish_reason or self.finish
        self.refusal += delta.refusal or ""
        self.called_tools = self.called_tools or bool(delta.tool_calls)
        if delta.content:
            self.pieces.append(delta.content)
            on_text(delta.content)
        return delta.says_something() or bool(delta.tool_calls or choice.finish_reason)


async def listen(
    events: AsyncGenerator[object, None],
    timeouts: Timeouts,
    heard: Heard,
    on_text: Callable[[str], None],
) -> None:
    """Fill `heard` from the events of a request; raises `ModelTimedOut` and what they raise.

    Asking for the first event sends the request. An endpoint that has said how the reply ends,
    but leaves the connection open, has said all.
    """
    loop = asyncio.get_running_loop()
    try:
        async with (
            asyncio.timeout(timeouts.total_seconds) as whole,
            asyncio.timeout(timeouts.first_token_seconds) as next_token,
            aclosing(events),
        ):
            async for event in events:
                if heard.take(event, on_text):
                    next_token.reschedule(loop.time() + timeouts.between_tokens_seconds)
    except TimeoutError:
        if heard.finish is None:
            late = _endless if whole.expired() else _silent
            raise late(timeouts, heard) from None


def _endless(timeouts: Timeouts, heard: Heard) -> ModelTimedOut:
    return ModelTimedOut(
        f"the reply was not done after {timeouts.total_seconds:g} s, "
        f"at {len(heard.text)} characters",
        where="ASSIST_LLM__TIMEOUTS__TOTAL_SECONDS",
        cure="raise it, or use a faster model",
    )


def _silent(timeouts: Timeouts, heard: Heard) -> ModelTimedOut:
    if not heard.pieces:
        return ModelTimedOut(
            f"no reply began within {timeouts.first_token_seconds:g} s",
            where="ASSIST_LLM__TIMEOUTS__FIRST_TOKEN_SECONDS",
            cure="raise it, or use a faster model",
        )
    return ModelTimedOut(
        f"the reply stood still for {timeouts.between_tokens_seconds:g} s",
        where="ASSIST_LLM__TIMEOUTS__BETWEEN_TOKENS_SECONDS",
        cure="raise it, or use a faster model",
    )


_UNFINISHED = {
    "length": "reached the limit on its length",
    "content_filter": "was held back by the endpoint's content filter",
    "tool_calls": "calls a tool; none was offered",
    "function_call": "calls a tool; none was offered",
}


def said(heard: Heard) -> str:
    """What was said, if all of it came. Raises `ModelGarbled` for anything but a full reply."""
    if heard.refusal:
        raise garbled("the model declined to answer")
    if heard.finish is None:
        raise garbled(f"the reply broke off after {len(heard.text)} characters")
    if heard.finish != "stop":
        unknown = f"ended for a reason we do not know ({heard.finish[:40]!r})"
        raise garbled(f"the reply {_UNFINISHED.get(heard.finish, unknown)}")
    if heard.called_tools:
        raise garbled(f"the reply {_UNFINISHED['tool_calls']}")
    if not heard.text.strip():
        raise garbled("the reply is empty")
    return heard.text


def garbled(problem: str) -> ModelGarbled:
    """The failure of a reply that came, but not whole or not in the protocol."""
    return ModelGarbled(
        problem,
        where="ASSIST_LLM__MODEL",
        cure="try again, or use another model or endpoint",
    )
