"""A language model under a monthly budget: at its end nobody asks it any more, and says why."""

import asyncio
import json
import threading
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assist.domain.endpoint import ChatSettings, ModelRole, Price
from assist.domain.spending import MonthSpent
from assist.errors import BudgetSpent
from assist.ports import Chat, Clock, SpendingStore
from assist.ports.chat import ChatReply, ChatRequest, Spending

BYTES_PER_TOKEN = 2
"""For what is set aside before a call, on the safe side: prose has four."""
MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class CappedChat:
    """A `Chat` whose calls are paid from one monthly budget, that of all processes together.

    Before each call what it can take at most is set aside, retries included; afterwards what it
    did take is written down. So two calls cannot spend the same money, and a budget is not
    overdrawn by calls that run side by side.
    """

    chat: Chat
    store: SpendingStore
    clock: Clock
    settings: ChatSettings
    _charged: "weakref.WeakKeyDictionary[Spending, Decimal]" = field(
        default_factory=weakref.WeakKeyDictionary
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def model_of(self, role: ModelRole) -> str:
        """See `Chat`."""
        return self.chat.model_of(role)

    def prepare(self) -> None:
        """See `Chat`."""
        self.chat.prepare()

    def close(self) -> None:
        """See `Chat`."""
        self.chat.close()

    def begin(self) -> Spending:
        """See `Chat`."""
        return self.chat.begin()

    async def ask(
        self,
        request: ChatRequest,
        spending: Spending,
        on_text: Callable[[str], None] | None = None,
    ) -> ChatReply:
        """See `Chat`. Raises `BudgetSpent` where the month's money does not suffice."""
        budget = self.settings.monthly_budget
        if budget is None:
            return await self.chat.ask(request, spending, on_text)
        amount = most(request, self.settings)
        hold = await asyncio.to_thread(self.store.hold, amount, budget, self.clock.now())
        if hold is None:
            raise self._spent(budget)
        try:
            return await self.chat.ask(request, spending, on_text)
        finally:
            # Shielded: whoever hangs up does not make the call free.
            settling = asyncio.to_thread(self.store.settle, hold, self._taken(spending))
            await asyncio.shield(settling)

    def _taken(self, spending: Spending) -> Decimal:
        """What this suggestion has taken since it was charged last, by all its calls."""
        with self._lock:
            used = Decimal(str(spending.used().cost or 0))
            before = self._charged.get(spending, Decimal(0))
            self._charged[spending] = used
        return max(Decimal(0), used - before)

    def _spent(self, budget: Decimal) -> BudgetSpent:
        spent = self.store.spent(self.clock.now())
        return BudgetSpent(
            f"{spent.spent:.2f} of the month's {budget:.2f} are spent, "
            f"and too little is left for another call",
            where="ASSIST_LLM__MONTHLY_BUDGET",
            cure="raise it, or wait for the next month",
        )


def most(request: ChatRequest, settings: ChatSettings) -> Decimal:
    """What a call can cost at most, with every retry."""
    said = sum(len(message.content.encode("utf-8", "replace")) for message in request.messages)
    said += len(json.dumps(request.reply_schema or {}))
    price = _price(settings.prices, settings.model_of(request.role))
    once = Decimal(said) / BYTES_PER_TOKEN * Decimal(str(price.prompt))
    once += request.max_tokens * Decimal(str(price.reply))
    return once / MILLION * (settings.retries.most + 1)


def stands(store: SpendingStore, clock: Clock, settings: ChatSettings) -> MonthSpent | None:
    """How this month stands; none where no budget is set."""
    if settings.monthly_budget is None:
        return None
    found = store.spent(clock.now())
    return found.model_copy(update={"budget": settings.monthly_budget})


def _price(prices: Mapping[str, Price], model: str) -> Price:
    """A model without a price is refused when the settings are read."""
    return prices.get(model) or Price(prompt=0, reply=0)
