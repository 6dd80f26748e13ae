"""What one suggestion may spend on models: time, tokens and money, over all its calls."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from assist.domain.endpoint import Budget, Price
from assist.errors import BudgetSpent
from assist.ports.chat import Usage

BYTES_PER_TOKEN = 4
"""What tokenizers of English prose come to; more for tables and names, which costs accuracy only:
the endpoint's own count replaces the estimate as soon as it comes."""


class Held(NamedTuple):
    """Tokens set aside for one request, until what it took is known."""

    model: str
    prompt_tokens: int
    reply_tokens: int


def estimated_tokens(text: str) -> int:
    """About how many tokens a text has, rounded up."""
    return -(-len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN)


class Ledger:
    """`ports.chat.Spending`. Calls made side by side cannot take the same tokens twice."""

    def __init__(
        self,
        budget: Budget,
        prices: Mapping[str, Price],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._budget, self._prices, self._now = budget, prices, now
        self._end = now() + budget.seconds
        self._used = Usage()
        self._held: list[Held] = []
        self._lock = threading.Lock()

    def seconds_left(self) -> float:
        """Wall-clock time left, 0 where none is."""
        return max(0.0, self._end - self._now())

    def used(self) -> Usage:
        """What was spent so far, by calls that have ended."""
        with self._lock:
            return self._used

    def hold(self, model: str, prompt_tokens: int, reply_tokens: int) -> Held:
        """Set tokens aside: fewer for the reply where no more are left. Raises `BudgetSpent`."""
        with self._lock:
            granted = min(
                reply_tokens,
                self._tokens_left() - prompt_tokens,
                self._affordable(model, prompt_tokens, reply_tokens),
            )
            if not self.seconds_left():
                raise self.out_of_time()
            if granted < 1:
                raise self._spent()
            held = Held(model, prompt_tokens, granted)
            self._held.append(held)
            return held

    def settle(self, held: Held, took: Usage) -> Usage:
        """Give back what was held and write down what was taken; returned with its cost."""
        cost = self._cost(held.model, took.prompt_tokens, took.reply_tokens)
        priced = took.model_copy(update={"cost": cost})
        with self._lock:
            self._held.remove(held)
            self._used = total(self._used, priced)
        return priced

    def out_of_time(self) -> BudgetSpent:
        """The failure of a call that the budget's time did not suffice for."""
        return BudgetSpent(
            f"the {self._budget.seconds:g} s of one suggestion are over",
            where="ASSIST_LLM__BUDGET__SECONDS",
            cure="raise it, or use a faster model",
        )

    def _tokens_left(self) -> int:
        taken = self._used.prompt_tokens + self._used.reply_tokens
        held = sum(one.prompt_tokens + one.reply_tokens for one in self._held)
        return self._budget.tokens - taken - held

    def _affordable(self, model: str, prompt_tokens: int, reply_tokens: int) -> int:
        """The tokens of a reply that the money left pays for, up to those wanted."""
        price = self._prices.get(model)
        if self._budget.cost is None or price is None:
            return reply_tokens
        held = sum(self._cost(*one) or 0.0 for one in self._held)
        left = self._budget.cost - (self._used.cost or 0.0) - held
        left -= prompt_tokens * price.prompt / 1e6
        if left < 0 or not price.reply:
            return reply_tokens if left >= 0 else 0
        return min(reply_tokens, int(left / price.reply * 1e6))

    def _cost(self, model: str, prompt_tokens: int, reply_tokens: int) -> float | None:
        if (price := self._prices.get(model)) is None:
            return None
        return (prompt_tokens * price.prompt + reply_tokens * price.reply) / 1e6

    def _spent(self) -> BudgetSpent:
        used = self._used
        money = f" and {used.cost:.4g} of money" if used.cost is not None else ""
        return BudgetSpent(
            f"{used.prompt_tokens + used.reply_tokens} tokens{money} are used; "
            "too little is left for another call",
            where="ASSIST_LLM__BUDGET",
            cure="raise the budget of a suggestion, or use a faster or cheaper model",
        )


def total(first: Usage, second: Usage) -> Usage:
    """What two lots of calls took together; the cost of what has no price is not known."""
    costs = [one.cost for one in (first, second) if one.cost is not None]
    return Usage(
        calls=first.calls + second.calls,
        prompt_tokens=first.prompt_tokens + second.prompt_tokens,
        reply_tokens=first.reply_tokens + second.reply_tokens,
        cost=sum(costs) if costs else None,
        estimated=first.estimated or second.estimated,
    )
