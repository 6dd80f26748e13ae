"""A request to a model, tried until there is a reply or it is not worth another try.

All of it runs in the one event loop of the adapter, so nothing here needs a lock.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from assist.adapters.chat.breaker import Breaker
from assist.adapters.chat.budget import Ledger, estimated_tokens, total
from assist.adapters.chat.dialect import Dialect
from assist.adapters.chat.endpoint import Endpoint
from assist.adapters.chat.json_text import object_in, plain
from assist.adapters.chat.stream import Heard
from assist.adapters.chat.troubles import Trouble
from assist.domain.endpoint import ChatSettings
from assist.errors import (
    ModelBusy,
    ModelGarbled,
    ModelRefused,
    ModelTimedOut,
    ModelUnreachable,
)
from assist.ports.chat import ChatReply, ChatRequest, Usage

OnText = Callable[[str], None] | None
LISTING_SECONDS = 10.0
"""For the list of models, which `assist doctor` asks for."""
_MOMENT = 0.05
"""Seconds. A clock may ring that much before the budget is quite over."""


class Tries:
    """What is known of one endpoint: its refusals, its failures, how many requests are out."""

    def __init__(self, settings: ChatSettings, draw: Callable[[], float]) -> None:
        self._settings, self._draw = settings, draw
        self._endpoint = Endpoint(settings)
        self._breaker = Breaker(settings.rest)
        self._places = asyncio.Semaphore(settings.concurrency)
        self._dialects: dict[str, Dialect] = {}

    async def close(self) -> None:
        """Close the connections."""
        await self._endpoint.close()

    def dialect_of(self, model: str) -> Dialect:
        """How a model is asked, as far as has been found out."""
        form = self._settings.form
        first = Dialect() if form == "auto" else Dialect(form=form, fixed=True)
        return self._dialects.get(model, first)

    async def models(self) -> list[str]:
        """The models the endpoint lists; raises `ModelFailure`."""
        try:
            async with asyncio.timeout(LISTING_SECONDS):
                listed = await self._endpoint.models()
        except TimeoutError:
            raise ModelTimedOut(
                f"the endpoint did not list its models in {LISTING_SECONDS:g} s",
                where="ASSIST_LLM__BASE_URL",
                cure="check that the endpoint runs and that the address is right",
            ) from None
        if isinstance(listed, Trouble):
            raise listed.failure
        return listed

    async def answer(self, request: ChatRequest, ledger: Ledger, on_text: OnText) -> ChatReply:
        """The reply, within the budget's time; raises `ModelFailure`."""
        started = time.monotonic()
        try:
            async with asyncio.timeout(ledger.seconds_left()), self._places:
                text, took = await self._tried(request, ledger, on_text)
        except TimeoutError:
            raise ledger.out_of_time() from None
        return ChatReply(
            text=text,
            model=self._settings.model_of(request.role),
            ms=(time.monotonic() - started) * 1_000,
            usage=took,
        )

    async def _tried(
        self, request: ChatRequest, ledger: Ledger, on_text: OnText
    ) -> tuple[str, Usage]:
        model = self._settings.model_of(request.role)
        dialect, took, failures = self.dialect_of(model), Usage(), 0
        while True:
            heard = Heard()
            outcome, usage = await self._once(request, dialect, ledger, heard, on_text)
            took = total(took, usage)
            if isinstance(outcome, str):
                return outcome, took
            if outcome.other:
                dialect = self._dialects[model] = outcome.other
            if on_text and heard.pieces:  # what a reader has heard is never taken back
                raise outcome.failure
            if outcome.other:
                continue
            if not outcome.again or failures == self._settings.retries.most:
                raise outcome.failure
            failures += 1
            await self._wait(outcome, failures, ledger)

    async def _wait(self, outcome: Trouble, failures: int, ledger: Ledger) -> None:
        """Leave the endpoint alone for a while; what the budget cannot wait for is a failure."""
        retries = self._settings.retries
        longest = min(
            retries.first_wait_seconds * 2 ** (failures - 1), retries.longest_wait_seconds
        )
        seconds = max(outcome.after or 0.0, self._draw() * longest)
        if seconds >= ledger.seconds_left():
            raise outcome.failure
        await asyncio.sleep(seconds)

    async def _once(
        self, request: ChatRequest, dialect: Dialect, ledger: Ledger, heard: Heard, on_text: OnText
    ) -> tuple[str | Trouble, Usage]:
        """One request, if the breaker lets it; what came of it and what it took."""
        self._breaker.enter()
        try:
            outcome, took = await self._sent(request, dialect, ledger, heard, on_text)
        except asyncio.CancelledError:
            if ledger.seconds_left() < _MOMENT:  # not the reader who left: the endpoint is silent
                self._breaker.failed()
            raise
        finally:
            self._breaker.leave()
        if isinstance(outcome, str):
            self._breaker.succeeded()
        elif outcome.down:
            self._breaker.failed()
        return outcome, took

    async def _sent(
        self, request: ChatRequest, dialect: Dialect, ledger: Ledger, heard: Heard, on_text: OnText
    ) -> tuple[str | Trouble, Usage]:
        model = self._settings.model_of(request.role)
        prompt_tokens = estimated_tokens(str(dialect.body(request, model, 1)["messages"]))
        held = ledger.hold(model, prompt_tokens, request.max_tokens)
        body = dialect.body(request, model, held.reply_tokens)
        outcome: str | Trouble | None = None
        try:
            outcome = await self._endpoint.ask(body, heard, on_text or _unheard)
        finally:
            took = ledger.settle(held, _taken(heard, outcome, prompt_tokens))
        if isinstance(outcome, str):
            return _answered(outcome, request, dialect), took
        return replace(outcome, other=dialect.after(outcome.said)), took


def _unheard(piece: str) -> None:
    """Nobody listens to pieces."""


def _answered(text: str, request: ChatRequest, dialect: Dialect) -> str | Trouble:
    """What was said in the form asked for, or that it is not."""
    try:
        if request.reply_schema is None:
            return plain(text)
        found = object_in(text)
    except ModelGarbled as failure:
        return Trouble(failure)
    if found is not None:
        return found
    prose = ModelGarbled(
        "the reply is not a JSON object",
        where="ASSIST_LLM__MODEL",
        cure="use a model that keeps to a JSON schema",
    )
    # JSON that was begun and is broken is an accident; prose shows that the form is ignored.
    begun = text.lstrip().startswith("{")
    return Trouble(prose, other=None if begun else dialect.told_in_words())


def _taken(heard: Heard, outcome: str | Trouble | None, prompt_tokens: int) -> Usage:
    """The endpoint's own counts, else estimates; nothing for a request that was turned away."""
    if heard.prompt_tokens is not None and heard.reply_tokens is not None:
        return Usage(calls=1, prompt_tokens=heard.prompt_tokens, reply_tokens=heard.reply_tokens)
    turned_away = isinstance(outcome, Trouble) and isinstance(
        outcome.failure, ModelRefused | ModelBusy | ModelUnreachable
    )
    if turned_away and not heard.pieces:
        return Usage(calls=1)
    reply_tokens = estimated_tokens(heard.text)
    return Usage(calls=1, prompt_tokens=prompt_tokens, reply_tokens=reply_tokens, estimated=True)
