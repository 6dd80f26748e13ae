"""Waiting, giving up, budgets, crowds and readers who leave."""

import asyncio
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from assist.domain.endpoint import Budget, Price, Rest, Retries, Timeouts
from assist.errors import BadInput, BudgetSpent, ModelBusy, ModelTimedOut, ModelUnreachable
from assist.ports.chat import Usage
from tests.adapters.chat.asking import REPLY, a_chat, a_request, ask, served, settings_for

PATIENT = Timeouts(first_token_seconds=30.0)


def wait_until(true: Callable[[], object], seconds: float = 3.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not true():
        time.sleep(0.01)


def test_an_endpoint_that_asks_for_a_second_is_given_it() -> None:
    with served("busy_for_seconds") as (chat, _):
        assert 1_000 <= ask(chat).ms < 4_000


def test_one_that_asks_for_more_than_the_budget_has_is_not_waited_for() -> None:
    with (
        served("busy_for_seconds", budget=Budget(seconds=0.9)) as (chat, server),
        pytest.raises(ModelBusy, match="asks to wait 1 s"),
    ):
        ask(chat)

    assert len(server.requests) == 1


def test_no_retries_means_one_request() -> None:
    with served("broken_then_good", retries=Retries(most=0)) as (chat, server):
        with pytest.raises(ModelBusy):
            ask(chat)

        assert len(server.requests) == 1


def test_what_a_reader_has_heard_is_never_taken_back_by_another_try() -> None:
    heard: list[str] = []

    with served("error_in_stream") as (chat, server):
        with pytest.raises(ModelBusy):
            ask(chat, on_text=heard.append)

        assert len(server.requests) == 1
        assert REPLY.startswith("".join(heard))
        assert heard


def test_pieces_are_heard_in_order_by_the_thread_that_asked() -> None:
    heard: list[tuple[str, int]] = []

    with served("good") as (chat, _):
        ask(chat, on_text=lambda piece: heard.append((piece, threading.get_ident())))

    assert "".join(piece for piece, _ in heard) == REPLY
    assert {thread for _, thread in heard} == {threading.get_ident()}


def test_after_failures_in_a_row_the_endpoint_is_left_alone_and_then_tried_once() -> None:
    rest = Rest(after_failures=2, seconds=0.3)

    with served("broken_for_ever", rest=rest, retries=Retries(most=0)) as (chat, server):
        for _ in range(2):
            with pytest.raises(ModelBusy, match="answers 500"):
                ask(chat)
        with pytest.raises(
            ModelBusy, match=r"2 calls failed in a row; the next is tried in 0\.\d s"
        ):
            ask(chat)
        assert len(server.requests) == 2
        server.behavior = "good"
        time.sleep(0.35)
        assert ask(chat).text == REPLY
        assert ask(chat).text == REPLY


def test_a_silent_endpoint_counts_as_failed_though_the_budget_ends_first() -> None:
    changes = {"rest": Rest(after_failures=1), "timeouts": PATIENT, "budget": Budget(seconds=0.3)}

    with served("no_headers", **changes) as (chat, _):
        with pytest.raises(BudgetSpent, match=r"the 0\.3 s of one suggestion are over"):
            ask(chat)
        with pytest.raises(ModelBusy, match="1 calls failed in a row"):
            ask(chat)


def test_a_crowd_is_let_in_a_few_at_a_time_and_all_are_answered() -> None:
    with served("thinks_first", concurrency=2) as (chat, server):
        with ThreadPoolExecutor(6) as crowd:
            replies = list(crowd.map(lambda _: ask(chat).text, range(6)))

        assert replies == [REPLY] * 6
        assert server.most_at_once == 2


def test_waiting_for_a_place_takes_from_the_budget() -> None:
    changes = {"concurrency": 1, "timeouts": PATIENT, "budget": Budget(seconds=0.5)}

    with served("no_headers", **changes) as (chat, server):
        with ThreadPoolExecutor(2) as crowd:
            calls = [crowd.submit(ask, chat) for _ in range(2)]
            failures = [call.exception() for call in calls]

        assert [type(failure) for failure in failures] == [BudgetSpent, BudgetSpent]
        assert len(server.requests) == 1


@pytest.mark.parametrize("behavior", ["no_headers", "stall_in_stream", "slow_drip"])
def test_a_reader_who_leaves_ends_the_request_at_the_server(behavior: str) -> None:
    changes = {"timeouts": PATIENT, "rest": Rest(after_failures=1)}

    with served(behavior, **changes) as (chat, server):

        async def leave() -> None:
            call = asyncio.create_task(chat.ask(a_request(), chat.begin()))
            while not server.requests:  # noqa: ASYNC110 - the server is another thread's
                await asyncio.sleep(0.01)
            call.cancel()
            await call

        with pytest.raises(asyncio.CancelledError):
            asyncio.run(leave())
        wait_until(lambda: server.left)
        assert server.left == 1
        server.behavior = "good"
        assert ask(chat).text == REPLY


def test_a_listener_that_fails_ends_the_request_and_its_error_is_seen() -> None:
    def fail(piece: str) -> None:
        raise LookupError(piece)

    with served("slow_drip") as (chat, server):
        with pytest.raises(LookupError):
            ask(chat, on_text=fail)
        wait_until(lambda: server.left)
        assert server.left == 1


def test_closing_ends_calls_and_refuses_new_ones() -> None:
    with served("no_headers", timeouts=PATIENT) as (chat, server), ThreadPoolExecutor(1) as other:
        call = other.submit(ask, chat)
        wait_until(lambda: server.requests)
        chat.close()

        assert isinstance(call.exception(), ModelUnreachable)
        with pytest.raises(ModelUnreachable, match="being closed"):
            ask(chat)


def test_tokens_and_money_are_counted_over_all_calls_of_a_suggestion() -> None:
    prices = {"scripted": Price(prompt=10.0, reply=100.0)}

    with served("good", prices=prices) as (chat, _):
        spending = chat.begin()
        for _ in range(2):
            reply = asyncio.run(chat.ask(a_request(), spending))

    assert reply.usage == Usage(calls=1, prompt_tokens=120, reply_tokens=34, cost=0.0046)
    assert spending.used() == Usage(calls=2, prompt_tokens=240, reply_tokens=68, cost=0.0092)


def test_tokens_that_were_not_counted_are_estimated_and_said_to_be() -> None:
    with served("usage_missing") as (chat, _):
        usage = ask(chat).usage

    assert usage.estimated
    assert usage.reply_tokens == -(-len(REPLY) // 4)
    assert usage.prompt_tokens > 10


def test_a_reply_may_be_no_longer_than_the_tokens_left() -> None:
    with served("good", budget=Budget(tokens=300)) as (chat, server):
        spending = chat.begin()
        asyncio.run(chat.ask(a_request(max_tokens=200), spending))
        asyncio.run(chat.ask(a_request(max_tokens=200), spending))
        lengths = [json.loads(body)["max_tokens"] for body in server.requests]

        assert lengths[0] == 200
        assert 0 < lengths[1] < 150


def test_a_suggestion_without_tokens_left_sends_no_request() -> None:
    with served("good", budget=Budget(tokens=20)) as (chat, server):
        with pytest.raises(BudgetSpent, match="too little is left for another call"):
            ask(chat)

        assert server.requests == []


def test_a_reply_may_cost_no_more_than_the_money_left() -> None:
    prices = {"scripted": Price(prompt=0.0, reply=1_000.0)}
    budget = Budget(cost=0.05)

    with served("good", prices=prices, budget=budget) as (chat, server):
        spending = chat.begin()
        for _ in range(2):
            asyncio.run(chat.ask(a_request(), spending))
        with pytest.raises(BudgetSpent, match=r"308 tokens and 0\.068 of money are used"):
            asyncio.run(chat.ask(a_request(), spending))
        lengths = [json.loads(body)["max_tokens"] for body in server.requests]

    assert lengths == [50, 16]


def test_a_budget_of_another_model_is_refused() -> None:
    class Endless:
        def seconds_left(self) -> float:
            return 1e9

        def used(self) -> Usage:
            return Usage()

    with (
        a_chat(settings_for("http://127.0.0.1:9/v1")) as chat,
        pytest.raises(BadInput, match="not a budget of this model"),
    ):
        asyncio.run(chat.ask(a_request(), Endless()))


def test_thinking_aloud_is_progress_and_silence_is_not() -> None:
    pause = Timeouts(first_token_seconds=5.0, between_tokens_seconds=0.3)

    with served("thinks_first", timeouts=pause) as (chat, server):
        assert ask(chat).text == REPLY
        server.behavior = "stall_in_stream"
        with pytest.raises(ModelTimedOut, match=r"stood still for 0\.3 s"):
            ask(chat)
