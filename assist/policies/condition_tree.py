"""The tree of a condition and its truth: true, false, or unknown for want of facts.

Three-valued after Kleene: what is already decided stays decided whatever is missing, so
`unknown || true` is true and `unknown && false` is false, in either order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from pydantic import JsonValue

from assist.policies.condition_terms import Term

Facts = Mapping[str, JsonValue]


class Truth(NamedTuple):
    """True, false or unknown (`value` none).

    While unknown, `missing` are the facts that could decide it, and `problems` say what could not
    be computed.
    """

    value: bool | None
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class Reason(NamedTuple):
    """What one comparison of a condition rests on, for a proof.

    `text` are the values it read, in words; `leaf` is the comparison and `value` its truth: true,
    false, or none while it is unknown.
    """

    text: str
    value: bool | None
    leaf: str


class Node(Protocol):
    """A part of a condition."""

    def weigh(self, facts: Facts, on: date) -> Truth:
        """Its truth for these facts on that day."""
        ...

    def terms(self) -> Iterator[Term]:
        """What it reads, in order."""
        ...

    def explained(self, facts: Facts, on: date) -> Iterator[Reason]:
        """Why: one reason for each comparison that reads a fact, in order."""
        ...


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

    def explained(self, facts: Facts, on: date) -> Iterator[Reason]:
        """The reasons of what it negates."""
        return self.part.explained(facts, on)


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

    def explained(self, facts: Facts, on: date) -> Iterator[Reason]:
        """The reasons of every part, of the ones that do not decide too."""
        return (reason for part in self.parts for reason in part.explained(facts, on))


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

    def explained(self, facts: Facts, on: date) -> Iterator[Reason]:
        """The reasons of the test and of the way it leads; of both while that is unknown."""
        test = self.test.weigh(facts, on).value
        ways = {True: (self.then,), False: (self.otherwise,), None: (self.then, self.otherwise)}
        return (r for part in (self.test, *ways[test]) for r in part.explained(facts, on))


def _unknown(truths: list[Truth]) -> Truth:
    missing = dict.fromkeys(path for truth in truths for path in truth.missing)
    problems = dict.fromkeys(text for truth in truths for text in truth.problems)
    return Truth(None, tuple(missing), tuple(problems))
