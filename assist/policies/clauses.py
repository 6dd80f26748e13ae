"""Which clauses are in force for a case, in order of precedence."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from assist.domain.base import Model
from assist.domain.policy import Clause, Policy, PolicySet, Requirement
from assist.policies.condition_tree import Facts, Truth
from assist.policies.index import PRECEDENCE, PolicyIndex, Rank, index_of, rank_of

__all__ = ["PRECEDENCE", "Scope", "Standing", "in_force", "requirements", "standing"]


class Scope(Model):
    """Whom and what a case is about. None: not known, which is not the same as everywhere."""

    region: str | None = None
    product: str | None = None
    tier: str | None = None


class Standing(NamedTuple):
    """A clause that is or may be in force: `truth.value` is none while that is unknown."""

    policy: Policy
    clause: Clause
    truth: Truth

    @property
    def rank(self) -> Rank:
        """Order of precedence, first wins: type, then narrower scope, then later date."""
        return rank_of(self.policy, self.clause)


def in_force(
    policy_set: PolicySet,
    *,
    facts: Facts,
    on: date,
    region: str | None = None,
    product: str | None = None,
    tier: str | None = None,
    actions: Collection[str] | None = None,
) -> tuple[tuple[Policy, Clause], ...]:
    """Clauses whose date, scope and condition fit or, for want of facts, may fit the case.

    Highest precedence first. `actions`: only clauses that govern one of these kinds.
    """
    scope = Scope(region=region, product=product, tier=tier)
    found = standing(policy_set, facts, on, scope, actions)
    return tuple((s.policy, s.clause) for s in found if s.truth.value is not False)


def requirements(
    policy_set: PolicySet,
    *,
    facts: Facts,
    on: date,
    region: str | None = None,
    product: str | None = None,
    tier: str | None = None,
    actions: Collection[str] | None = None,
) -> tuple[Requirement, ...]:
    """What `in_force` finds, as requirements: each clause's text, its flexibility, the purpose."""
    found = in_force(
        policy_set, facts=facts, on=on, region=region, product=product, tier=tier, actions=actions
    )
    return tuple(
        Requirement(
            clause_id=clause.id,
            type=clause.type,
            text=clause.text,
            flexibility=clause.flexibility,
            purpose=policy.purpose,
        )
        for policy, clause in found
    )


def standing(
    policy_set: PolicySet,
    facts: Facts,
    on: date,
    scope: Scope,
    actions: Collection[str] | None = None,
) -> list[Standing]:
    """Every clause of the policies that hold on that day and may fit the scope, by precedence.

    Clauses whose condition is false are among them: that a policy governs an action and does not
    allow it here is something else than silence.
    """
    index = index_of(policy_set)
    holding = index.holding(on)
    fits: dict[int, Truth] = {}
    found: list[Standing] = []
    for entry in index.entries(actions):
        number = entry.policy
        if number not in holding:
            continue
        policy = index.policies[number]
        if number not in fits:
            fits[number] = _fits(index, policy, facts, scope)
        if fits[number].value is not False:
            truth = _both(fits[number], entry.condition.weigh(facts, on))
            found.append(Standing(policy, entry.clause, truth))
    return found


def _fits(index: PolicyIndex, policy: Policy, facts: Facts, scope: Scope) -> Truth:
    """Whether region, product and tier match; what is not known is asked of the facts."""
    missing: list[str] = []
    for name, allowed in (
        ("region", policy.regions), ("product", policy.products), ("tier", policy.tiers)
    ):  # fmt: skip
        if not allowed:
            continue
        path = index.scope_facts[name]
        known = getattr(scope, name) or facts.get(path)
        if known is None:
            missing.append(path)
        elif known not in allowed:
            return _OUTSIDE
    return Truth(None, tuple(missing)) if missing else _INSIDE


_INSIDE, _OUTSIDE = Truth(True), Truth(False)


def _both(one: Truth, other: Truth) -> Truth:
    """Both hold: false wins over unknown."""
    if False in (one.value, other.value):
        return Truth(False)
    if one.value and other.value:
        return Truth(True)
    return Truth(None, one.missing + other.missing, one.problems + other.problems)
