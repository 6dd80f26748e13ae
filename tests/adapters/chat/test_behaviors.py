"""Everything the scripted server can do ends in a whole reply or in one typed error, in time."""

import time
from typing import Any

import pytest

from assist.domain.endpoint import Timeouts
from assist.errors import (
    ModelBusy,
    ModelFailure,
    ModelGarbled,
    ModelRefused,
    ModelTimedOut,
    ModelUnreachable,
)
from assist.ports.chat import parsed
from evals.scripted_llm.behaviors import BEHAVIORS
from evals.scripted_llm.contents import CONTENTS
from tests.adapters.chat.asking import ANSWER, KEY, Answer, ask, served

GOOD = {
    "good": 1,
    "left_open": 1,
    "usage_missing": 1,
    "usage_refused": 2,
    "null_everywhere": 1,
    "unknown_fields": 1,
    "thinks_first": 1,
    "reset_then_good": 2,
    "object_only": 2,
    "plain_only": 3,
    "ignores_form": 2,
    "other_length": 3,
    "busy_for_seconds": 2,
    "busy_until_date": 2,
    "busy_for_nonsense": 2,
    "timeout_then_good": 2,
    "conflict_then_good": 2,
    "broken_then_good": 3,
    "fenced": 1,
    "talkative": 1,
    "thinking": 1,
}
"""Behaviors that end in the good reply, and after how many requests."""

BAD: dict[str, tuple[type[ModelFailure], str]] = {
    "slow_first_token": (ModelTimedOut, "no reply began within 0.6 s"),
    "no_headers": (ModelTimedOut, "no reply began within 0.6 s"),
    "kept_alive": (ModelTimedOut, "no reply began within 0.6 s"),
    "stall_in_stream": (ModelTimedOut, "the reply stood still for 0.3 s"),
    "slow_drip": (ModelTimedOut, "the reply was not done after 0.8 s"),
    "cut_stream": (ModelGarbled, "the reply broke off after 72 characters"),
    "no_finish": (ModelGarbled, "the reply broke off after"),
    "reset_before": (ModelUnreachable, "no answer"),
    "reset_during": (ModelGarbled, "the connection broke after 72 characters"),
    "error_in_stream": (ModelBusy, "failed while it replied: CUDA out of memory"),
    "ten_megabytes": (ModelGarbled, "larger than 4000000 bytes"),
    "huge_event": (ModelGarbled, "one event of the reply is far larger"),
    "many_lines": (ModelGarbled, "one event of the reply is far larger"),
    "compressed_bomb": (ModelGarbled, "compressed, which was not asked for"),
    "html_page": (ModelGarbled, "answers 'text/html' instead of a stream"),
    "no_content_type": (ModelGarbled, "instead of a stream"),
    "whole_json": (ModelGarbled, "answers 'application/json' instead of a stream"),
    "redirect": (ModelRefused, "sends us elsewhere (307)"),
    "empty_reply": (ModelGarbled, "the reply is empty"),
    "blank_reply": (ModelGarbled, "the reply is empty"),
    "empty_stream": (ModelGarbled, "broke off after 0 characters"),
    "finish_length": (ModelGarbled, "reached the limit on its length"),
    "finish_content_filter": (ModelGarbled, "content filter"),
    "finish_unknown": (ModelGarbled, "a reason we do not know ('tired')"),
    "duplicate_chunks": (ModelGarbled, "not a JSON object"),
    "usage_absurd": (ModelGarbled, "breaks the protocol (ValidationError)"),
    "invalid_utf8": (ModelGarbled, "breaks the protocol (UnicodeDecodeError)"),
    "invalid_event": (ModelGarbled, "breaks the protocol (JSONDecodeError)"),
    "event_of_wrong_type": (ModelGarbled, "breaks the protocol (ValidationError)"),
    "deep_event": (ModelGarbled, "breaks the protocol (RecursionError)"),
    "lone_surrogate": (ModelGarbled, ""),
    "nul_characters": (ModelGarbled, "characters that are no text"),
    "tool_call": (ModelGarbled, "calls a tool"),
    "refusal": (ModelGarbled, "declined to answer"),
    "wrong_key": (ModelRefused, "refuses the key (401)"),
    "forbidden": (ModelRefused, "refuses the key (403)"),
    "unknown_model": (ModelRefused, "does not exist (name a model that the endpoint has"),
    "embedding_model": (ModelRefused, "name a chat model; this one may be for embeddings"),
    "no_credit": (ModelRefused, "no credit left"),
    "key_echoed": (ModelRefused, "Bearer (key) xxx"),
    "busy_for_a_week": (ModelBusy, "answers 429, and asks to wait 604800 s"),
    "busy_for_ever": (ModelBusy, "answers 429: Please try again later"),
    "broken_for_ever": (ModelBusy, "answers 500"),
    "overloaded_for_ever": (ModelBusy, "answers 503"),
    "cut_json": (ModelGarbled, "not a JSON object"),
    "prose": (ModelGarbled, "not a JSON object"),
}
TIMES = {"broken_for_ever": 3, "reset_before": 3, "busy_for_a_week": 1, "wrong_key": 1, "prose": 2}
"""Requests: each failure that may pass is tried twice again, one that may not is not."""

CONTENT = {*CONTENTS, "leaked_canary", "obeys_injection"} - {*GOOD, *BAD}
"""Whole replies of the right form; whether what they say is true is for the reader to find out."""


@pytest.mark.parametrize("behavior", GOOD)
def test_what_can_be_mended_ends_in_the_reply(behavior: str) -> None:
    with served(behavior, timeouts=Timeouts(between_tokens_seconds=0.6)) as (chat, server):
        reply = ask(chat)

        assert parsed(reply, Answer).answer == ANSWER
        assert len(server.requests) == GOOD[behavior] == reply.usage.calls


@pytest.mark.parametrize("behavior", BAD)
def test_what_cannot_be_mended_is_one_error_with_its_reason_and_cure(behavior: str) -> None:
    kind, words = BAD[behavior]

    with served(behavior, **_patience(kind)) as (chat, server):
        chat.prepare()
        started = time.monotonic()
        with pytest.raises(ModelFailure) as raised:
            ask(chat)
        took = time.monotonic() - started

        assert type(raised.value) is kind
        assert words in str(raised.value)
        assert raised.value.where
        assert raised.value.cure
        assert KEY not in repr(raised.getrepr())
        assert took < 4.0
        assert len(server.requests) == TIMES.get(behavior, len(server.requests))


def _patience(kind: type[ModelFailure]) -> dict[str, Any]:
    """What is no matter of time is not timed: a busy machine may take long over a megabyte."""
    if kind is ModelTimedOut:
        return {}
    return {
        "timeouts": Timeouts(
            connect_seconds=3.0,
            first_token_seconds=3.0,
            between_tokens_seconds=3.0,
            total_seconds=3.5,
        )
    }


@pytest.mark.parametrize("behavior", sorted(CONTENT))
def test_a_lie_of_the_right_form_is_handed_on_as_it_is(behavior: str) -> None:
    with served(behavior) as (chat, _):
        assert ask(chat).text.startswith("{")


def test_every_behavior_of_the_server_is_tried() -> None:
    assert {*GOOD, *BAD, *CONTENT} == set(BEHAVIORS)
