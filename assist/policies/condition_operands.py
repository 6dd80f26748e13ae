"""The operands of a comparison, typed against the declared facts: `order.total_items + 1`."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assist.domain.facts import FactDeclaration
from assist.policies.condition_money import COMPARISONS
from assist.policies.condition_program import NO_STEPS, Steps, text_literal
from assist.policies.condition_terms import Term

OperandType = Literal["boolean", "integer", "number", "text", "choice", "date", "money", "list"]

_NUMERIC = frozenset({"integer", "number"})
_TEXTUAL = frozenset({"text", "choice"})
MAX_ITEMS = 100
"""Things in one list: each is compared in turn, and nobody reads more."""


class ConditionError(ValueError):
    """What is wrong with a condition, in words; `cure` says what to write instead."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.problem, self.cure = problem, cure


@dataclass(frozen=True, slots=True)
class Operand:
    """Something comparable: its type, itself in CEL, how it reads, and what it reads of the facts.

    `literal` is its value if it is one; `currency` that of a money literal, or the one its fact is
    declared in; `steps` are the numbers computed on the way.
    """

    type: OperandType
    cel: str
    shown: str
    reads: tuple[tuple[str, Term], ...] = ()
    literal: str | None = None
    choices: tuple[str, ...] = ()
    items: tuple["Operand", ...] = ()
    currency: str | None = None
    steps: Steps = NO_STEPS

    def __str__(self) -> str:
        return self.shown


def read_fact(term: Term, name: str, unit: str | None) -> Operand:
    """The operand that reads `term` under `name`."""
    if term.reading != "value":
        return Operand("integer", name, f"{term.reading}({term.path})", ((name, term),))
    currency = unit if term.type == "money" else None
    return Operand(
        term.type, name, term.path, ((name, term),), choices=term.choices, currency=currency
    )


def a_list(items: tuple[Operand, ...]) -> Operand:
    """The operand of `['one', 'two']`. Raises `ConditionError` where it is too long."""
    if len(items) > MAX_ITEMS:
        raise ConditionError(f"a list has {len(items)} items, at most {MAX_ITEMS}", "shorten it")
    return Operand("list", "", f"[{', '.join(map(str, items))}]", items=items)


def negated(operand: Operand) -> Operand:
    """`-operand`, of a number that is not written out: `-5` is one literal."""
    shown = f"-{_inner(operand)}"
    _check_numbers(shown, operand)
    return replace(computed(Operand("integer", "0", "0"), "-", operand), shown=shown)


def computed(left: Operand, sign: str, right: Operand) -> Operand:
    """Arithmetic on two numbers."""
    shown = f"{_inner(left)} {sign} {_inner(right)}"
    _check_numbers(shown, left, right)
    if sign in "/%" and right.literal is not None and float(right.literal) == 0:
        raise ConditionError(f"{shown} divides by zero", "correct the divisor")
    left, right = _level(left, right)
    kind, cel = left.type, f"({left.cel} {sign} {right.cel})"
    if sign == "%" and kind == "number":
        raise ConditionError(f"{shown} needs whole numbers", "use integers")
    steps = left.steps | right.steps
    if kind == "number":
        steps |= Steps((right.cel,) if sign == "/" else (), (cel,))
    return Operand(kind, cel, shown, left.reads + right.reads, steps=steps)


def _check_numbers(shown: str, *operands: Operand) -> None:
    kinds = {operand.type for operand in operands}
    if "money" in kinds:
        raise ConditionError(
            f"{shown} computes with money, which conditions only compare",
            "compare two amounts, declare a fact for the sum, or write a clause with a limit",
        )
    if not kinds <= _NUMERIC:
        raise ConditionError(f"{shown} is not arithmetic on numbers", "use numbers")


def _inner(operand: Operand) -> str:
    """How it reads within arithmetic."""
    return f"({operand})" if operand.cel.startswith("(") else str(operand)


def compared(left: Operand, sign: str, right: Operand) -> Operand:
    """The comparison. Raises `ConditionError` where it makes no sense."""
    shown = f"{left} {sign} {right}"
    if sign == "in":
        if right.type != "list":
            raise ConditionError(f"{right} is not a list", "write: fact in ['one', 'two']")
        return _listed(left, right.items, shown)
    left, right = _matched(left, right, sign)
    return Operand(
        "boolean",
        f"{left.cel} {sign} {right.cel}",
        shown,
        left.reads + right.reads,
        currency=next((o.currency for o in (left, right) if o.literal is not None), None),
        steps=left.steps | right.steps,
    )


def _listed(left: Operand, items: tuple[Operand, ...], shown: str) -> Operand:
    """`left in [items]`, all in one type: one number among integers makes all of them numbers."""
    if any(item.type == "number" for item in items) and left.type == "integer":
        left = _as_number(left)
    items = tuple(_matched(left, item, "in")[1] for item in items)
    cel = f"{left.cel} in [{', '.join(item.cel for item in items)}]"
    reads = sum((item.reads for item in items), left.reads)
    steps = functools.reduce(Steps.__or__, (item.steps for item in items), left.steps)
    return Operand("boolean", cel, shown, reads, steps=steps)


def _matched(left: Operand, right: Operand, sign: str) -> tuple[Operand, Operand]:
    """Both operands in one type, or a `ConditionError` that says why they have none."""
    kinds = {left.type, right.type}
    if kinds <= _NUMERIC:
        return _level(left, right)
    if "money" in kinds:
        return _amounts(left, right, sign)
    if "date" in kinds:
        return _dated(left), _dated(right)
    if sign not in ("==", "!=", "in"):
        raise ConditionError(f"{left} {sign} {right} has no order", "order numbers or dates only")
    if kinds <= _TEXTUAL:
        _check_choice(left, right)
        _check_choice(right, left)
        return left, right
    if left.type == right.type == "boolean":
        return left, right
    raise _unlike(left, right, "compare like with like")


def _check_choice(operand: Operand, other: Operand) -> None:
    if operand.choices and other.literal is not None and other.literal not in operand.choices:
        raise ConditionError(
            f"{operand} can never be {other.literal!r}",
            f"it is one of {', '.join(operand.choices)}",
        )


def _amounts(left: Operand, right: Operand, sign: str) -> tuple[Operand, Operand]:
    """Two amounts in one currency, at least one of them a fact's."""
    if left.type != right.type:
        raise _unlike(left, right, "write the amount as money('50.00', 'GBP')")
    if sign not in COMPARISONS:
        raise ConditionError(
            f"{left} {sign} ... looks for money in a list", "compare each amount with =="
        )
    if not left.reads and not right.reads:
        raise ConditionError(f"{left} {sign} {right} compares no fact", "compare a money fact")
    if left.currency and right.currency and left.currency != right.currency:
        fact, other = (left, right) if left.reads else (right, left)
        what = f"{other} in" if other.reads else "the condition compares"
        raise ConditionError(
            f"{fact} is in {fact.currency}, {what} {other.currency}",
            "compare amounts in one currency",
        )
    return left, right


def _unlike(left: Operand, right: Operand, cure: str) -> ConditionError:
    return ConditionError(f"{left} is {_a(left.type)} and {right} is {_a(right.type)}", cure)


def _a(kind: str) -> str:
    if kind == "money":
        return kind
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _level(left: Operand, right: Operand) -> tuple[Operand, Operand]:
    """CEL does not mix integers and numbers; where one side is a number both become numbers."""
    if left.type == right.type:
        return left, right
    return _as_number(left), _as_number(right)


def _as_number(operand: Operand) -> Operand:
    if operand.type == "number":
        return operand
    return replace(operand, type="number", cel=f"double({operand.cel})")


def _dated(operand: Operand) -> Operand:
    """A date, or a literal in its form, as the ISO text that stands for it."""
    if operand.type == "date":
        return operand
    if operand.type == "text" and operand.literal is not None:
        try:
            day = date.fromisoformat(operand.literal).isoformat()
        except ValueError as error:
            raise ConditionError(f"{operand.literal!r} is no date", "write 2026-01-31") from error
        return replace(operand, type="date", cel=text_literal(day))
    raise ConditionError(f"{operand} is no date", "compare a date with a date")


def declared_fact(path: str, declarations: Mapping[str, FactDeclaration]) -> FactDeclaration:
    """The declaration of the fact. Raises `ConditionError` where nothing declares it."""
    found = declarations.get(path)
    if found is None:
        raise ConditionError(f"the fact {path!r} is not declared", "declare it in facts.yaml")
    return found
