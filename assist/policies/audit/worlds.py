"""Can these rules hold while those fail? A search over the values that stand for all.

One fact is given a value at a time, and a way is left as soon as the three-valued truth of a
rule is settled against it. The search is complete where conditions compare facts with constants
or with one another; where it is not, or takes too long, it says that it does not know.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from pydantic import JsonValue

from assist.domain.facts import FactDeclaration
from assist.policies.audit.compared import Compared, compared_in, loose_facts, mixed_counts
from assist.policies.audit.representatives import Values, representatives
from assist.policies.condition_tree import Facts, Truth

MAX_STEPS = 5000
"""Facts tried in one search: some seconds. The longest of Fennwick's 736 searches takes 1,257 and
the next 142 (measured 2026-11-22)."""
_WEEK = 7


class Weighed(Protocol):
    """Something that holds, fails or is unknown, and the conditions it consists of."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The conditions that must all hold."""
        ...

    def weigh(self, facts: Facts, on: date) -> Truth:
        """Its truth for these facts on that day."""
        ...


class World(NamedTuple):
    """Facts that answer the question, or none; `certain`: that there are none is proven."""

    facts: dict[str, JsonValue] | None
    certain: bool


class Sought(NamedTuple):
    """What must hold, and what must fail."""

    holding: tuple[Weighed, ...]
    failing: tuple[Weighed, ...] = ()


class _TooLong(Exception):
    """The search has taken more steps than it may."""


def world(sought: Sought, declarations: Mapping[str, FactDeclaration], on: date) -> World:
    """A world for the question on that day, or on one of the week that follows it.

    The day of the week matters only where one date is counted in days and in business days.
    """
    texts = [text for rule in (*sought.holding, *sought.failing) for text in rule.texts]
    comparisons = [one for text in texts for one in compared_in(text)]
    days = _WEEK if mixed_counts(comparisons) else 1
    worlds = [
        _on_one_day(sought, comparisons, declarations, on + timedelta(n)) for n in range(days)
    ]
    facts = next((found.facts for found in worlds if found.facts is not None), None)
    return World(facts, certain=facts is None and all(found.certain for found in worlds))


def _on_one_day(
    sought: Sought,
    comparisons: Sequence[Compared],
    declarations: Mapping[str, FactDeclaration],
    on: date,
) -> World:
    values = representatives(comparisons, declarations, on)
    try:
        search = _Search(sought, values, on)
        facts = search.complete({})
        if facts is not None or search.stuck:
            return World(facts, certain=False)
        return World(None, certain=_proven(sought, comparisons, values, on))
    except _TooLong:
        return World(None, certain=False)


def _proven(
    sought: Sought, comparisons: Sequence[Compared], values: Mapping[str, Values], on: date
) -> bool:
    """Whether it also fails with the facts left open whose values cannot stand for all."""
    loose = loose_facts(comparisons)
    if not loose:
        return True
    rest = {path: given for path, given in values.items() if path not in loose}
    search = _Search(sought, rest, on)
    return search.complete({}) is None and not search.stuck


class _Search:
    """One search: its question, the values to try, and how far it has come."""

    def __init__(self, sought: Sought, values: Mapping[str, Values], on: date) -> None:
        self._aims = [(rule, True) for rule in sought.holding]
        self._aims += [(rule, False) for rule in sought.failing]
        self._values, self._on = values, on
        self._steps = 0
        self.stuck = False
        """Whether a way ended open: its facts have values, and its truth is still unknown."""

    def complete(self, facts: dict[str, JsonValue]) -> dict[str, JsonValue] | None:
        """These facts with others that settle every rule as it is sought; else none."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise _TooLong
        open_ = self._open(facts)
        if open_ is None:
            return None
        if not open_:
            return facts
        path = self._next(open_, facts)
        if path is None:
            self.stuck = True
            return None
        for value in self._values[path]:
            found = self.complete({**facts, path: value})
            if found is not None:
                return found
        return None

    def _open(self, facts: dict[str, JsonValue]) -> list[Truth] | None:
        """What is not settled yet; none where something is settled against what is sought."""
        open_: list[Truth] = []
        for rule, wanted in self._aims:
            truth = rule.weigh(facts, self._on)
            if truth.value is None:
                open_.append(truth)
            elif truth.value is not wanted:
                return None
        return open_

    def _next(self, open_: Sequence[Truth], facts: Facts) -> str | None:
        """A fact of the rule that the fewest facts keep open."""
        ways = [
            [path for path in truth.missing if path not in facts and path in self._values]
            for truth in open_
        ]
        fewest = min((paths for paths in ways if paths), key=len, default=[])
        return fewest[0] if fewest else None
