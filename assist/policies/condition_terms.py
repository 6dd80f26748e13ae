"""What a condition reads of the facts: a fact itself, or the days since a date."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, NamedTuple

from pydantic import JsonValue

from assist.domain.facts import FactType
from assist.policies.values import Value, in_words, read_value

Reading = Literal["value", "days_since", "business_days_since"]


class Term(NamedTuple):
    """One thing read: the fact's path, its declared type, and how it is read."""

    path: str
    type: FactType
    choices: tuple[str, ...] = ()
    reading: Reading = "value"

    def read(self, facts: Mapping[str, JsonValue], on: date) -> Value | None:
        """The value on that day; none where the fact is missing or not of its declared type."""
        value = read_value(self.type, facts.get(self.path), self.choices)
        if self.reading == "value" or not isinstance(value, date):
            return value
        return DAY_COUNTS[self.reading](value, on)

    def shown(self, facts: Mapping[str, JsonValue], on: date) -> str:
        """The reading in words, for the arithmetic of a verdict and for a proof."""
        raw, value = facts.get(self.path), self.read(facts, on)
        if raw is None:
            return f"{self.path} is not known"
        if value is None:
            return f"{self.path} cannot be {in_words(raw)}"
        if self.reading == "value":
            return f"{self.path} is {in_words(value)}"
        kind = "business days" if self.reading == "business_days_since" else "days"
        return f"{self.path} is {raw}: {value} {kind} before {on.isoformat()}"


def days_between(start: date, end: date) -> int:
    """Calendar days from `start` to `end`; negative where `end` is earlier."""
    return (end - start).days


def business_days_between(start: date, end: date) -> int:
    """Days from Monday to Friday after `start`, up to and with `end`; negative backwards."""
    return _weekdays_up_to(end) - _weekdays_up_to(start)


def _weekdays_up_to(day: date) -> int:
    weeks, rest = divmod(day.toordinal(), 7)  # day 1 of the calendar is a Monday
    return weeks * 5 + min(rest, 5)


DAY_COUNTS: Mapping[str, Callable[[date, date], int]] = {
    "days_since": days_between,
    "business_days_since": business_days_between,
}
"""The functions of conditions, by name: whole days from the date up to the date of the case."""
