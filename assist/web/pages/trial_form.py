"""The try-out form of a page -> a trial: facts a line each, as a person writes them."""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import JsonValue, ValidationError

from assist.domain.policy import PolicySet
from assist.errors import BadInput
from assist.service.trial_input import checked_kind, money_parameter, nearest, written
from assist.service.trials import Trial


class TrialForm(NamedTuple):
    """What was typed in."""

    date: str = ""
    level: str = "agent"
    kind: str = ""
    amount: str = ""
    currency: str = ""
    region: str = ""
    facts: str = ""
    granted: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> "TrialForm":
        """The fields that the form knows."""
        return cls(**{name: fields[name] for name in cls._fields if name in fields})


def trial_of(form: TrialForm, policy_set: PolicySet) -> Trial:
    """What is to be tried. Raises `BadInput` for the first field that cannot be read."""
    declared = checked_kind(form.kind, policy_set, where="kind")
    parameters: dict[str, JsonValue] = {}
    if form.amount:
        name = money_parameter(declared) if declared else None
        if name is None:
            raise BadInput(f"{form.kind} has no amount", where="amount", cure="leave it empty")
        parameters[name] = written(f"{form.amount} {form.currency}", "money", "amount")
    try:
        return Trial.model_validate(
            {
                "date": form.date,
                "level": form.level,
                "actions": [{"kind": form.kind, "parameters": parameters}],
                "facts": _facts(form.facts, policy_set),
                "scope": {"region": form.region or None},
                "granted": [] if form.granted == "nothing" else None,
            }
        )
    except ValidationError as error:
        where = str(error.errors()[0]["loc"][0])
        raise BadInput("cannot be read", where=where, cure="correct it") from error


def _facts(text: str, policy_set: PolicySet) -> dict[str, JsonValue]:
    declared = {one.path: one for one in policy_set.facts}
    found: dict[str, JsonValue] = {}
    for line in filter(str.strip, text.splitlines()):
        path, equals, value = (part.strip() for part in line.partition("="))
        if not (path and equals and value):
            cure = "write e.g. order.delivered_at = 2026-11-02"
            raise BadInput(f"{line!r} is no fact", where="facts", cure=cure)
        if path not in declared:
            cure = nearest(path, list(declared), "declare it in facts.yaml")
            raise BadInput(f"the fact {path!r} is not declared", where="facts", cure=cure)
        found[path] = written(value, declared[path].type, "facts")
    return found
