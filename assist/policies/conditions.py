"""Conditions of clauses and actions: compiled once, then judged against facts on a day."""

import functools
from collections.abc import Iterable
from datetime import date

from assist.domain.facts import FactDeclaration
from assist.errors import BadKnowledgeBase
from assist.policies.condition_grammar import Checker, parse
from assist.policies.condition_operands import ConditionError
from assist.policies.condition_terms import Term
from assist.policies.condition_tree import Facts, Node, Reason, Truth

CACHED = 4096
"""Conditions kept compiled; a large company has some hundred clauses per generation."""


class _Declared:
    """Declarations known by identity: hashing fifty of them costs more than most conditions."""

    __slots__ = ("declarations",)

    def __init__(self, declarations: tuple[FactDeclaration, ...]) -> None:
        self.declarations = declarations

    def __hash__(self) -> int:
        return id(self.declarations)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Declared) and self.declarations is other.declarations


class Condition:
    """A compiled condition. Immutable; safe to share between threads."""

    def __init__(self, text: str, node: Node) -> None:
        self.text = text
        self._node = node
        self.terms: tuple[Term, ...] = tuple(dict.fromkeys(node.terms()))

    def weigh(self, facts: Facts, on: date) -> Truth:
        """Its truth, with the missing facts and the reasons where it is unknown."""
        return self._node.weigh(facts, on)

    def evaluate(self, facts: Facts, on: date) -> bool | None:
        """True, false, or none while facts that could decide it are missing or unusable."""
        return self.weigh(facts, on).value

    def needs(self, facts: Facts, on: date) -> tuple[str, ...]:
        """The missing facts that could change the result; none once it is decided."""
        return self.weigh(facts, on).missing

    def explained(self, facts: Facts, on: date) -> tuple[Reason, ...]:
        """Why it is what it is: a reason for each comparison that reads a fact, as written.

        A comparison under `!` gives its own truth, not the opposite.
        """
        return tuple(self._node.explained(facts, on))

    def shown(self, facts: Facts, on: date) -> tuple[str, ...]:
        """What it counted, in words: one line per day count whose fact is known."""
        counted = [term for term in self.terms if term.reading != "value"]
        return tuple(t.shown(facts, on) for t in counted if t.read(facts, on) is not None)


def compile_condition(
    text: str, declarations: Iterable[FactDeclaration], *, where: str = ""
) -> Condition:
    """The condition, compiled against the declared facts; once per text and tuple of them.

    Raises `BadKnowledgeBase` at `where` for text that is no condition, names an undeclared fact,
    or compares what cannot be compared.
    """
    try:
        return _compiled(text, _Declared(tuple(declarations)))
    except ConditionError as error:
        raise BadKnowledgeBase(error.problem, cure=error.cure, where=where) from error


@functools.lru_cache(CACHED)
def _compiled(text: str, declared: _Declared) -> Condition:
    checker = Checker({declaration.path: declaration for declaration in declared.declarations})
    return Condition(text, checker.condition(parse(text)))
