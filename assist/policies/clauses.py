"""Which clauses are in force for a case, in order of precedence."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from assist.domain.base import Model
from assist.domain.policy import Clause, ClauseType, Policy, PolicySet, Requirement
from assist.policies.condition_tree import Facts, Truth
from assist.policies.conditions import compile_condition

PRECEDENCE: tuple[ClauseType, ...] = ("mandatory", "exception", "discretionary", "standard")


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
    def rank(self) -> tuple[int, int, int]:
        """Order of precedence, first wins: type, then narrower scope, then later date."""
        scoped = sum(
            bool(s) for s in (self.policy.regions, self.policy.products, self.policy.tiers)
        )
        kind = PRECEDENCE.index(self.clause.type)
        return kind, -scoped, -self.policy.effective.toordinal()


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
    found = [
        Standing(policy, clause, _both(fits, _weigh(policy_set, clause, facts, on)))
        for policy in _holding(policy_set, on)
        if (fits := _fits(policy_set, policy, facts, scope)).value is not False
        for clause in policy.clauses
        if actions is None or not set(actions).isdisjoint(clause.actions)
    ]
    return sorted(found, key=lambda s: (s.rank, s.clause.id))


def _holding(policy_set: PolicySet, on: date) -> Iterator[Policy]:
    """Policies in force on the day, without those that another one in force supersedes."""
    live = [
        policy
        for policy in policy_set.policies
        if policy.effective <= on and (policy.expires is None or on < policy.expires)
    ]
    replaced = {policy.supersedes for policy in live if policy.supersedes}
    for policy in live:
        if replaced.isdisjoint((policy.id, f"{policy.id} {policy.version}")):
            yield policy


def _weigh(policy_set: PolicySet, clause: Clause, facts: Facts, on: date) -> Truth:
    return compile_condition(clause.when, policy_set.facts, where=clause.id).weigh(facts, on)


def _fits(policy_set: PolicySet, policy: Policy, facts: Facts, scope: Scope) -> Truth:
    """Whether region, product and tier match; what is not known is asked of the facts first."""
    missing: list[str] = []
    for name, allowed in (
        ("region", policy.regions), ("product", policy.products), ("tier", policy.tiers)
    ):  # fmt: skip
        if not allowed:
            continue
        path = _fact_of(policy_set, name)
        known = getattr(scope, name) or facts.get(path)
        if known is None:
            missing.append(path)
        elif known not in allowed:
            return Truth(False)
    return Truth(None, tuple(missing)) if missing else Truth(True)


def _fact_of(policy_set: PolicySet, name: str) -> str:
    """The declared fact that tells a case's region, product or tier: the first with that name."""
    paths = [fact.path for fact in policy_set.facts if fact.path.split(".")[-1] == name]
    return paths[0] if paths else name


def _both(one: Truth, other: Truth) -> Truth:
    """Both hold: false wins over unknown."""
    if False in (one.value, other.value):
        return Truth(False)
    if one.value and other.value:
        return Truth(True)
    return Truth(None, one.missing + other.missing, one.problems + other.problems)
