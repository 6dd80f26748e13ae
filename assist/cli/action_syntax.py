"""`refund:amount=120,currency=GBP` -> an action to try, by the parameters its kind declares."""

import re
from collections.abc import Mapping

from pydantic import JsonValue

from assist.domain.actions import ActionType
from assist.domain.policy import PolicySet
from assist.errors import BadInput
from assist.service.trial_input import checked_kind, money_parameter, nearest, written

WHERE = "--action"
_GLUED = re.compile(r"(-?\d{1,15}(?:\.\d{1,4})?)([A-Za-z]{3})")
"""An amount that its currency is written to."""
CURRENCY = "currency"
EXAMPLE = "write e.g. refund:amount=120,currency=GBP"


def parse_action(text: str, policy_set: PolicySet) -> dict[str, JsonValue]:
    """The action as JSON, each parameter in the form of its declared type.

    `amount` is the money parameter, whatever its name, and `currency` the currency of money.
    Raises `BadInput` naming the part that is wrong, with the cure.
    """
    kind, _, rest = text.strip().partition(":")
    declared = checked_kind(kind.strip(), policy_set, where=WHERE)
    given = _pairs(rest, text)
    if declared is None:
        if given:
            raise BadInput(f"{kind} has no parameters", where=WHERE, cure=f"write {kind}")
        return {"kind": kind.strip()}
    return {"kind": declared.kind, "parameters": _parameters(declared, given)}


def _pairs(rest: str, text: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in rest.split(","))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not (name and equals and value):
            raise BadInput(f"{part!r} in {text!r} is no name=value", where=WHERE, cure=EXAMPLE)
        if name in pairs:
            raise BadInput(f"{name!r} stands twice in {text!r}", where=WHERE, cure="remove one")
        pairs[name] = value
    return pairs


def _parameters(declared: ActionType, given: Mapping[str, str]) -> dict[str, JsonValue]:
    types = {name: parameter.type for name, parameter in declared.parameters.items()}
    currency = given.get(CURRENCY) if CURRENCY not in types else None
    found: dict[str, JsonValue] = {}
    for name, value in given.items():
        if name == CURRENCY and CURRENCY not in types:
            continue
        real = name if name in types or name != "amount" else money_parameter(declared) or name
        if real not in types:
            cure = nearest(name, list(types), f"write {declared.kind} alone")
            raise BadInput(f"{declared.kind} has no parameter {name!r}", where=WHERE, cure=cure)
        if types[real] == "money" and (glued := _GLUED.fullmatch(value)):
            cure = f"write {name}={glued[1]},currency={glued[2].upper()}"
            raise BadInput(f"{value!r} is no amount", where=WHERE, cure=cure)
        beside = f" {currency}" if currency and types[real] == "money" and " " not in value else ""
        found[real] = written(value + beside, types[real], WHERE)
    if currency is not None and not any(types[name] == "money" for name in found):
        cure = "give the amount too, or leave the currency out"
        raise BadInput(f"{currency} without an amount", where=WHERE, cure=cure)
    return found
