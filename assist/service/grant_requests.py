"""What is asked to be granted -> what the policy engine can judge. Every misfit names its field."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any, NamedTuple, TypedDict

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue

from assist.domain.actions import ActionType
from assist.domain.base import Model, Money
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Parameter
from assist.domain.verdict import Level
from assist.errors import BadInput
from assist.policies.amounts import amount_of, fault_of
from assist.policies.condition_tree import Facts
from assist.policies.values import Value, read_value
from assist.service.acting import asking, told
from assist.understanding.facts import declared_values


def _printable(text: str) -> str:
    if not text.isprintable() or not text.strip():
        raise ValueError("must be words, without line breaks and control characters")
    if text != text.strip():  # "c-1 " would be another customer than "c-1", with caps of its own
        raise ValueError("must not begin or end with a space")
    return text


Key = Annotated[str, Field(max_length=200, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$")]
"""An id that the caller chooses, fit for a URL."""
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
By = Annotated[Name, BeforeValidator(told), Field(default_factory=asking, validate_default=True)]
"""Who acts: as the caller says, else whoever is signed in. Missing where neither says."""


class GrantRequest(Model):
    """An action that shall be granted to a customer. The same `id` again is the same grant."""

    id: Key
    customer_id: Name
    ticket_id: Name | None = Field(default=None, description="Else that of the suggestion")
    suggestion_id: Name | None = None
    action: Name = Field(description="A kind declared in `actions.yaml`")
    parameters: dict[str, JsonValue] = Field(
        default_factory=dict, description="By the names and types that the action declares"
    )
    facts: dict[str, JsonValue] = Field(
        default_factory=dict, description="As a ticket's: by the paths of `facts.yaml`"
    )
    region: Name | None = Field(default=None, description="Else the fact `customer.region`")
    product: Name | None = None
    tier: Name | None = Field(default=None, description="Else the fact `customer.tier`")
    level: Name = Field(default="agent", description="The level of whoever grants it")
    by: By = Field(description="Who grants it; else whoever asks")
    on: date = Field(
        ge=date(1970, 1, 1), description="The day the ticket came: whose rules it is judged by"
    )


class Judged(TypedDict):
    """The case, as the policy engine takes it."""

    facts: dict[str, Any]
    on: date
    level: Level
    region: str | None
    product: str | None
    tier: str | None


class Wanted(NamedTuple):
    """A request that has been read: everything in it is declared, and of its type."""

    asked: GrantRequest
    ticket_id: str
    action: Action
    amount: Money | None
    judged: Judged

    @property
    def on(self) -> date:
        """The day whose rules hold."""
        return self.asked.on

    def granted(self, *, at: datetime, clauses: tuple[str, ...], policy_version: str) -> Granted:
        """The grant that it comes to."""
        return Granted(
            id=self.asked.id,
            customer_id=self.asked.customer_id,
            ticket_id=self.ticket_id,
            suggestion_id=self.asked.suggestion_id or "",
            action=self.action.kind,
            parameters=self.action.parameters,
            amount=self.amount,
            level=self.asked.level,
            by=self.asked.by,
            at=at,
            clauses=clauses,
            policy_version=policy_version,
        )


def read_request(
    asked: GrantRequest, policy_set: PolicySet, ticket_id: str, on_record: Facts
) -> Wanted:
    """The request by what the company declares. Raises `BadInput` naming the field."""
    declared = {kind.kind: kind for kind in policy_set.actions}
    _check_known(asked.action, declared, "action", "an action of actions.yaml")
    _check_known(asked.level, policy_set.authority.levels, "level", "a level of authority.yaml")
    action = read_action(asked.action, asked.parameters, declared[asked.action])
    judged = _judged(asked, policy_set, on_record)
    amount = amount_of(action, policy_set, judged["region"])
    if amount.money is None and amount.problem:
        raise BadInput(amount.problem, where="parameters", cure="give it as the action declares it")
    return Wanted(asked, ticket_id, action, amount.money, judged)


def _judged(asked: GrantRequest, policy_set: PolicySet, on_record: Facts) -> Judged:
    """The case; what is on record about the customer goes before what the caller says."""
    facts = {**declared_values(asked.facts, policy_set.facts), **on_record}
    scope: dict[str, str | None] = {}
    for name in ("region", "tier"):
        path, told = f"customer.{name}", getattr(asked, name)
        scope[name] = told or facts.get(path)
        if told is not None and facts.setdefault(path, told) != told:
            cure = "correct one of the two"
            raise BadInput(f"the fact {path} is {facts[path]!r}", where=name, cure=cure)
    return Judged(
        facts=facts,
        on=asked.on,
        level=asked.level,
        region=scope["region"],
        product=asked.product,
        tier=scope["tier"],
    )


def read_action(kind: str, parameters: Mapping[str, JsonValue], declared: ActionType) -> Action:
    """The action with its parameters by their declared types. Raises `BadInput` naming one."""
    return Action(kind=kind, parameters=_parameters(parameters, declared))


def _parameters(given: Mapping[str, JsonValue], declared: ActionType) -> dict[str, Parameter]:
    read: dict[str, Parameter] = {}
    for name, raw in given.items():
        where = f"parameters.{name}"
        _check_known(name, declared.parameters, where, f"a parameter of {declared.kind}")
        kind = declared.parameters[name].type
        value = read_value(kind, raw)
        if value is None:
            shape = '; money is {"amount": "20.00", "currency": "GBP"}' if kind == "money" else ""
            raise BadInput(f"is no {kind}", where=where, cure=f"give a value of that type{shape}")
        if isinstance(value, Money) and (fault := fault_of(value)):
            raise BadInput(fault, where=where, cure="give the amount that the customer is to get")
        read[name] = _as_parameter(value)
    return read


def _as_parameter(value: Value) -> Parameter:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


def _check_known(name: str, known: Iterable[str], where: str, what: str) -> None:
    names = list(known)
    if name not in names:
        near = get_close_matches(name, names, n=3) or names[:10]
        cure = f"use {', '.join(near)}" if near else "there are none to use"
        raise BadInput(f"{name!r} is not {what}", where=where, cure=cure)
