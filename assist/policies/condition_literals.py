"""What is written out in a condition: numbers, texts, booleans and amounts of money."""

import math

from assist.policies.condition_money import NotComparable, literal_units
from assist.policies.condition_operands import ConditionError, Operand
from assist.policies.condition_program import compiled, text_literal
from assist.policies.values import MAX_INTEGER

MONEY_CURE = "write an amount and its currency: money('50.00', 'GBP')"


def literal(kind: str, text: str) -> Operand:
    """The operand of a token of the grammar. Raises `ConditionError` for what we do not read."""
    if kind == "INT_LIT":
        return _integer(text)
    if kind == "FLOAT_LIT":
        return _number(text)
    if kind == "BOOL_LIT":
        return Operand("boolean", text, text, literal=text)
    if kind in ("STRING_LIT", "MLSTRING_LIT"):
        value = _text(text)
        return Operand("text", text_literal(value), text, literal=value)
    raise ConditionError(f"{text} is not part of conditions", "use numbers, texts, true and false")


def money_literal(arguments: list[Operand]) -> Operand:
    """The operand of `money('50.00', 'GBP')`: its minor units. Raises `ConditionError`."""
    shown = f"money({', '.join(map(str, arguments))})"
    values = [operand.literal for operand in arguments if operand.type == "text"]
    if len(arguments) != 2 or len(values) != 2 or values[0] is None or values[1] is None:
        raise ConditionError(f"{shown} is no amount of money", MONEY_CURE)
    amount, currency = values[0], values[1]
    try:
        units = literal_units(amount, currency)
    except NotComparable as error:
        raise ConditionError(f"{shown}: {error}", MONEY_CURE) from error
    return Operand("money", str(units), shown, literal=amount, currency=currency)


def _integer(text: str) -> Operand:
    value = int(text, 16 if "x" in text else 10)
    if abs(value) > MAX_INTEGER:
        raise ConditionError(f"{text} is too large", "use a smaller number")
    return Operand("integer", str(value), text, literal=str(value))


def _number(text: str) -> Operand:
    value = float(text)
    if not math.isfinite(value):
        raise ConditionError(f"{text} is too large", "use a smaller number")
    return Operand("number", repr(value), text, literal=repr(value))


def _text(written: str) -> str:
    """What the literal stands for, after the escapes of CEL."""
    try:
        return str(compiled(written).execute())
    except ValueError as error:
        raise ConditionError(f"{written} is no text", "correct its quotes and escapes") from error
