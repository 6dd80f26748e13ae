"""`ports.chat.Chat` on any endpoint that speaks OpenAI's protocol: from every thread to one."""

import asyncio
import logging
import random
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from assist.adapters.chat.budget import Ledger
from assist.adapters.chat.network import Network, closing
from assist.adapters.chat.settings import check
from assist.domain.endpoint import ChatSettings, Form, ModelRole
from assist.errors import BadInput, ModelFailure
from assist.ports.chat import ChatReply, ChatRequest, Spending

if TYPE_CHECKING:
    from assist.adapters.chat.tries import Tries

log = logging.getLogger(__name__)


class OpenAIChat:
    """Asks the endpoint of its settings; `close` it at the end. Safe between threads.

    It remembers, as long as it lives, what each model was found not to understand, and how often
    in a row the endpoint failed. `draw` gives numbers of 0 to 1, for the length of waits. Raises
    `BadSetting` for settings that can work with no endpoint.
    """

    def __init__(
        self, settings: ChatSettings, *, draw: Callable[[], float] = random.random
    ) -> None:
        check(settings)
        self._settings, self._draw = settings, draw
        self._network = Network()
        self._failing = ""
        self._lock = threading.Lock()
        self._closed = False
        self._tries: Tries | None = None

    def model_of(self, role: ModelRole) -> str:
        """The name of the model that plays a role."""
        return self._settings.model_of(role)

    def form_of(self, model: str) -> Form:
        """How this model is asked for JSON, as far as has been found out."""
        return self._prepared().dialect_of(model).form

    def prepare(self) -> None:
        """Import the SDK, which takes a second or more; otherwise the first `begin` does."""
        self._prepared()

    def begin(self) -> Ledger:
        """A new budget, for one suggestion; its time runs from now."""
        self.prepare()
        return Ledger(self._settings.budget, self._settings.prices)

    async def ask(
        self,
        request: ChatRequest,
        spending: Spending,
        on_text: Callable[[str], None] | None = None,
    ) -> ChatReply:
        """See `ports.chat.Chat`. Raises `BadInput` for a budget that `begin` did not give."""
        if not isinstance(spending, Ledger):
            raise BadInput("not a budget of this model", where="spending", cure="call `begin`")
        loop = asyncio.get_running_loop()
        pieces: asyncio.Queue[str | None] = asyncio.Queue()

        def pass_on(piece: str) -> None:
            with suppress(RuntimeError):  # the loop that asked is closed, and its call canceled
                loop.call_soon_threadsafe(pieces.put_nowait, piece)

        answer = self._prepared().answer(request, spending, pass_on if on_text else None)
        call = asyncio.wrap_future(self._network.submit(answer))
        call.add_done_callback(lambda _: pieces.put_nowait(None))
        try:
            while (piece := await pieces.get()) is not None:
                if on_text:
                    on_text(piece)
            if call.cancelled():
                raise closing()
            reply = call.result()
        except ModelFailure as error:
            self._note(type(error).__name__, str(error))
            raise
        finally:
            call.cancel()
        self._note("", "the language model answers again")
        return reply

    def _note(self, failure: str, words: str) -> None:
        """Say once in the log that the model fails in another way than before, or does not now."""
        with self._lock:
            changed, self._failing = failure != self._failing, failure
        if changed:
            log.warning("language model: %s", words)

    async def models(self) -> list[str]:
        """The models the endpoint lists, none where it lists none. Raises `ModelFailure`."""
        return await asyncio.wrap_future(self._network.submit(self._prepared().models()))

    def close(self) -> None:
        """Cancel what still runs and close the connections; again, it does nothing."""
        with self._lock:
            self._closed = True
            tries = self._tries
        if tries:
            self._network.close(tries.close)

    def _prepared(self) -> "Tries":
        from assist.adapters.chat.tries import Tries

        with self._lock:
            if self._closed:
                raise closing()
            if self._tries is None:
                self._tries = Tries(self._settings, self._draw)
            return self._tries
