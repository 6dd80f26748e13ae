"""JSON in what a model says, schemas in what it is asked, and the reply as a type."""

import json
import threading
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from assist.adapters.chat.budget import Ledger, estimated_tokens
from assist.adapters.chat.dialect import Dialect
from assist.adapters.chat.json_text import object_in, plain
from assist.adapters.chat.schema import strict
from assist.domain.endpoint import Budget, Price
from assist.errors import BudgetSpent, ModelGarbled
from assist.ports.chat import ChatReply, Usage, parsed

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
OBJECTS = st.dictionaries(
    TEXT,
    st.recursive(st.none() | st.booleans() | st.integers() | TEXT, st.lists, max_leaves=3),
    min_size=1,
    max_size=3,
)
TALK = st.text(st.characters(codec="utf-8", exclude_characters="{\0"), max_size=40)


@given(OBJECTS, TALK, TALK)
def test_an_object_is_found_whatever_stands_around_it(
    found: dict[str, Any], before: str, after: str
) -> None:
    written = json.dumps(found)

    assert object_in(f"{before}{written}{after}") == written


@given(st.text(max_size=200))
def test_what_is_found_is_always_a_json_object(said: str) -> None:
    try:
        found = object_in(said)
    except ModelGarbled:
        return
    assert found is None or isinstance(json.loads(found), dict)


@pytest.mark.parametrize("hostile", ["{", '{"a":', '{"a":[', "[{", "</think>{", "```json\n{"])
def test_a_megabyte_of_openings_is_read_in_no_time(hostile: str) -> None:
    text = hostile * (1_000_000 // len(hostile))
    started = time.process_time()

    assert object_in(text) is None
    assert time.process_time() - started < 60  # in quadratic time it takes many minutes


@pytest.mark.parametrize("bad", ['{"a": "\\u0000"}', '{"a": "\\ud800"}'])
def test_characters_that_nothing_can_hold_are_no_reply(bad: str) -> None:
    with pytest.raises(ModelGarbled, match="characters that are no text"):
        object_in(bad)


def test_plain_text_comes_without_thoughts_and_margins() -> None:
    assert plain("<think>hm</think>\n Hello.\n") == "Hello."
    with pytest.raises(ModelGarbled):
        plain("a\0b")


class Line(BaseModel):
    text: str = Field(min_length=1, description="One sentence.")
    cites: tuple[str, ...] = ()


class Letter(BaseModel):
    title: str = Field(default="", max_length=80)
    lines: list[Line]
    best: Line | None = None


def test_a_strict_schema_requires_all_it_names_and_allows_no_more() -> None:
    schema = strict(Letter.model_json_schema())

    line = {
        "type": "object",
        "properties": {
            "text": {"type": "string", "description": "One sentence."},
            "cites": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["text", "cites"],
        "additionalProperties": False,
    }
    assert schema == {
        "$defs": {"Line": line},
        "type": "object",
        "properties": {
            "title": {"type": "string"},
            "lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}},
            "best": {"anyOf": [{"$ref": "#/$defs/Line"}, {"type": "null"}]},
        },
        "required": ["title", "lines", "best"],
        "additionalProperties": False,
    }


def test_a_reply_that_does_not_fit_names_the_field() -> None:
    reply = ChatReply(text='{"lines": [{"text": ""}]}', model="m", ms=1.0, usage=Usage())

    with pytest.raises(ModelGarbled) as raised:
        parsed(reply, Letter)

    assert raised.value.where == "lines.0.text"
    assert raised.value.cure


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"lines": null}'])
def test_what_is_not_of_the_type_is_garbled(text: str) -> None:
    with pytest.raises(ModelGarbled):
        parsed(ChatReply(text=text, model="m", ms=1.0, usage=Usage()), Letter)


@given(st.lists(st.sampled_from([
    "response_format is not supported", "unknown field stream_options", "temperature must be 1",
    "use max_completion_tokens", "json_schema: invalid", "bad request", "",
]), max_size=30))  # fmt: skip
def test_refusals_end_in_a_dialect_that_asks_for_nothing_more(refusals: list[str]) -> None:
    dialect, steps = Dialect(), 0
    for words in refusals:
        if other := dialect.after(words):
            assert other != dialect
            dialect, steps = other, steps + 1

    assert steps <= 5


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 400), st.floats(0, 1)), max_size=20),
    st.integers(1, 2_000),
    st.floats(0.0, 0.01),
)
def test_what_is_held_and_spent_never_exceeds_the_budget(
    calls: list[tuple[int, int, float]], tokens: int, cost: float
) -> None:
    prices = {"m": Price(prompt=3.0, reply=7.0)}
    ledger = Ledger(Budget(tokens=tokens, cost=cost), prices, now=lambda: 0.0)
    for prompt, reply, share in calls:
        try:
            held = ledger.hold("m", prompt, reply)
        except BudgetSpent:
            continue
        assert 1 <= held.reply_tokens <= reply
        taken = int(held.reply_tokens * share)
        ledger.settle(held, Usage(calls=1, prompt_tokens=prompt, reply_tokens=taken))
    used = ledger.used()

    assert used.prompt_tokens + used.reply_tokens <= tokens
    assert (used.cost or 0.0) <= cost + 1e-9


def test_calls_side_by_side_cannot_take_the_same_tokens() -> None:
    ledger = Ledger(Budget(tokens=1_000), {}, now=lambda: 0.0)
    granted: list[int] = []
    ready = threading.Barrier(8)

    def take() -> None:
        ready.wait()
        try:
            granted.append(sum(ledger.hold("m", 100, 200)[1:]))
        except BudgetSpent:
            granted.append(0)

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(granted) == [0, 0, 0, 0, 0, 300, 300, 300]


@given(st.text())
def test_a_text_has_as_many_tokens_as_a_quarter_of_its_bytes(text: str) -> None:
    size = len(text.encode("utf-8", "replace"))

    assert 4 * estimated_tokens(text) - 4 < size <= 4 * estimated_tokens(text)
