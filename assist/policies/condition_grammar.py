"""The text of a condition -> its checked tree.

A condition is written in CEL (Common Expression Language) and parsed by `celpy`. What we read of
the language is small: facts, literals, comparisons, `in`, arithmetic, `contains`, `startsWith`,
`endsWith`, the two day counts, and `&& || ! ?:` around them. Each leaf is typed against the
declared facts, so a misspelt fact and a comparison that cannot hold are found when written.
"""

import functools
import sys
from collections.abc import Mapping
from typing import Any

import celpy
from celpy.celparser import CELParseError
from celpy.evaluation import CELEvalError
from lark import Token, Tree

from assist.domain.policy import FactDeclaration
from assist.policies import condition_operands as operands
from assist.policies.condition_operands import ConditionError, Operand
from assist.policies.condition_terms import DAY_COUNTS, Reading, Term
from assist.policies.condition_tree import Branch, Joined, Leaf, Node, Not

MAX_CHARACTERS = 2000
MAX_DEPTH = 12
"""Levels of brackets, negation and arithmetic: more than anybody reads. celpy takes about 45
frames of the stack per level of arithmetic, and Python's limit is 1000."""

_WRAPPERS = frozenset({
    "expr", "conditionalor", "conditionaland", "relation", "addition", "multiplication", "unary",
    "member", "primary", "paren_expr",
})  # fmt: skip
_RELATIONS = {
    "relation_lt": "<", "relation_le": "<=", "relation_gt": ">", "relation_ge": ">=",
    "relation_eq": "==", "relation_ne": "!=", "relation_in": "in",
}  # fmt: skip
_ARITHMETIC = {
    "addition_add": "+", "addition_sub": "-", "multiplication_mul": "*",
    "multiplication_div": "/", "multiplication_mod": "%",
}  # fmt: skip
_TEXT_METHODS = frozenset({"contains", "startsWith", "endsWith"})
_DAY_COUNTS: dict[str, Reading] = {
    "days_since": "days_since",
    "business_days_since": "business_days_since",
}
_SUPPORTED = "use facts, literals, comparisons, in, && || !, days_since() and business_days_since()"


@functools.cache
def environment() -> celpy.Environment:
    """The one CEL environment; it holds the grammar and no state."""
    limit = sys.getrecursionlimit()
    made = celpy.Environment()
    # It raises the limit of the whole process; conditions as shallow as ours do not need that.
    sys.setrecursionlimit(limit)
    return made


def parse(text: str) -> Tree[Token]:
    """The parse tree. Raises `ConditionError` where the text is too long or no CEL."""
    if len(text) > MAX_CHARACTERS:
        raise ConditionError(
            f"the condition has {len(text)} characters, at most {MAX_CHARACTERS}",
            "split the clause",
        )
    try:
        return environment().compile(text)
    except CELParseError as error:
        at = f" at character {error.column}" if error.column else ""
        raise ConditionError(f"{text!r} does not compile{at}", "correct the condition") from error


class Checker:
    """Turns the parse tree of one condition into its checked tree."""

    def __init__(self, declarations: Mapping[str, FactDeclaration]) -> None:
        self._declarations = declarations
        self._names: dict[Term, str] = {}

    def condition(self, tree: Tree[Token], depth: int = 0) -> Node:
        """A part that is true or false."""
        tree, depth = _unwrap(tree), _deeper(depth)
        if tree.data in ("conditionalor", "conditionaland"):
            parts = _flat(tree, str(tree.data))
            nodes = tuple(self.condition(part, depth) for part in parts)
            return Joined(tree.data == "conditionalor", nodes)
        if tree.data == "expr":
            test, then, otherwise = (self.condition(child, depth) for child in _trees(tree))
            return Branch(test, then, otherwise)
        if tree.data == "unary" and _trees(tree)[0].data == "unary_not":
            return Not(self.condition(_trees(tree)[1], depth))
        if tree.data == "relation":
            sign, left, right = _binary(tree, _RELATIONS)
            return _leaf(
                *operands.compared(self.operand(left, depth), sign, self.operand(right, depth))
            )
        if tree.data == "member_dot_arg":
            return self._text_method(tree, depth)
        operand = self.operand(tree, depth)
        if operand.type != "boolean":
            raise ConditionError(
                f"{operand} is {operand.type}, neither true nor false", "compare it"
            )
        return _leaf(operand.cel, operand.reads)

    def operand(self, tree: Tree[Token], depth: int) -> Operand:
        """A part that can be compared."""
        tree, depth = _unwrap(tree), _deeper(depth)
        if tree.data == "literal":
            return _literal(tree)
        if tree.data in ("addition", "multiplication"):
            sign, left, right = _binary(tree, _ARITHMETIC)
            return operands.computed(self.operand(left, depth), sign, self.operand(right, depth))
        if tree.data == "unary" and _trees(tree)[0].data == "unary_neg":
            zero = Operand("integer", "0", literal="0")
            return operands.computed(zero, "-", self.operand(_trees(tree)[1], depth))
        if tree.data == "list_lit":
            listed = [item for child in _trees(tree) for item in _trees(child)]
            items = tuple(self.operand(item, depth) for item in listed)
            return Operand("list", f"[{', '.join(map(str, items))}]", items=items)
        if tree.data == "ident_arg":
            return self._day_count(tree)
        return self._read(operands.declared_term(_path(tree), self._declarations))

    def _read(self, term: Term) -> Operand:
        return operands.read_fact(term, self._names.setdefault(term, f"fact_{len(self._names)}_"))

    def _day_count(self, tree: Tree[Token]) -> Operand:
        name = str(tree.children[0])
        arguments = [item for child in _trees(tree) for item in _trees(child)]
        if name not in DAY_COUNTS or len(arguments) != 1:
            raise ConditionError(f"{name}(...) is not part of conditions", _SUPPORTED)
        term = operands.declared_term(_path(_unwrap(arguments[0])), self._declarations)
        if term.type != "date":
            raise ConditionError(
                f"{name} counts from a date; {term.path} is {term.type}", "use a date"
            )
        return self._read(term._replace(reading=_DAY_COUNTS[name]))

    def _text_method(self, tree: Tree[Token], depth: int) -> Leaf:
        name = str(tree.children[1])
        arguments = [item for child in _trees(tree)[1:] for item in _trees(child)]
        if name not in _TEXT_METHODS or len(arguments) != 1:
            raise ConditionError(f".{name}(...) is not part of conditions", _SUPPORTED)
        left, right = self.operand(_trees(tree)[0], depth), self.operand(arguments[0], depth)
        if not {left.type, right.type} <= {"text", "choice"}:
            raise ConditionError(f".{name}() reads text, not {left} and {right}", "use text facts")
        return _leaf(f"{left.cel}.{name}({right.cel})", left.reads + right.reads)


def _leaf(cel: str, reads: tuple[tuple[str, Term], ...]) -> Leaf:
    program: Any = environment().program(environment().compile(cel))
    unique = tuple(dict(reads).items())
    shown = str(Operand("boolean", cel[1:-1] if cel.startswith("(") else cel, unique))
    if not unique:
        try:
            program.evaluate({})
        except CELEvalError as error:
            raise ConditionError(f"{shown} cannot be computed", "correct it") from error
    return Leaf(shown, program, unique)


def _literal(tree: Tree[Token]) -> Operand:
    (token,) = (child for child in tree.children if isinstance(child, Token))
    text = str(token)
    if token.type == "INT_LIT":
        return Operand("integer", operands.checked_integer(text), literal=str(int(text, 0)))
    if token.type == "FLOAT_LIT":
        return Operand("number", text, literal=text)
    if token.type == "BOOL_LIT":
        return Operand("boolean", text, literal=text)
    if token.type in ("STRING_LIT", "MLSTRING_LIT"):
        value = str(environment().program(tree).evaluate({}))
        return Operand("text", text, literal=value)
    raise ConditionError(f"{text} is not part of conditions", _SUPPORTED)


def _path(tree: Tree[Token]) -> str:
    """The dotted path a chain of members spells."""
    if tree.data == "ident":
        return str(tree.children[0])
    if tree.data == "member_dot":
        return f"{_path(_unwrap(_trees(tree)[0]))}.{tree.children[1]}"
    raise ConditionError(
        f"{str(tree.data).replace('_', ' ')} is not part of conditions", _SUPPORTED
    )


def _binary(tree: Tree[Token], signs: Mapping[str, str]) -> tuple[str, Tree[Token], Tree[Token]]:
    head, right = _trees(tree)
    return signs[str(head.data)], _trees(head)[0], right


def _flat(tree: Tree[Token], joiner: str) -> list[Tree[Token]]:
    """The parts of `a && b && c`, which the grammar nests to the left."""
    parts: list[Tree[Token]] = []
    while tree.data == joiner and len(_trees(tree)) == 2:
        left, right = _trees(tree)
        parts.append(right)
        tree = left
    return [tree, *reversed(parts)]


def _unwrap(tree: Tree[Token]) -> Tree[Token]:
    while tree.data in _WRAPPERS and len(_trees(tree)) == 1:
        tree = _trees(tree)[0]
    return tree


def _trees(tree: Tree[Token]) -> list[Tree[Token]]:
    return [child for child in tree.children if isinstance(child, Tree)]


def _deeper(depth: int) -> int:
    if depth >= MAX_DEPTH:
        raise ConditionError(f"nested deeper than {MAX_DEPTH} levels", "split the clause")
    return depth + 1
