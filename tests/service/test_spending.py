"""A model under a monthly budget: asked while there is money, and not when there is none."""

import asyncio
from decimal import Decimal

import pytest

from assist.domain.endpoint import Budget, ChatSettings, Price
from assist.errors import BudgetSpent, ModelUnreachable
from assist.ports.chat import ChatMessage, ChatReply, ChatRequest, Usage
from assist.service.spending import CappedChat, most, stands
from tests.builders import NOW
from tests.fake_spending import InMemorySpending
from tests.fakes import FrozenClock

REQUEST = ChatRequest(
    role="draft", messages=(ChatMessage(role="user", content="x" * 2_000),), max_tokens=1_000
)


def settings(budget: str | None) -> ChatSettings:
    """A model whose prompt of 1,000 tokens and reply of 1,000 cost 1 and 4."""
    return ChatSettings(
        base_url="http://localhost",
        model="m",
        prices={"m": Price(prompt=1_000, reply=4_000)},
        monthly_budget=None if budget is None else Decimal(budget),
        budget=Budget(tokens=100_000),
    )


class Spent:
    """A suggestion's spending that says what it is told."""

    def __init__(self) -> None:
        self.cost = 0.0

    def seconds_left(self) -> float:
        return 10.0

    def used(self) -> Usage:
        return Usage(cost=self.cost)


class Model:
    """A model whose calls cost 2 each, or fail."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked, self.error = 0, error

    def model_of(self, role: object) -> str:
        return "m"

    def prepare(self) -> None: ...

    def close(self) -> None: ...

    def begin(self) -> Spent:
        return Spent()

    async def ask(self, request: ChatRequest, spending: Spent, on_text: object = None) -> ChatReply:
        self.asked += 1
        if self.error is not None:
            spending.cost += 0.5
            raise self.error
        spending.cost += 2.0
        return ChatReply(text="{}", model="m", ms=1.0, usage=Usage(calls=1, cost=2.0))


def capped(model: Model, budget: str | None, store: InMemorySpending) -> CappedChat:
    return CappedChat(model, store, FrozenClock(NOW), settings(budget))


def test_what_calls_took_is_written_down_and_what_was_set_aside_is_given_back() -> None:
    store, model = InMemorySpending(), Model()
    chat = capped(model, "100", store)
    spending = chat.begin()

    asyncio.run(chat.ask(REQUEST, spending))
    asyncio.run(chat.ask(REQUEST, spending))

    assert (store.spent(NOW).spent, store.spent(NOW).held) == (Decimal(4), Decimal(0))


def test_at_the_end_of_the_money_the_model_is_not_asked_and_it_says_why() -> None:
    store, model = InMemorySpending(), Model()
    chat = capped(model, "17", store)
    spending = chat.begin()
    assert most(REQUEST, settings("17")) > Decimal(15)
    asyncio.run(chat.ask(REQUEST, spending))

    with pytest.raises(BudgetSpent, match=r"2\.00 of the month's 17\.00 are spent"):
        asyncio.run(chat.ask(REQUEST, spending))

    assert model.asked == 1


def test_a_call_that_fails_costs_what_it_took() -> None:
    store = InMemorySpending()
    chat = capped(Model(ModelUnreachable("gone")), "100", store)

    with pytest.raises(ModelUnreachable):
        asyncio.run(chat.ask(REQUEST, chat.begin()))

    assert (store.spent(NOW).spent, store.spent(NOW).held) == (Decimal("0.5"), Decimal(0))


def test_calls_side_by_side_are_each_paid_once() -> None:
    store, model = InMemorySpending(), Model()
    chat = capped(model, "1000", store)

    async def both() -> None:
        spending = chat.begin()
        await asyncio.gather(*(chat.ask(REQUEST, spending) for _ in range(5)))

    asyncio.run(both())

    assert store.spent(NOW).spent == Decimal(10)


def test_without_a_budget_nothing_is_counted() -> None:
    store = InMemorySpending()
    chat = capped(Model(), None, store)

    asyncio.run(chat.ask(REQUEST, chat.begin()))

    assert store.spent(NOW).spent == 0
    assert stands(store, FrozenClock(NOW), settings(None)) is None


def test_how_a_month_stands_says_what_is_left() -> None:
    store = InMemorySpending()
    hold = store.hold(Decimal(4), Decimal(10), NOW)
    assert hold is not None
    store.settle(hold, Decimal(4))

    found = stands(store, FrozenClock(NOW), settings("10"))

    assert found is not None
    assert (found.budget, found.left) == (Decimal(10), Decimal(6))
