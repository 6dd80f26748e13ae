"""Streams that arrive, but are not what the protocol says, or hold something unexpected."""

from itertools import islice

from evals.scripted_llm.connections import good
from evals.scripted_llm.exchange import Behavior, Exchange, chunk, pieces


async def empty_reply(one: Exchange) -> None:
    """Ends properly, having said nothing."""
    await one.say([])
    await one.count()


async def empty_stream(one: Exchange) -> None:
    """Not even an end."""
    await one.head()


async def blank_reply(one: Exchange) -> None:
    """White space."""
    await one.say(["  \n", "\n"])
    await one.count()


def finishing(reason: str) -> Behavior:
    """A reply that ends for a reason other than that it is done."""

    async def act(one: Exchange) -> None:
        await one.say(pieces(one.reply), finish=reason)
        await one.count()

    return act


async def no_finish(one: Exchange) -> None:
    """Everything, but not how it ended."""
    await one.say(pieces(one.reply), finish=None)
    await one.count()


async def duplicate_chunks(one: Exchange) -> None:
    """Every piece twice."""
    await one.say(twice for piece in pieces(one.reply) for twice in (piece, piece))
    await one.count()


async def usage_missing(one: Exchange) -> None:
    """The tokens are not counted, though that was asked for."""
    await one.say(pieces(one.reply))
    await one.event("[DONE]")


async def usage_refused(one: Exchange) -> None:
    """Knows no `stream_options`."""
    if "stream_options" in one.asked:
        await one.error(400, "Unrecognized request argument supplied: stream_options")
    else:
        await good(one)


async def usage_absurd(one: Exchange) -> None:
    """Counts that cannot be."""
    await one.say(pieces(one.reply))
    await one.event({"choices": [], "usage": {"prompt_tokens": -5, "completion_tokens": 7}})
    await one.event("[DONE]")


async def invalid_utf8(one: Exchange) -> None:
    """Bytes that are no text."""
    await one.head()
    await one.send(b'data: {"choices":[{"delta":{"content":"caf\xe9 \xff\xfe"}}]}\n\n')


async def invalid_event(one: Exchange) -> None:
    """An event that is no JSON."""
    await one.head()
    await one.event("{not json")


async def event_of_wrong_type(one: Exchange) -> None:
    """JSON, but no chunk."""
    await one.head()
    await one.event([1, 2, 3])


async def deep_event(one: Exchange) -> None:
    """JSON nested deeper than any parser goes."""
    await one.head()
    await one.event("[" * 100_000)


async def lone_surrogate(one: Exchange) -> None:
    """Half a character, which no database can hold."""
    await one.say([one.reply[:-1], "\ud800", one.reply[-1:]])
    await one.count()


async def nul_characters(one: Exchange) -> None:
    """Text with NUL in it."""
    await one.say([one.reply.replace(': "', ': "\\u0000', 1), "\0"])
    await one.count()


async def null_everywhere(one: Exchange) -> None:
    """Every field that may be null is."""
    await one.head()
    await one.event({"choices": None, "usage": None})
    await one.event({"choices": [{"index": None, "delta": None, "finish_reason": None}]})
    for piece in pieces(one.reply):
        delta = {"role": None, "content": piece, "refusal": None, "tool_calls": None}
        await one.event({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    await one.event(chunk(finish="stop"))
    await one.count()


async def unknown_fields(one: Exchange) -> None:
    """Events with fields nobody knows, and comments and kinds of event between them."""
    await one.head()
    for piece in pieces(one.reply):
        await one.send(b": ping\n\n")
        await one.event({**chunk(content=piece, mood="sunny"), "provider": {"name": "x"}})
    await one.event(chunk(finish="stop"))
    await one.count()


async def tool_call(one: Exchange) -> None:
    """Calls a tool instead of answering."""
    await one.head()
    call = {"name": "refund", "arguments": '{"amount": 5000}'}
    await one.event(chunk(tool_calls=[{"index": 0, "type": "function", "function": call}]))
    await one.event(chunk(finish="tool_calls"))
    await one.count()


async def refusal(one: Exchange) -> None:
    """Declines, in the field for it."""
    await one.head()
    await one.event(chunk(refusal="I cannot help with that."))
    await one.event(chunk(finish="stop"))
    await one.count()


async def error_in_stream(one: Exchange) -> None:
    """Fails in the middle, and says so."""
    await one.say(list(islice(pieces(one.reply), 1)), finish=None)
    await one.event({"error": {"message": "CUDA out of memory", "type": "server_error"}})


async def thinks_first(one: Exchange) -> None:
    """Thinks in a field of its own before it answers."""
    await one.head()
    for _ in range(5):
        await one.event(chunk(reasoning_content="Let me see. "))
        await one.pause(0.05)
    for piece in pieces(one.reply):
        await one.event(chunk(content=piece))
    await one.event(chunk(finish="stop"))
    await one.count()
