"""Does the chat endpoint work? Said in words, for `assist doctor`."""

from assist.adapters.chat.chat import OpenAIChat
from assist.adapters.chat.settings import check
from assist.domain.base import Model
from assist.domain.endpoint import Budget, ChatSettings, Form, ModelRole
from assist.errors import BadSetting, ModelFailure, ModelTimedOut, ModelUnreachable
from assist.ports.chat import ChatMessage, ChatRequest

CHECK = "language model"
PROBE_BUDGET = Budget(seconds=30.0, tokens=20_000)
"""Of one model: a model that is loaded when first asked may take most of the time."""
_SCHEMA = {
    "type": "object",
    "properties": {"ready": {"type": "boolean"}},
    "required": ["ready"],
    "additionalProperties": False,
}
_REPLY_TOKENS = 500
"""The answer has ten; models that reason think first."""
_FORMS: dict[Form, str] = {
    "schema": "answers by JSON schema",
    "object": "answers in JSON, but takes no schema: replies are told theirs in the prompt",
    "plain": (
        "has no JSON mode: replies are asked for in the prompt alone and fail more often "
        "(name a model with JSON mode in ASSIST_LLM__MODEL)"
    ),
}


class Finding(Model):
    """One check: what was looked at, whether it is fine, and what to do if not."""

    check: str
    ok: bool
    detail: str


async def probe(settings: ChatSettings) -> tuple[Finding, ...]:
    """Whether the endpoint answers, and what each model named for a role can do. Never raises."""
    try:
        check(settings)
        chat = OpenAIChat(settings.model_copy(update={"budget": PROBE_BUDGET}))
        chat.prepare()
    except BadSetting as error:
        return (Finding(check=CHECK, ok=False, detail=str(error)),)
    try:
        try:
            listed = await chat.models()
        except (ModelUnreachable, ModelTimedOut) as error:
            return (Finding(check=CHECK, ok=False, detail=str(error)),)
        except ModelFailure:
            listed = []  # not every endpoint has such a list; whether it answers, a model shows
        return tuple([await _tried(chat, role, listed) for role in _one_role_each(settings)])
    finally:
        chat.close()


def _one_role_each(settings: ChatSettings) -> list[ModelRole]:
    """A role for every model named."""
    roles: tuple[ModelRole, ...] = ("understand", "propose", "draft", "judge")
    return list({settings.model_of(role): role for role in roles}.values())


async def _tried(chat: OpenAIChat, role: ModelRole, listed: list[str]) -> Finding:
    model = chat.model_of(role)
    asked = ChatMessage(role="user", content='Answer with the JSON object {"ready": true}.')
    request = ChatRequest(
        role=role,
        messages=(asked,),
        reply_name="ready",
        reply_schema=_SCHEMA,
        max_tokens=_REPLY_TOKENS,
    )
    try:
        reply = await chat.ask(request, chat.begin())
    except ModelFailure as error:
        known = f"; it lists {', '.join(listed[:8])}" if listed and model not in listed else ""
        return Finding(check=f"{CHECK} {model}", ok=False, detail=f"{error}{known}")
    detail = f"{_FORMS[chat.form_of(model)]}, in {reply.ms / 1_000:.1f} s"
    return Finding(check=f"{CHECK} {model}", ok=True, detail=detail)
