"""Good replies, and what slow, broken and oversized connections make of them."""

import gzip

from evals.scripted_llm.exchange import Exchange, chunk, pieces

FOREVER = 600.0
"""Seconds: longer than any budget."""


async def good(one: Exchange) -> None:
    """All as it should be."""
    await one.say(pieces(one.reply))
    await one.count()


async def slow_first_token(one: Exchange) -> None:
    """Headers at once, then nothing."""
    await one.head()
    await one.event(chunk(role="assistant", content=""))
    await one.pause(FOREVER)


async def no_headers(one: Exchange) -> None:
    """The request is taken, and that is all."""
    await one.pause(FOREVER)


async def stall_in_stream(one: Exchange) -> None:
    """Half a reply, then silence."""
    half = pieces(one.reply)
    await one.say(half[: len(half) // 2 + 1], finish=None)
    await one.pause(FOREVER)


async def kept_alive(one: Exchange) -> None:
    """Comments keep the connection busy, but no token comes."""
    await one.head()
    while True:
        await one.send(b": keep-alive\n\n")
        await one.pause(0.02)


async def slow_drip(one: Exchange) -> None:
    """A character at a time, without end."""
    await one.head()
    while True:
        await one.event(chunk(content="a"))
        await one.pause(0.02)


async def left_open(one: Exchange) -> None:
    """All is said, but the connection is not closed."""
    await one.say(pieces(one.reply))
    await one.pause(FOREVER)


async def cut_stream(one: Exchange) -> None:
    """The connection is closed in order, but before the reply is over."""
    half = pieces(one.reply)
    await one.say(half[: len(half) // 2 + 1], finish=None)


async def reset_before(one: Exchange) -> None:
    """The connection breaks before a byte of the reply."""
    one.reset()


async def reset_during(one: Exchange) -> None:
    """It breaks in the middle of the reply."""
    half = pieces(one.reply)
    await one.say(half[: len(half) // 2 + 1], finish=None)
    await one.pause(0.05)  # what was sent must arrive: a reset throws away what has not
    one.reset()


async def reset_then_good(one: Exchange) -> None:
    """It breaks once."""
    await (reset_before if one.turn == 1 else good)(one)


async def ten_megabytes(one: Exchange) -> None:
    """A reply without end, in events of a kilobyte."""
    await one.say("a" * 1_000 for _ in range(10_000))
    await one.count()


async def huge_event(one: Exchange) -> None:
    """One event of ten megabytes, in one line."""
    await one.say(["a" * 10_000_000])
    await one.count()


async def many_lines(one: Exchange) -> None:
    """One event of a million short lines."""
    await one.head()
    for _ in range(100):
        await one.send(b"data: x\n" * 10_000)


async def compressed_bomb(one: Exchange) -> None:
    """Ten megabytes in ten kilobytes."""
    await one.head(Content_Encoding="gzip")
    await one.send(gzip.compress(b"data: " + b"a" * 10_000_000, compresslevel=1))


async def html_page(one: Exchange) -> None:
    """A page of a proxy, with status 200."""
    await one.head(200, "text/html")
    await one.send(b"<html><body>Please sign in</body></html>")


async def no_content_type(one: Exchange) -> None:
    """Bytes of no kind."""
    await one.head(200, "")
    await one.send(b"\x00\x01\x02")


async def whole_json(one: Exchange) -> None:
    """The reply in one JSON document, though a stream was asked for."""
    await one.head(200, "application/json")
    await one.send(b'{"choices":[{"message":{"content":"{}"},"finish_reason":"stop"}]}')


async def redirect(one: Exchange) -> None:
    """Go elsewhere."""
    await one.head(307, "text/plain", Location="http://127.0.0.1:9/v1/chat/completions")
