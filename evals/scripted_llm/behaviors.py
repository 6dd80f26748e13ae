"""What the scripted server can do to a request, by name."""

from evals.scripted_llm import connections, refusals, streams
from evals.scripted_llm.contents import CONTENTS, Content, leaked_prompt, obeyed_injection
from evals.scripted_llm.exchange import Behavior, Exchange, pieces


def saying(content: Content) -> Behavior:
    """A reply that keeps the protocol, its content changed."""

    async def act(one: Exchange) -> None:
        await one.say(pieces(content(one.reply)))
        await one.count()

    return act


async def leaked_canary(one: Exchange) -> None:
    """Repeats its secret instructions."""
    await one.say(pieces(leaked_prompt(one.reply, one.asked)))
    await one.count()


async def obeys_injection(one: Exchange) -> None:
    """Does what the ticket and the passages tell it."""
    await one.say(pieces(obeyed_injection(one.reply, one.asked)))
    await one.count()


_ACTS: tuple[Behavior, ...] = (
    connections.good,
    connections.slow_first_token,
    connections.no_headers,
    connections.stall_in_stream,
    connections.kept_alive,
    connections.slow_drip,
    connections.left_open,
    connections.cut_stream,
    connections.reset_before,
    connections.reset_during,
    connections.reset_then_good,
    connections.ten_megabytes,
    connections.huge_event,
    connections.many_lines,
    connections.compressed_bomb,
    connections.html_page,
    connections.no_content_type,
    connections.whole_json,
    connections.redirect,
    streams.empty_reply,
    streams.empty_stream,
    streams.blank_reply,
    streams.no_finish,
    streams.duplicate_chunks,
    streams.usage_missing,
    streams.usage_refused,
    streams.usage_absurd,
    streams.invalid_utf8,
    streams.invalid_event,
    streams.event_of_wrong_type,
    streams.deep_event,
    streams.lone_surrogate,
    streams.nul_characters,
    streams.null_everywhere,
    streams.unknown_fields,
    streams.tool_call,
    streams.refusal,
    streams.error_in_stream,
    streams.thinks_first,
    refusals.wrong_key,
    refusals.forbidden,
    refusals.unknown_model,
    refusals.embedding_model,
    refusals.no_credit,
    refusals.key_echoed,
    refusals.object_only,
    refusals.plain_only,
    refusals.ignores_form,
    refusals.other_length,
    leaked_canary,
    obeys_injection,
)

BEHAVIORS: dict[str, Behavior] = {
    **{act.__name__: act for act in _ACTS},
    **{name: saying(content) for name, content in CONTENTS.items()},
    "finish_length": streams.finishing("length"),
    "finish_content_filter": streams.finishing("content_filter"),
    "finish_unknown": streams.finishing("tired"),
    "busy_for_seconds": refusals.busy(429, 1, lambda: "1"),
    "busy_until_date": refusals.busy(429, 1, refusals.soon),
    "busy_for_a_week": refusals.busy(429, 1, lambda: "604800"),
    "busy_for_nonsense": refusals.busy(429, 1, lambda: "when we feel like it"),
    "busy_for_ever": refusals.busy(429, float("inf")),
    "timeout_then_good": refusals.busy(408, 1),
    "conflict_then_good": refusals.busy(409, 1),
    "broken_then_good": refusals.busy(500, 2),
    "broken_for_ever": refusals.busy(500, float("inf")),
    "overloaded_for_ever": refusals.busy(503, float("inf")),
}
