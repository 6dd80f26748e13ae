"""The tree of a condition and its truth: true, false, or unknown for want of facts.

Three-valued after Kleene: what is already decided stays decided whatever is missing, so
`unknown || true` is true and `unknown && false` is false, in either order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from celpy import celtypes
from celpy.evaluation import CELEvalError
from pydantic import JsonValue

from assist.policies.condition_terms import Term
from assist.policies.values import Value

Facts = Mapping[str, JsonValue]


class Truth(NamedTuple):
    """True, false or unknown (`value` none).

    While unknown, `missing` are the facts that could decide it, and `problems` say what could not
    be computed.
    """

    value: bool | None
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class Node(Protocol):
    """A part of a condition."""

    def weigh(self, facts: Facts, on: date) -> Truth:
        """Its truth for these facts on that day."""
        ...

    def terms(self) -> Iterator[Term]:
        """What it reads, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Leaf:
    """A CEL expression without `&& || ! ?:`; `reads` maps its names to what they stand for."""

    text: str
    program: Any
    reads: tuple[tuple[str, Term], ...]

    def weigh(self, facts: Facts, on: date) -> Truth:
        """Unknown while a fact is missing, does not fit its type, or cannot be computed with."""
        values = {name: term.read(facts, on) for name, term in self.reads}
        lacking = [term.path for name, term in self.reads if values[name] is None]
        if lacking:
            unfit = [f"{p} cannot be {facts[p]!r}" for p in lacking if facts.get(p) is not None]
            return Truth(None, tuple(dict.fromkeys(lacking)), tuple(dict.fromkeys(unfit)))
        context = {name: _to_cel(v) for name, v in values.items() if v is not None}
        try:
            return Truth(bool(self.program.evaluate(context)))
        except CELEvalError as error:
            return Truth(None, (), (f"{self.text}: {error.args[0]}",))

    def terms(self) -> Iterator[Term]:
        """What it reads, in order."""
        return (term for _, term in self.reads)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: Node

    def weigh(self, facts: Facts, on: date) -> Truth:
        """Unknown stays unknown."""
        truth = self.part.weigh(facts, on)
        return truth if truth.value is None else Truth(not truth.value)

    def terms(self) -> Iterator[Term]:
        """What it reads, in order."""
        return self.part.terms()


@dataclass(frozen=True, slots=True)
class Joined:
    """`||` when one part that is `decisive=True` decides, `&&` when one that is false does."""

    decisive: bool
    parts: tuple[Node, ...]

    def weigh(self, facts: Facts, on: date) -> Truth:
        """A decisive part decides; else one unknown part leaves the whole unknown."""
        truths = [part.weigh(facts, on) for part in self.parts]
        if any(truth.value is self.decisive for truth in truths):
            return Truth(self.decisive)
        unknown = [truth for truth in truths if truth.value is None]
        return _unknown(unknown) if unknown else Truth(not self.decisive)

    def terms(self) -> Iterator[Term]:
        """What it reads, in order."""
        return (term for part in self.parts for term in part.terms())


@dataclass(frozen=True, slots=True)
class Branch:
    """`test ? then : otherwise`."""

    test: Node
    then: Node
    otherwise: Node

    def weigh(self, facts: Facts, on: date) -> Truth:
        """With an unknown test, decided only where both ways lead to the same."""
        test = self.test.weigh(facts, on)
        if test.value is not None:
            return (self.then if test.value else self.otherwise).weigh(facts, on)
        ways = [self.then.weigh(facts, on), self.otherwise.weigh(facts, on)]
        if ways[0].value is ways[1].value is not None:
            return Truth(ways[0].value)
        return _unknown([test, *(way for way in ways if way.value is None)])

    def terms(self) -> Iterator[Term]:
        """What it reads, in order."""
        return (t for part in (self.test, self.then, self.otherwise) for t in part.terms())


def _unknown(truths: list[Truth]) -> Truth:
    missing = dict.fromkeys(path for truth in truths for path in truth.missing)
    problems = dict.fromkeys(text for truth in truths for text in truth.problems)
    return Truth(None, tuple(missing), tuple(problems))


def _to_cel(value: Value) -> Any:
    if isinstance(value, bool):
        return celtypes.BoolType(value)
    if isinstance(value, int):
        return celtypes.IntType(value)
    if isinstance(value, float):
        return celtypes.DoubleType(value)
    return celtypes.StringType(value.isoformat() if isinstance(value, date) else str(value))
