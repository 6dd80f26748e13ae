"""A language model behind a chat endpoint: what is asked of it, what it said, what it cost."""

from collections.abc import Callable
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, Field, ValidationError

from assist.domain.base import Model
from assist.domain.endpoint import ModelRole
from assist.errors import ModelGarbled

Reply = TypeVar("Reply", bound=BaseModel)


class ChatMessage(Model):
    """One message of a prompt."""

    role: Literal["system", "user"]
    content: str


class ChatRequest(Model):
    """One call. `reply_schema` is the JSON Schema of the reply; without one it is plain text."""

    role: ModelRole
    messages: tuple[ChatMessage, ...]
    reply_name: str = Field(default="reply", pattern=r"^[A-Za-z0-9_-]{1,64}$")
    reply_schema: dict[str, Any] | None = None
    max_tokens: int = Field(default=1_000, ge=1)
    prompt: str = ""
    """The fingerprint of the prompt that made it, for the trace."""


class Usage(Model):
    """What calls took: `cost` in the currency of the prices set, none where none are set.

    `calls` counts requests sent, retries included. `estimated` where the endpoint did not count
    all the tokens and we did, at four bytes each.
    """

    calls: int = 0
    prompt_tokens: int = 0
    reply_tokens: int = 0
    cost: float | None = None
    estimated: bool = False


class ChatReply(Model):
    """What the model said, whole: where a schema was asked for, the text of one JSON object.

    `ms` is how long it took, waiting and retries included; `usage` is what this call took, its
    retries included. Whether the object fits the schema, `parsed` says.
    """

    text: str
    model: str
    ms: float
    usage: Usage


class Spending(Protocol):
    """What one suggestion may still spend, shared by all its calls; safe between threads."""

    def seconds_left(self) -> float:
        """Wall-clock time left, 0 where none is."""
        ...

    def used(self) -> Usage:
        """What was spent so far."""
        ...


class Chat(Protocol):
    """A language model that answers one prompt at a time."""

    def model_of(self, role: ModelRole) -> str:
        """The name of the model that plays a role."""
        ...

    def prepare(self) -> None:
        """Load what the first call would wait for."""
        ...

    def close(self) -> None:
        """End what still runs, and let go of connections."""
        ...

    def begin(self) -> Spending:
        """A new budget, for one suggestion; its time runs from now."""
        ...

    async def ask(
        self,
        request: ChatRequest,
        spending: Spending,
        on_text: Callable[[str], None] | None = None,
    ) -> ChatReply:
        """The reply, whole; `on_text` hears its pieces as they come, in the caller's event loop.

        `spending` is one that this model's `begin` gave. A piece once heard is never taken back:
        a call that has begun to speak is not tried again. Raises one of `ModelFailure` within
        the budget's time; cancelled, it ends the request at the server.
        """
        ...


def parsed(reply: ChatReply, kind: type[Reply]) -> Reply:
    """The reply as a type; raises `ModelGarbled`, which names the first field that does not fit."""
    try:
        return kind.model_validate_json(reply.text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "reply"
        raise ModelGarbled(
            f"the reply of {reply.model} does not fit: {first['msg']}",
            where=field,
            cure="use a model that keeps to a JSON schema",
        ) from error
