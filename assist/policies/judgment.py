"""All that the rules say about one action, and the verdict: what `judge` and `prove` both rest on.

Pure and total: every action in every case comes to exactly one verdict.
"""

from collections.abc import Sequence
from typing import NamedTuple

from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.domain.verdict import Verdict
from assist.policies.amounts import Amount, amount_of, together
from assist.policies.asked import Asked, Circumstances
from assist.policies.authority import Coverage, coverage
from assist.policies.clauses import Standing, standing
from assist.policies.combining import Ways, settled
from assist.policies.counted import counted
from assist.policies.known_names import ALWAYS
from assist.policies.levels import highest
from assist.policies.limits import limits
from assist.policies.permission import permission, required


class Judgment(NamedTuple):
    """The verdict on what was asked, with the clauses and grants that were considered.

    No clause and no grant is considered for what everybody may do, and for what is not declared.
    """

    asked: Asked
    verdict: Verdict
    clauses: Sequence[Standing] = ()
    coverage: Coverage | None = None


def judgment(action: Action, policy_set: PolicySet, case: Circumstances) -> Judgment:
    """One action, judged."""
    case = _with_counts(case, policy_set)
    return _judged(Asked(action.kind, _amount(action, policy_set, case), policy_set, case))


def judgments(
    actions: Sequence[Action], policy_set: PolicySet, case: Circumstances
) -> list[Judgment]:
    """Each kind judged, with all that is asked of it added up and counted.

    Where the amounts of one kind are not all there to be added up, each is judged by itself too.
    """
    case = _with_counts(case, policy_set)
    of_kind: dict[str, list[Amount]] = {}
    for action in actions:
        of_kind.setdefault(action.kind, []).append(_amount(action, policy_set, case))
    return [
        _judged(Asked(kind, amount, policy_set, case, times))
        for kind, amounts in of_kind.items()
        for amount, times in _at_once(amounts)
    ]


def _with_counts(case: Circumstances, policy_set: PolicySet) -> Circumstances:
    """The case, with what the ledger counts among its facts."""
    if not case.granted:
        return case
    facts = counted(case.facts, policy_set.facts, case.granted, case.on)
    return case._replace(facts=facts)


def _at_once(amounts: Sequence[Amount]) -> list[tuple[Amount, int]]:
    """The amounts to judge, each with how often the action comes."""
    sums = [(total, len(amounts)) for total in together(amounts)]
    if len(amounts) == 1 or all(amount.money for amount in amounts):
        return sums
    return [*((amount, 1) for amount in amounts), *sums]


def _amount(action: Action, policy_set: PolicySet, case: Circumstances) -> Amount:
    return amount_of(action, policy_set, case.scope.region)


def _judged(asked: Asked) -> Judgment:
    policy_set, case = asked.policy_set, asked.case
    if asked.kind in ALWAYS:
        return Judgment(asked, Verdict(value="allowed", reason=f"everybody may {asked.kind}"))
    if all(declared.kind != asked.kind for declared in policy_set.actions):
        top = highest(policy_set.authority)
        reason = f"{asked.kind} is not declared"
        return Judgment(asked, Verdict(value="needs_approval", level=top, reason=reason))
    clauses = standing(policy_set, case.facts, case.on, case.scope, {asked.kind})
    granting = coverage(asked)
    parts = [
        permission(asked, clauses),
        *limits(asked, clauses, granting.level),
        granting.ways,
        *(Ways((verdict,)) for verdict in (*required(asked, clauses), *_absurd(asked.amount))),
    ]
    return Judgment(asked, settled(parts, policy_set.authority), clauses, granting)


def _absurd(amount: Amount) -> list[Verdict]:
    """Nobody may grant what is no amount at all."""
    return [Verdict(value="unknown", reason=amount.problem)] if amount.absurd else []
