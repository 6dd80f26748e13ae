"""Endpoints that refuse: for a moment, for ever, or until they are asked otherwise."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from evals.scripted_llm.connections import good
from evals.scripted_llm.exchange import Behavior, Exchange


def busy(status: int, turns: float, retry_after: Callable[[], str] | None = None) -> Behavior:
    """Answers with a status for so many turns, then well."""

    async def act(one: Exchange) -> None:
        if one.turn > turns:
            return await good(one)
        headers = {"Retry_After": retry_after()} if retry_after else {}
        return await one.error(status, "Please try again later", headers=headers)

    return act


def soon() -> str:
    """A second from now, as a date."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)


async def wrong_key(one: Exchange) -> None:
    """Repeats the key it was given, as real endpoints do."""
    await one.error(401, "Incorrect API key provided: sk-secret-1234567890. Find yours at ...")


async def forbidden(one: Exchange) -> None:
    """The key may not do that."""
    await one.error(403, "Project does not have access to this model")


async def unknown_model(one: Exchange) -> None:
    """No such model."""
    await one.error(404, f"The model `{one.asked['model']}` does not exist", code="model_not_found")


async def embedding_model(one: Exchange) -> None:
    """The model turns text to vectors."""
    await one.error(400, "This model does not support the Chat Completions API")


async def no_credit(one: Exchange) -> None:
    """The account is empty; trying again does not help."""
    await one.error(429, "You exceeded your current quota", code="insufficient_quota")


async def key_echoed(one: Exchange) -> None:
    """A refusal that quotes the key where nobody expects it."""
    await one.error(400, "bad header: Bearer sk-secret-1234567890 " + "x" * 5_000)


async def object_only(one: Exchange) -> None:
    """Has JSON mode, but takes no schema."""
    if (one.asked.get("response_format") or {}).get("type") == "json_schema":
        await one.error(400, "response_format type json_schema is not supported by this model")
    else:
        await good(one)


async def plain_only(one: Exchange) -> None:
    """Knows no `response_format`; says so as validating servers do."""
    if "response_format" in one.asked:
        await one.error(422, "Extra inputs are not permitted: response_format")
    else:
        await good(one)


async def ignores_form(one: Exchange) -> None:
    """Takes `response_format` and ignores it: prose, unless the prompt asks for JSON."""
    if "response_format" in one.asked:
        await one.say(["Happy to help! What can I do for you today?"])
        await one.count()
    else:
        await good(one)


async def other_length(one: Exchange) -> None:
    """A model that reasons: another name for the length, no temperature."""
    if "max_tokens" in one.asked:
        message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
        await one.error(400, message)
    elif "temperature" in one.asked:
        await one.error(400, "Unsupported value: 'temperature' does not support 0 with this model")
    else:
        await good(one)
