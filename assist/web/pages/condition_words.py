"""A condition in words: `days_since(order.delivered_at) <= 30` -> `at most 30 days since delivery`.

For people who read a policy; what a clause says is decided by the condition itself, which is shown
beside the words. What has no words here is none, and the condition stands alone.
"""

from collections.abc import Mapping, Sequence

from lark import Token, Tree

from assist.domain.facts import FactDeclaration
from assist.policies.condition_grammar import parse

ALWAYS = "true"
ORDER = {
    "relation_lt": "less than",
    "relation_le": "at most",
    "relation_gt": "more than",
    "relation_ge": "at least",
    "relation_eq": "exactly",
    "relation_ne": "other than",
}
DATED = {
    "relation_lt": "before",
    "relation_le": "on or before",
    "relation_gt": "after",
    "relation_ge": "on or after",
    "relation_eq": "on",
    "relation_ne": "not on",
}
SIGNS = {
    "addition_add": "plus",
    "addition_sub": "minus",
    "multiplication_mul": "times",
    "multiplication_div": "divided by",
    "multiplication_mod": "modulo",
}
DAYS = {"days_since": "days", "business_days_since": "business days"}
METHODS = {"contains": "contains", "startsWith": "starts with", "endsWith": "ends with"}
YES, NO = {"true": "yes", "false": "no"}, {"true": "no", "false": "yes"}

Part = Tree[Token]


class _NoWords(Exception):
    pass


def in_words(condition: str, declarations: Sequence[FactDeclaration]) -> str | None:
    """The condition in words; empty where it always holds, none where a part has no words."""
    if condition.strip() == ALWAYS:
        return ""
    try:
        return _Words({one.path: one for one in declarations}).said(parse(condition))
    except _NoWords:
        return None


class _Words:
    def __init__(self, declared: Mapping[str, FactDeclaration]) -> None:
        self._declared = declared

    def said(self, tree: Part) -> str:
        """A part that is true or false."""
        tree = _inner(tree)
        name = str(tree.data)
        if name in ("conditionalor", "conditionaland"):
            word = " or " if name == "conditionalor" else " and "
            return word.join(self._bracketed(part, name) for part in _flat(tree))
        if name == "expr":
            test, then, otherwise = (self.said(part) for part in _parts(tree))
            return f"if {test}: {then}; otherwise {otherwise}"
        if name == "unary" and str(_parts(tree)[0].data) == "unary_not":
            return f"not ({self.said(_parts(tree)[1])})"
        if name == "relation":
            return self._relation(tree)
        if name == "member_dot_arg":
            left, method, argument = _parts(tree)[0], str(tree.children[1]), _parts(tree)[-1]
            return f"{self._value(left)} {_of(METHODS, method)} {self._value(argument)}"
        return f"{self._value(tree)}: yes"

    def _bracketed(self, part: Part, around: str) -> str:
        """An alternative within a list of conditions stands in brackets."""
        text = self.said(part)
        mixed = str(_inner(part).data) in ("conditionalor", "conditionaland", "expr")
        return f"({text})" if mixed and str(_inner(part).data) != around else text

    def _relation(self, tree: Part) -> str:
        head, right = _parts(tree)
        sign, left = str(head.data), _inner(_parts(head)[0])
        if sign == "relation_in":
            items = [self._choice(left, item) for item in _arguments(_inner(right))]
            return f"{self._value(left)} is {_any_of(items)}"
        value, is_not = self._choice(left, right), "not " if sign == "relation_ne" else ""
        equal = sign in ("relation_eq", "relation_ne")
        if str(left.data) == "ident_arg":
            return f"{_of(ORDER, sign)} {value} {self._value(left)}"
        if value in YES and equal:
            return f"{self._value(left)}: {YES[value] if not is_not else NO[value]}"
        if self._kind(left) == "date":
            return f"{self._value(left)} is {_of(DATED, sign)} {value}"
        if equal:
            return f"{self._value(left)} is {is_not}{value}"
        return f"{self._value(left)} is {_of(ORDER, sign)} {value}"

    def _choice(self, left: Part, right: Part) -> str:
        """What a fact is compared with; choices are written without underscores."""
        value = self._value(right)
        return value.replace("_", " ") if self._kind(left) == "choice" else value

    def _value(self, tree: Part) -> str:
        """A part that is compared: a fact by its label, a literal as it is."""
        tree = _inner(tree)
        name = str(tree.data)
        if name == "literal":
            return str(tree.children[0]).strip("'\"")
        if name == "ident_arg":
            return self._called(str(tree.children[0]), _arguments(tree))
        if name in ("addition", "multiplication"):
            head, right = _parts(tree)
            sign = _of(SIGNS, str(head.data))
            return f"{self._value(_parts(head)[0])} {sign} {self._value(right)}"
        path = _path(tree)
        declared = self._declared.get(path)
        return declared.label if declared and declared.label else path

    def _called(self, function: str, arguments: Sequence[Part]) -> str:
        values = [self._value(argument) for argument in arguments]
        if function == "money" and len(values) == 2:
            return " ".join(values)
        return f"{_of(DAYS, function)} since {' '.join(values)}"

    def _kind(self, tree: Part) -> str:
        if str(tree.data) not in ("ident", "member_dot"):
            return ""
        declared = self._declared.get(_path(tree))
        return declared.type if declared else ""


def _inner(tree: Part) -> Part:
    """The part without the levels of grammar around it that say nothing."""
    while len(_parts(tree)) == 1 and str(tree.data) not in (
        "member_dot",
        "member_dot_arg",
        "ident_arg",
        "list_lit",
    ):
        tree = _parts(tree)[0]
    return tree


def _flat(tree: Part) -> list[Part]:
    """The parts of `a && b && c`, which the grammar nests to the left."""
    parts: list[Part] = []
    name = tree.data
    while tree.data == name and len(_parts(tree)) == 2:
        tree, right = _parts(tree)
        parts.append(right)
    return [tree, *reversed(parts)]


def _arguments(tree: Part) -> list[Part]:
    return [item for listed in _parts(tree) for item in _parts(listed)]


def _parts(tree: Part) -> list[Part]:
    return [child for child in tree.children if isinstance(child, Tree)]


def _path(tree: Part) -> str:
    name = str(tree.data)
    if name == "ident":
        return str(tree.children[0])
    if name != "member_dot":
        raise _NoWords
    return f"{_path(_inner(_parts(tree)[0]))}.{tree.children[-1]}"


def _any_of(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


def _of(words: Mapping[str, str], name: str) -> str:
    if name not in words:
        raise _NoWords
    return words[name]
