"""What an endpoint understands of the protocol, found out from what it refuses."""

from dataclasses import dataclass, replace
from typing import Any

from assist.adapters.chat.schema import strict, told
from assist.domain.endpoint import Form
from assist.ports.chat import ChatRequest

_WEAKER: dict[Form, Form] = {"schema": "object", "object": "plain"}
_OF_FORM = ("response_format", "json_schema", "json_object", "json mode", "structured output")


@dataclass(frozen=True)
class Dialect:
    """How one model is asked. `fixed` where the form was set and is not to be found out."""

    form: Form = "schema"
    fixed: bool = False
    counted: bool = True
    """Whether the endpoint is asked to count tokens."""
    length: str = "max_tokens"
    """What the limit on the reply's length is called."""
    tempered: bool = True
    """Whether temperature 0 is asked for; models that reason take no other than their own."""

    def body(self, request: ChatRequest, model: str, reply_tokens: int) -> dict[str, Any]:
        """The request as JSON."""
        body: dict[str, Any] = {"model": model, "messages": self._messages(request)}
        body |= {self.length: reply_tokens, "stream": True}
        if self.counted:
            body["stream_options"] = {"include_usage": True}
        if self.tempered:
            body["temperature"] = 0
        if request.reply_schema is not None and self.form != "plain":
            body["response_format"] = self._format(request.reply_name, request.reply_schema)
        return body

    def after(self, refusal: str) -> "Dialect | None":
        """The dialect to try next, given the words of a refusal; None where they are not of it."""
        said = refusal.casefold()
        if self.counted and ("stream_options" in said or "include_usage" in said):
            return replace(self, counted=False)
        if self.length == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, length="max_completion_tokens")
        if self.tempered and "temperature" in said:
            return replace(self, tempered=False)
        if not self.fixed and self.form in _WEAKER and any(word in said for word in _OF_FORM):
            return replace(self, form=_WEAKER[self.form])
        return None

    def told_in_words(self) -> "Dialect | None":
        """The dialect after a reply that shows that the form asked for is ignored."""
        return None if self.fixed or self.form == "plain" else replace(self, form="plain")

    def _format(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        if self.form == "object":
            return {"type": "json_object"}
        described = {"name": name, "schema": strict(schema), "strict": True}
        return {"type": "json_schema", "json_schema": described}

    def _messages(self, request: ChatRequest) -> list[dict[str, str]]:
        messages = [message.model_dump() for message in request.messages]
        if request.reply_schema is None or self.form == "schema":
            return messages
        asked = told(request.reply_schema)
        if messages and messages[0]["role"] == "system":
            messages[0]["content"] += f"\n\n{asked}"
            return messages
        return [{"role": "system", "content": asked}, *messages]
