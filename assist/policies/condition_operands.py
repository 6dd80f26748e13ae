"""The operands of a comparison, typed against the declared facts: `order.total_items + 1`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assist.domain.policy import FactDeclaration
from assist.policies.condition_terms import Term
from assist.policies.values import MAX_INTEGER

OperandType = Literal["boolean", "integer", "number", "text", "choice", "date", "list"]

_NUMERIC = frozenset({"integer", "number"})
_TEXTUAL = frozenset({"text", "choice"})


class ConditionError(ValueError):
    """What is wrong with a condition, in words; `cure` says what to write instead."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.problem, self.cure = problem, cure


@dataclass(frozen=True, slots=True)
class Operand:
    """Something comparable: its type, itself in CEL, what it reads, and its value if a literal."""

    type: OperandType
    cel: str
    reads: tuple[tuple[str, Term], ...] = ()
    literal: str | None = None
    choices: tuple[str, ...] = ()
    items: tuple["Operand", ...] = ()

    def __str__(self) -> str:
        shown = self.cel
        for name, term in self.reads:
            path = term.path if term.reading == "value" else f"{term.reading}({term.path})"
            shown = shown.replace(name, path)
        return shown


def read_fact(term: Term, name: str) -> Operand:
    """The operand that reads `term` under `name`. Money is refused: limits are not conditions."""
    if term.type == "money":
        raise ConditionError(
            f"{term.path} is money, which conditions do not compare", "use a clause with a limit"
        )
    kind: OperandType = "integer" if term.reading != "value" else term.type
    return Operand(kind, name, ((name, term),), choices=term.choices)


def computed(left: Operand, sign: str, right: Operand) -> Operand:
    """Arithmetic on two numbers."""
    if not {left.type, right.type} <= _NUMERIC:
        raise ConditionError(f"{left} {sign} {right} is not arithmetic on numbers", "use numbers")
    if sign in "/%" and right.literal is not None and float(right.literal) == 0:
        raise ConditionError(f"{left} {sign} {right} divides by zero", "correct the divisor")
    left, right = _level(left, right)
    if sign == "%" and left.type == "number":
        raise ConditionError(f"{left} % {right} needs whole numbers", "use integers")
    return Operand(left.type, f"({left.cel} {sign} {right.cel})", left.reads + right.reads)


def compared(left: Operand, sign: str, right: Operand) -> tuple[str, tuple[tuple[str, Term], ...]]:
    """The comparison in CEL and what it reads. Raises `ConditionError` where it makes no sense."""
    if sign == "in":
        if right.type != "list":
            raise ConditionError(f"{right} is not a list", "write: fact in ['one', 'two']")
        return _listed(left, right.items)
    left, right = _matched(left, right, sign)
    return f"({left.cel} {sign} {right.cel})", left.reads + right.reads


def _listed(left: Operand, items: tuple[Operand, ...]) -> tuple[str, tuple[tuple[str, Term], ...]]:
    """`left in [items]`, all in one type: one number among integers makes all of them numbers."""
    if any(item.type == "number" for item in items) and left.type == "integer":
        left = _as_number(left)
    items = tuple(_matched(left, item, "==")[1] for item in items)
    reads = sum((item.reads for item in items), left.reads)
    return f"({left.cel} in [{', '.join(item.cel for item in items)}])", reads


def _matched(left: Operand, right: Operand, sign: str) -> tuple[Operand, Operand]:
    """Both operands in one type, or a `ConditionError` that says why they have none."""
    if {left.type, right.type} <= _NUMERIC:
        return _level(left, right)
    if "date" in (left.type, right.type):
        return _dated(left), _dated(right)
    if sign not in ("==", "!="):
        raise ConditionError(f"{left} {sign} {right} has no order", "order numbers or dates only")
    if {left.type, right.type} <= _TEXTUAL:
        for operand, other in ((left, right), (right, left)):
            if (
                operand.choices
                and other.literal is not None
                and other.literal not in operand.choices
            ):
                raise ConditionError(
                    f"{operand} can never be {other.literal!r}",
                    f"it is one of {', '.join(operand.choices)}",
                )
        return left, right
    if left.type == right.type == "boolean":
        return left, right
    raise ConditionError(
        f"{left} is {_a(left.type)} and {right} is {_a(right.type)}", "compare like with like"
    )


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _level(left: Operand, right: Operand) -> tuple[Operand, Operand]:
    """CEL does not mix integers and numbers; where one side is a number both become numbers."""
    if left.type == right.type:
        return left, right
    return _as_number(left), _as_number(right)


def _as_number(operand: Operand) -> Operand:
    if operand.type == "number":
        return operand
    return Operand("number", f"double({operand.cel})", operand.reads, operand.literal)


def _dated(operand: Operand) -> Operand:
    """A date, or a literal in its form, as the ISO text that stands for it."""
    if operand.type == "date":
        return operand
    if operand.type == "text" and operand.literal is not None:
        try:
            return Operand("date", f"'{date.fromisoformat(operand.literal).isoformat()}'")
        except ValueError as error:
            raise ConditionError(f"{operand.literal!r} is no date", "write 2026-01-31") from error
    raise ConditionError(f"{operand} is no date", "compare a date with a date")


def declared_term(path: str, declarations: Mapping[str, FactDeclaration]) -> Term:
    """The term that reads the fact at `path`. Raises `ConditionError` where nothing declares it."""
    found = declarations.get(path)
    if found is None:
        raise ConditionError(f"the fact {path!r} is not declared", "declare it in facts.yaml")
    return Term(found.path, found.type, found.choices)


def checked_integer(literal: str) -> str:
    """The literal, if it fits 64 bits."""
    if abs(int(literal, 0)) > MAX_INTEGER:
        raise ConditionError(f"{literal} is too large", "use a smaller number")
    return literal
