"""Facts and actions that somebody made up -> typed by the company's declarations, or refused."""

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pydantic import JsonValue

from assist.domain.actions import ActionType
from assist.domain.base import Money
from assist.domain.facts import FactDeclaration, FactType
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Parameter
from assist.domain.verdict import Level
from assist.errors import BadInput
from assist.policies.actions import filled
from assist.policies.known_names import ALWAYS
from assist.policies.values import read_value
from assist.understanding.facts import flatten

MOST = Decimal(10) ** 12
"""An amount of more is a slip of the keyboard."""
FORMS: Mapping[FactType, str] = {
    "text": 'text in quotes, e.g. "FW-20418"',
    "integer": "a whole number, e.g. 3",
    "number": "a number, e.g. 1.5",
    "money": 'an amount with its currency, e.g. {"amount": "49.00", "currency": "USD"}',
    "date": 'a date in quotes, e.g. "2026-11-20"',
    "boolean": "true or false",
    "choice": "one of the choices, in quotes",
}
"""How a value of each type is written in JSON."""
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,4})?")
_CODE = re.compile(r"[A-Z]{3}")
SHOWN = 60
"""Characters of a value that is refused."""
SCOPES = ("region", "product", "tier")


def checked_level(level: Level, policy_set: PolicySet, *, where: str) -> None:
    """Raises `BadInput` for a level that there is not."""
    levels = policy_set.authority.levels
    if level not in levels:
        raise BadInput(f"there is no level {level!r}", where=where, cure=f"use {', '.join(levels)}")


def checked_kind(kind: str, policy_set: PolicySet, *, where: str) -> ActionType | None:
    """The declared action; none for those that exist always. Raises `BadInput` for any other."""
    declared = {one.kind: one for one in policy_set.actions}
    if kind not in declared and kind not in ALWAYS:
        cure = nearest(kind, [*declared, *ALWAYS], "see actions.yaml")
        raise BadInput(f"there is no action {kind!r}", where=where, cure=cure)
    return declared.get(kind)


def checked_facts(
    facts: Mapping[str, JsonValue], declarations: Sequence[FactDeclaration], *, where: str = "facts"
) -> dict[str, JsonValue]:
    """Facts by path, from dotted or nested keys. Raises `BadInput` for one that cannot be read."""
    declared = {one.path: one for one in declarations}
    flat = flatten(facts, declared)
    for path, value in flat.items():
        place = f"{where}.{path}"
        if path not in declared:
            cure = nearest(path, list(declared), "declare it in facts.yaml")
            raise BadInput(f"the fact {path!r} is not declared", where=place, cure=cure)
        fact = declared[path]
        if read_value(fact.type, value, fact.choices) is None:
            form = f"one of {', '.join(fact.choices)}" if fact.choices else FORMS[fact.type]
            raise BadInput(f"{_shown(value)} is no {fact.type}", where=place, cure=f"give {form}")
    return flat


def scope_paths(declarations: Iterable[FactDeclaration]) -> dict[str, str]:
    """The declared facts that tell a case's region, product and tier: the first so named."""
    paths = [one.path for one in declarations]
    ends = {name: [p for p in paths if p.rpartition(".")[2] == name] for name in SCOPES}
    return {name: found[0] for name, found in ends.items() if found}


def typed_action(
    kind: str,
    parameters: Mapping[str, JsonValue],
    policy_set: PolicySet,
    facts: Mapping[str, JsonValue],
    *,
    where: str,
) -> Action:
    """The action with these parameters, and those that facts or defaults can tell.

    Raises `BadInput` for an unknown kind or parameter, a value of another type than declared, an
    amount that is negative or beyond reason.
    """
    declared = checked_kind(kind, policy_set, where=f"{where}.kind")
    known = declared.parameters if declared else {}
    given: dict[str, Parameter] = {}
    for name, raw in parameters.items():
        place = f"{where}.parameters.{name}"
        if name not in known:
            cure = nearest(name, list(known), "leave it out")
            raise BadInput(f"{kind} has no parameter {name!r}", where=place, cure=cure)
        given[name] = _parameter(raw, known[name].type, place)
    if declared is None:
        return Action(kind=kind)
    action = filled(declared, facts)
    return action.model_copy(update={"parameters": action.parameters | given})


def written(text: str, kind: FactType, where: str) -> JsonValue:
    """A value that a person wrote without JSON: `49.90 USD`, `true`, `2026-11-20`, `hub`.

    Raises `BadInput` where it is none of its kind; what else may be wrong, the typing says.
    """
    text = text.strip()
    if kind == "boolean":
        if text not in ("true", "false"):
            cure = f"write {FORMS['boolean']}"
            raise BadInput(f"{text!r} is neither true nor false", where=where, cure=cure)
        return text == "true"
    return _written_money(text, where) if kind == "money" else text


def _written_money(text: str, where: str) -> JsonValue:
    amount, _, code = text.partition(" ")
    code = code.strip()
    if not _NUMBER.fullmatch(amount):
        raise BadInput(f"{text!r} is no amount", where=where, cure="write e.g. 49.90 USD")
    if amount.startswith("-"):
        raise BadInput(f"{amount} is negative", where=where, cure="give it as a positive amount")
    if not code:
        cure = f"name it, e.g. {amount} GBP"
        raise BadInput(f"{amount} has no currency", where=where, cure=cure)
    if not _CODE.fullmatch(code):
        cure = f"did you mean {code.upper()}?" if _CODE.fullmatch(code.upper()) else "e.g. GBP"
        raise BadInput(f"{code!r} is no ISO 4217 currency", where=where, cure=cure)
    return {"amount": amount, "currency": code}


def money_parameter(declared: ActionType) -> str | None:
    """The parameter that is meant by the amount of an action: what it costs, else its only one."""
    money = [name for name, one in declared.parameters.items() if one.type == "money"]
    if declared.cost_parameter in money:
        return declared.cost_parameter
    return money[0] if len(money) == 1 else None


def nearest(word: str, known: Sequence[str], otherwise: str) -> str:
    """A cure for a name that nothing declares: those it may have meant, else some there are."""
    near = difflib.get_close_matches(word, known, n=2, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"there are {', '.join(sorted(known)[:12])}" if known else otherwise


def _parameter(raw: JsonValue, kind: FactType, where: str) -> Parameter:
    value = read_value(kind, raw)
    if value is None:
        raise BadInput(f"{_shown(raw)} is no {kind}", where=where, cure=f"give {FORMS[kind]}")
    if isinstance(value, Money):
        _check_amount(value.amount, where)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return Decimal(str(raw))  # as it was written: 30 and not 30.0
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value


def _check_amount(amount: Decimal, where: str) -> None:
    if not amount.is_finite() or abs(amount) >= MOST:
        raise BadInput("the amount is beyond reason", where=where, cure=f"give less than {MOST:f}")
    if amount < 0:
        raise BadInput(f"{amount} is negative", where=where, cure="give it as a positive amount")


def _shown(value: JsonValue) -> str:
    """The value in a message, shortened."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
