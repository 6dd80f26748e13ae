"""How a chat endpoint is reached, and how much time, money and patience it is given."""

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, SecretStr

from assist.domain.base import Model

ModelRole = Literal["understand", "propose", "draft", "judge"]
Form = Literal["schema", "object", "plain"]
"""How JSON is asked for: by its schema, as any object, or by words in the prompt alone."""


def _said(default: Any, description: str, example: str = "", **limits: Any) -> Any:
    """A field with what it says, for whoever sets it."""
    examples = [example] if example else None
    return Field(default, description=description, examples=examples, **limits)


class Timeouts(Model):
    """Seconds. A model that thinks aloud makes progress while it does."""

    connect_seconds: float = _said(5.0, "Seconds to reach the endpoint.", gt=0)
    first_token_seconds: float = _said(20.0, "Seconds until a reply begins.", gt=0)
    between_tokens_seconds: float = _said(10.0, "Seconds a reply may pause.", gt=0)
    total_seconds: float = _said(60.0, "Seconds for one reply, whole.", gt=0)


class Budget(Model):
    """What one suggestion may take, all its calls together; `cost` needs the models' prices."""

    seconds: float = _said(30.0, "Seconds one suggestion may spend on its model.", gt=0)
    tokens: int = _said(60_000, "Tokens one suggestion may take, prompts and replies.", ge=1)
    cost: float | None = _said(
        None, "Money one suggestion may take, in the currency of the prices.", "0.05", ge=0
    )


class Price(Model):
    """Of a million tokens, in any one currency."""

    prompt: float = Field(ge=0)
    reply: float = Field(ge=0)


class Retries(Model):
    """How often a failed call is repeated, and how long before.

    The longest wait doubles from `first_wait_seconds` up to `longest_wait_seconds`; how much of
    it is waited is drawn by lot. An endpoint that asks for more is given it, if the budget can.
    """

    most: int = _said(2, "Times a call is repeated that failed.", ge=0, le=10)
    first_wait_seconds: float = _said(0.5, "Seconds before the first time, at most.", ge=0)
    longest_wait_seconds: float = _said(8.0, "Seconds before the last time, at most.", ge=0)


class Rest(Model):
    """After so many failed calls in a row an endpoint is left alone for so many seconds."""

    after_failures: int = _said(5, "Failures in a row after which it is left alone.", ge=1)
    seconds: float = _said(30.0, "Seconds it is left alone then.", ge=0)


class ChatSettings(Model):
    """One endpoint. `models` names those of single roles; `model` plays the others."""

    base_url: str = _said(
        "",
        "Address of an OpenAI-compatible endpoint. Unset: drafts are extractive.",
        "http://localhost:11434/v1",
    )
    api_key: SecretStr = _said(SecretStr(""), "Its key, where it wants one.", "sk-...")
    model: str = _said("", "Name of the chat model there.", "my-model")
    models: dict[ModelRole, str] = _said(
        {},
        "JSON: other models for the roles understand, propose, draft, judge.",
        '{"judge": "my-other-model"}',
    )
    form: Literal["auto"] | Form = _said(
        "auto", "How JSON is asked for: schema, object, plain, or auto, which finds out."
    )
    timeouts: Timeouts = Timeouts()
    budget: Budget = Budget()
    prices: dict[str, Price] = _said(
        {},
        "JSON: prices of a million tokens by model, to count the cost.",
        '{"my-model": {"prompt": 0.1, "reply": 0.4}}',
    )
    monthly_budget: Decimal | None = _said(
        None,
        "Money one workspace may spend in a calendar month (UTC), all processes together, in the "
        "currency of the prices. At its end suggestions are made without the model.",
        "50",
        ge=0,
    )
    retries: Retries = Retries()
    rest: Rest = Rest()
    concurrency: int = _said(8, "Calls at once, of all suggestions together.", ge=1)
    reply_bytes: int = _said(
        4_000_000,
        "Bytes that are read of one reply, protocol included; a token takes some 250.",
        ge=1,
    )

    def model_of(self, role: ModelRole) -> str:
        """The name of the model that plays a role; empty where none is named."""
        return self.models.get(role) or self.model

    def all_models(self) -> tuple[str, ...]:
        """The models named for any role, each once."""
        roles: tuple[ModelRole, ...] = ("understand", "propose", "draft", "judge")
        return tuple(dict.fromkeys(self.model_of(role) for role in roles))
