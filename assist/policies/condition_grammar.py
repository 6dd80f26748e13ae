"""The text of a condition -> its checked tree.

A condition is written in CEL (Common Expression Language) and parsed by `celpy`. What we read of
the language is small: facts, literals, comparisons, `in`, arithmetic, `contains`, `startsWith`,
`endsWith`, the two day counts, `money`, and `&& || ! ?:` around them. Each comparison is typed
against the declared facts, so a misspelt fact and one that cannot hold are found when written.
"""

import functools
import re
import sys
from collections.abc import Mapping

import celpy
from celpy.celparser import CELParseError
from lark import Token, Tree

from assist.domain.facts import FactDeclaration
from assist.policies import condition_operands as operands
from assist.policies.condition_leaf import Leaf
from assist.policies.condition_literals import literal, money_literal
from assist.policies.condition_operands import ConditionError, Operand
from assist.policies.condition_program import computation
from assist.policies.condition_terms import Reading, Term
from assist.policies.condition_tree import Branch, Joined, Node, Not

MAX_CHARACTERS = 2000
MAX_DEPTH = 12
"""Levels of brackets, negation and arithmetic: more than anybody reads. celpy takes about 45
frames of the stack per level of arithmetic, and Python's limit is 1000."""
MAX_COMPARISONS = 100
"""In one condition. Each takes microseconds, so that the longest is weighed in a millisecond."""

_SHOWN = 80
"""Characters of a text that does not compile which its error repeats."""

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
_FOREIGN = {"and": "&& for and", "or": "|| for or", "not": "! for not", "=": "== for ="}
_FOREIGN_WORDS = re.compile(r"\b(?:and|or|not)\b|(?<![=!<>])=(?!=)", re.IGNORECASE)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_DAY_COUNTS: dict[str, Reading] = {
    "days_since": "days_since",
    "business_days_since": "business_days_since",
}
_SUPPORTED = (
    "use facts, literals, money('50.00', 'GBP'), comparisons, in, && || !, days_since() and"
    " business_days_since()"
)


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
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        raise ConditionError(f"{shown!r} does not compile{at}", _cure(text)) from error


def _cure(text: str) -> str:
    """What to write, where a word or sign of another language stands outside of any text."""
    meant = (_FOREIGN[word.lower()] for word in _FOREIGN_WORDS.findall(_QUOTED.sub("", text)))
    signs = ", ".join(dict.fromkeys(meant))
    return f"write {signs}" if signs else "correct the condition"


class Checker:
    """Turns the parse tree of one condition into its checked tree."""

    def __init__(self, declarations: Mapping[str, FactDeclaration]) -> None:
        self._declarations = declarations
        self._names: dict[Term, str] = {}
        self._comparisons = 0

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
            return self._leaf(
                operands.compared(self.operand(left, depth), sign, self.operand(right, depth))
            )
        if tree.data == "member_dot_arg":
            return self._text_method(tree, depth)
        operand = self.operand(tree, depth)
        if operand.type != "boolean":
            raise ConditionError(
                f"{operand} is {operand.type}, neither true nor false", "compare it"
            )
        return self._leaf(operand)

    def operand(self, tree: Tree[Token], depth: int) -> Operand:
        """A part that can be compared."""
        tree, depth = _unwrap(tree), _deeper(depth)
        if tree.data == "literal":
            (token,) = (child for child in tree.children if isinstance(child, Token))
            return literal(token.type, str(token))
        if tree.data in ("addition", "multiplication"):
            sign, left, right = _binary(tree, _ARITHMETIC)
            return operands.computed(self.operand(left, depth), sign, self.operand(right, depth))
        if tree.data == "unary" and _trees(tree)[0].data == "unary_neg":
            return operands.negated(self.operand(_trees(tree)[1], depth))
        if tree.data == "list_lit":
            listed = [item for child in _trees(tree) for item in _trees(child)]
            return operands.a_list(tuple(self.operand(item, depth) for item in listed))
        if tree.data == "ident_arg":
            return self._call(tree, depth)
        return self._read(_path(tree))

    def _read(self, path: str, reading: Reading = "value") -> Operand:
        fact = operands.declared_fact(path, self._declarations)
        if reading != "value" and fact.type != "date":
            raise ConditionError(
                f"{reading} counts from a date; {path} is {fact.type}", "use a date"
            )
        term = Term(fact.path, fact.type, fact.choices, reading)
        name = self._names.setdefault(term, f"fact_{len(self._names)}_")
        return operands.read_fact(term, name, fact.unit)

    def _call(self, tree: Tree[Token], depth: int) -> Operand:
        name = str(tree.children[0])
        arguments = [item for child in _trees(tree) for item in _trees(child)]
        if name == "money":
            return money_literal([self.operand(argument, depth) for argument in arguments])
        if name not in _DAY_COUNTS or len(arguments) != 1:
            raise ConditionError(f"{name}(...) is not part of conditions", _SUPPORTED)
        return self._read(_path(_unwrap(arguments[0])), _DAY_COUNTS[name])

    def _text_method(self, tree: Tree[Token], depth: int) -> Leaf:
        name = str(tree.children[1])
        arguments = [item for child in _trees(tree)[1:] for item in _trees(child)]
        if name not in _TEXT_METHODS or len(arguments) != 1:
            raise ConditionError(f".{name}(...) is not part of conditions", _SUPPORTED)
        left, right = self.operand(_trees(tree)[0], depth), self.operand(arguments[0], depth)
        if not {left.type, right.type} <= {"text", "choice"}:
            raise ConditionError(f".{name}() reads text, not {left} and {right}", "use text facts")
        return self._leaf(
            Operand(
                "boolean",
                f"{left.cel}.{name}({right.cel})",
                f"{left}.{name}({right})",
                left.reads + right.reads,
            )
        )

    def _leaf(self, operand: Operand) -> Leaf:
        self._comparisons += 1
        if self._comparisons > MAX_COMPARISONS:
            raise ConditionError(f"more than {MAX_COMPARISONS} comparisons", "split the clause")
        made = computation(operand.cel, operand.steps)
        if not operand.reads:
            try:
                made.run({})
            except ArithmeticError as error:
                raise ConditionError(f"{operand} cannot be computed", "correct it") from error
        reads = tuple(dict(operand.reads).items())
        return Leaf(operand.shown, made, reads, operand.currency)


def _path(tree: Tree[Token]) -> str:
    """The dotted path a chain of members spells."""
    names: list[str] = []
    while tree.data == "member_dot":
        names.append(str(tree.children[1]))
        tree = _unwrap(_trees(tree)[0])
    if tree.data == "ident":
        return ".".join([str(tree.children[0]), *reversed(names)])
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
