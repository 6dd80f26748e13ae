"""Use case: what the rules say to actions tried out on made-up facts, with proof and way out."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from pydantic import AwareDatetime, Field, JsonValue

from assist.domain.base import Model, Money
from assist.domain.facts import FactDeclaration, FactSource
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Alternative
from assist.domain.verdict import Level, Verdict
from assist.errors import BadInput
from assist.policies.alternatives import best_alternative
from assist.policies.proof import prove
from assist.policies.verdicts import judge, judge_all
from assist.service.trial_input import (
    checked_facts,
    checked_kind,
    checked_level,
    scope_paths,
    typed_action,
)

MAX_ACTIONS = 20
MAX_GRANTS = 200
"""More than a case has by far; each action is judged, with each grant read."""

Name = Field(default=None, min_length=1, max_length=200)


class AskedAction(Model):
    """An action to try: its kind, and its parameters in the types that `actions.yaml` declares."""

    kind: str = Field(min_length=1, max_length=200)
    parameters: dict[str, JsonValue] = Field(default_factory=dict, max_length=50)


class PastGrant(Model):
    """Something the customer was granted before: the action, its amount if it has one, the day."""

    action: str = Field(min_length=1, max_length=200)
    amount: Money | None = None
    at: datetime.date | AwareDatetime
    level: Level = Field(default="agent", max_length=200)


class TrialScope(Model):
    """Whom and what the case is about; what is left out is taken from the facts, if they say."""

    region: str | None = Name
    product: str | None = Name
    tier: str | None = Name


class Trial(Model):
    """What to try: the day the case is of, who asks, for what, and what is known.

    `granted`: what the customer was granted before; none where nobody knows.
    """

    date: datetime.date
    level: Level = Field(default="agent", max_length=200)
    actions: tuple[AskedAction, ...] = Field(min_length=1, max_length=MAX_ACTIONS)
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    scope: TrialScope = TrialScope()
    granted: tuple[PastGrant, ...] | None = Field(default=None, max_length=MAX_GRANTS)


class ToAsk(Model):
    """A fact that would decide something: its path, the question for it, and who knows."""

    fact: str
    question: str
    source: FactSource


class TriedAction(Model):
    """An action with its verdict and proof, and the best that may be done instead."""

    action: Action
    alternative: Alternative


class Tried(Model):
    """What came of a trial: each action, the verdict on all of them together, what to ask."""

    version: str
    date: datetime.date
    level: Level
    scope: TrialScope
    actions: tuple[TriedAction, ...]
    verdict: Verdict
    questions: tuple[ToAsk, ...]


class _Case(TypedDict):
    """What all the actions of a trial are judged for."""

    facts: Mapping[str, JsonValue]
    on: datetime.date
    level: Level
    region: str | None
    product: str | None
    tier: str | None
    granted: tuple[Granted, ...] | None


def try_policies(trial: Trial, policy_set: PolicySet) -> Tried:
    """Judge the actions by these rules. Raises `BadInput` for a fact or an action that is none."""
    checked_level(trial.level, policy_set, where="level")
    facts, scope = _known(trial, policy_set.facts)
    case = _Case(
        facts=facts,
        on=trial.date,
        level=trial.level,
        region=scope.region,
        product=scope.product,
        tier=scope.tier,
        granted=None if trial.granted is None else _ledger(trial.granted, policy_set),
    )
    actions = [
        typed_action(asked.kind, asked.parameters, policy_set, facts, where=f"actions.{index}")
        for index, asked in enumerate(trial.actions)
    ]
    tried = tuple(_tried(action, policy_set, case) for action in actions)
    whole = judge_all(actions, policy_set, **case)
    return Tried(
        version=policy_set.version,
        date=trial.date,
        level=trial.level,
        scope=scope,
        actions=tried,
        verdict=whole,
        questions=_to_ask([*(one.action.verdict for one in tried), whole], policy_set.facts),
    )


def _tried(action: Action, policy_set: PolicySet, case: _Case) -> TriedAction:
    found = {
        "verdict": judge(action, policy_set, **case),
        "proof": prove(action, policy_set, **case),
    }
    return TriedAction(
        action=action.model_copy(update=found),
        alternative=best_alternative(action, policy_set, **case),
    )


def _known(
    trial: Trial, declarations: Sequence[FactDeclaration]
) -> tuple[dict[str, JsonValue], TrialScope]:
    """Facts and scope, each completed by the other: a region is a fact, and the fact a region."""
    paths = scope_paths(declarations)
    given = trial.scope.model_dump(exclude_none=True)
    facts = checked_facts(trial.facts, declarations)
    stated = {paths[name]: value for name, value in given.items() if name in paths}
    checked_facts(stated, declarations, where="scope")
    for name, path in paths.items():
        if name in given and facts.setdefault(path, given[name]) != given[name]:
            raise BadInput(
                f"{given[name]!r} is asked for and the facts say {facts[path]!r}",
                where=f"scope.{name}",
                cure="leave one of them out",
            )
    known: dict[str, Any] = {name: facts[path] for name, path in paths.items() if path in facts}
    return facts, TrialScope.model_validate(known | given)


def _ledger(granted: Sequence[PastGrant], policy_set: PolicySet) -> tuple[Granted, ...]:
    """The grants as a ledger would hold them; a day without a time is its noon in UTC."""
    for index, one in enumerate(granted):
        where = f"granted.{index}"
        checked_kind(one.action, policy_set, where=f"{where}.action")
        checked_level(one.level, policy_set, where=f"{where}.level")
    return tuple(
        Granted(
            id=f"granted-{number}",
            customer_id="tried",
            action=one.action,
            amount=one.amount,
            level=one.level,
            by=one.level,
            at=one.at if isinstance(one.at, datetime.datetime) else _noon(one.at),
        )
        for number, one in enumerate(granted, start=1)
    )


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def _to_ask(
    verdicts: Sequence[Verdict | None], declarations: Sequence[FactDeclaration]
) -> tuple[ToAsk, ...]:
    """What the verdicts lack, each fact once, worded as `facts.yaml` words it."""
    declared = {one.path: one for one in declarations}
    paths = dict.fromkeys(path for verdict in verdicts if verdict for path in verdict.facts)
    return tuple(_asked(path, declared.get(path)) for path in paths)


def _asked(path: str, declared: FactDeclaration | None) -> ToAsk:
    if declared is None:  # of no company's making: who the customer is
        return ToAsk(fact=path, question=f"What is the {path.replace('.', ' ')}?", source="agent")
    question = declared.question or f"What is the {declared.label or declared.path}?"
    return ToAsk(fact=path, question=question, source=declared.source)
