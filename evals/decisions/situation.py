"""A case -> what the policy engine is told: facts and scope, as the product tells it."""

from datetime import date
from typing import TypedDict

from pydantic import JsonValue

from assist.domain.facts import FactDeclaration
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.verdict import Level
from evals.decisions.cases import DecisionCase

SCOPES = ("region", "product", "tier")


class Situation(TypedDict):
    """What `judge`, `prove` and `best_alternative` take beside action and policy set."""

    facts: dict[str, JsonValue]
    on: date
    level: Level
    region: str | None
    product: str | None
    tier: str | None
    granted: tuple[Granted, ...] | None


def situation(case: DecisionCase, policy_set: PolicySet) -> Situation:
    """The case's situation. A region, product or tier that is known counts as fact and as scope."""
    facts = dict(case.facts)
    known: dict[str, str | None] = {}
    for name in SCOPES:
        declared, given = scope_fact(policy_set, name), getattr(case, name)
        if declared is not None and given is not None:
            facts.setdefault(declared.path, given)
        told = facts.get(declared.path) if declared is not None else given
        known[name] = told if isinstance(told, str) else None
    return Situation(
        facts=facts,
        on=case.date,
        level=case.level,
        region=known["region"],
        product=known["product"],
        tier=known["tier"],
        granted=case.ledger(),
    )


def scope_fact(policy_set: PolicySet, name: str) -> FactDeclaration | None:
    """The declared fact that tells a case's region, product or tier: the first of that name."""
    return next((f for f in policy_set.facts if f.path.split(".")[-1] == name), None)
