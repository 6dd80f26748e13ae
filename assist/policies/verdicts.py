"""May this be done at this level? Policies, limits and grants, judged together. Pure and total."""

from collections.abc import Sequence
from datetime import date

from assist.domain.base import Money
from assist.domain.policy import Level, PolicySet, Verdict
from assist.domain.solution import Action
from assist.policies.amounts import amount_of, merged
from assist.policies.authority import coverage, highest
from assist.policies.clauses import Scope, standing
from assist.policies.combining import settled, strictest
from assist.policies.condition_tree import Facts
from assist.policies.known_names import ALWAYS
from assist.policies.permission import Asked, limits, permission, required

__all__ = ["judge", "judge_all", "strictest"]


def judge(
    action: Action,
    policy_set: PolicySet,
    *,
    facts: Facts,
    on: date,
    level: Level,
    region: str | None = None,
    product: str | None = None,
    tier: str | None = None,
) -> Verdict:
    """The verdict on one action for a case with these facts, asked at `level`.

    Clauses in force decide in order of precedence; limits and grants cap the amount in its own
    currency; what cannot be decided for want of a fact is `unknown` and names the fact.
    """
    if action.kind in ALWAYS:
        return Verdict(value="allowed", reason=f"everybody may {action.kind}")
    if action.kind not in {declared.kind for declared in policy_set.actions}:
        top = highest(policy_set.authority)
        return Verdict(value="needs_approval", level=top, reason=f"{action.kind} is not declared")
    scope = Scope(region=region, product=product, tier=tier)
    asked = Asked(
        kind=action.kind,
        level=level,
        amount=amount_of(action, policy_set, region),
        policy_set=policy_set,
        facts=facts,
        on=on,
    )
    clauses = standing(policy_set, facts, on, scope, {action.kind})
    certain = strictest([_granted(asked), *required(asked, clauses)], policy_set.authority)
    for ways, open_ in (limits(asked, clauses), permission(asked, clauses)):
        certain = settled(ways, open_, certain, policy_set.authority)
    return certain


def judge_all(
    actions: Sequence[Action],
    policy_set: PolicySet,
    *,
    facts: Facts,
    on: date,
    level: Level,
    region: str | None = None,
    product: str | None = None,
    tier: str | None = None,
) -> Verdict:
    """The verdict on doing all of these: the strictest of them.

    Amounts of one kind are added up first, so that a sum above a limit cannot be had in parts.
    """
    verdicts = [
        judge(
            action, policy_set,
            facts=facts, on=on, level=level, region=region, product=product, tier=tier,
        )
        for action in (*actions, *merged(actions, policy_set))
    ]  # fmt: skip
    return strictest(verdicts, policy_set.authority)


def _granted(asked: Asked) -> Verdict:
    """What the grants say about the amount at the asking level."""
    authority, amount = asked.policy_set.authority, asked.amount
    capped = any(grant.limit for grant in authority.grants if grant.action == asked.kind)
    money = amount.money
    if capped and money is None and not coverage(authority, asked.kind, None, asked.level).within:
        return amount.unknown(asked.kind)
    found = coverage(authority, asked.kind, money, asked.level)
    if found.within is None:
        return Verdict(value="unknown", reason=found.arithmetic[0])
    if found.within:
        reason = f"within the authority of {asked.level}"
        return Verdict(value="allowed", arithmetic=found.arithmetic, reason=reason)
    return Verdict(
        value="needs_approval",
        level=found.level,
        arithmetic=found.arithmetic,
        reason=_beyond(asked, found.level, money),
    )


def _beyond(asked: Asked, level: Level | None, money: Money | None) -> str:
    approvers = asked.policy_set.authority.approvers
    what = f"{asked.kind} of {money}" if money else asked.kind
    return f"{what} is decided by {approvers.get(level or '', level)}"
