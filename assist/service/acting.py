"""Who acts where a request does not say: the person or the key that it came with."""

from contextvars import ContextVar

from pydantic_core import PydanticKnownError

_ASKING: ContextVar[str] = ContextVar("asking", default="")


def asks(name: str) -> None:
    """Whoever asks in this request, for the rest of it; empty for nobody that is known."""
    _ASKING.set(name)


def asking() -> str:
    """Who asks; empty where nobody is known."""
    return _ASKING.get()


def told(value: object) -> object:
    """A validator: nobody is as good as nothing said."""
    if value == "":
        raise PydanticKnownError("missing")
    return value
