"""May this be done at this level? Policies, limits, grants and caps together. Pure and total."""

from collections.abc import Sequence
from datetime import date

from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.domain.verdict import Level, Verdict
from assist.policies.asked import Circumstances
from assist.policies.clauses import Scope
from assist.policies.combining import strictest
from assist.policies.condition_tree import Facts
from assist.policies.judgment import judgment, judgments

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
    granted: Sequence[Granted] | None = None,
) -> Verdict:
    """The verdict on one action for a case with these facts, asked at `level`.

    Clauses in force decide in order of precedence; limits and grants cap the amount in its own
    currency, and caps what the customer was granted before and this together; what cannot be
    decided for want of a fact is `unknown` and names the fact. `granted` is all that the customer
    was granted before; none where nobody knows who asks.
    """
    scope = Scope(region=region, product=product, tier=tier)
    return judgment(action, policy_set, Circumstances(facts, on, level, scope, granted)).verdict


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
    granted: Sequence[Granted] | None = None,
) -> Verdict:
    """The verdict on doing all of these: the strictest of them.

    Amounts of one kind are added up first, and so is how often it comes: a sum above a limit or a
    cap cannot be had in parts.
    """
    scope = Scope(region=region, product=product, tier=tier)
    case = Circumstances(facts, on, level, scope, granted)
    found = [one.verdict for one in judgments(actions, policy_set, case)]
    return strictest(found, policy_set.authority)
