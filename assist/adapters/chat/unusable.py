"""A language model whose settings cannot work: whoever asks it hears what is wrong with them."""

from collections.abc import Callable
from typing import NoReturn

from assist.domain.endpoint import ChatSettings, ModelRole
from assist.errors import BadSetting
from assist.ports.chat import ChatReply, ChatRequest, Spending


class UnusableChat:
    """A `Chat` that raises the `BadSetting` it was given: what needs no model still works."""

    def __init__(self, settings: ChatSettings, error: BadSetting) -> None:
        self._settings, self._error = settings, error

    def model_of(self, role: ModelRole) -> str:
        """The name that was set."""
        return self._settings.model_of(role)

    def prepare(self) -> None:
        """There is nothing to load: whoever begins hears what is wrong."""

    def close(self) -> None:
        """There is nothing to close."""

    def begin(self) -> NoReturn:
        """Says what is wrong."""
        raise self._error

    async def ask(
        self,
        request: ChatRequest,
        spending: Spending,
        on_text: Callable[[str], None] | None = None,
    ) -> ChatReply:
        """Says what is wrong."""
        del request, spending, on_text
        raise self._error
