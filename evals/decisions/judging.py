"""A case -> what the policy engine says to it: verdict, alternative, proof."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce

from assist.domain.base import Model, Money
from assist.domain.policy import PolicySet
from assist.domain.proof import ProofLine
from assist.domain.solution import Action, Alternative
from assist.domain.verdict import Verdict
from assist.policies.alternatives import best_alternative
from assist.policies.proof import prove
from assist.policies.verdicts import judge, judge_all
from evals.decisions.cases import DecisionCase
from evals.decisions.situation import Situation, situation


class Proof(Model):
    """How the verdict on one action comes about."""

    kind: str
    lines: tuple[ProofLine, ...]


class Judged(Model):
    """The verdict on all actions together, what may be done instead, and how it comes about."""

    verdict: Verdict
    alternative: Alternative
    proofs: tuple[Proof, ...]


def judged(case: DecisionCase, policy_set: PolicySet) -> Judged:
    """The engine's answer to the case.

    What may be done instead answers the first action that may not be done by itself, else the
    first sum that may not; the proofs are of each action, then of each sum.
    """
    told = situation(case, policy_set)
    actions = [asked.action() for asked in case.actions]
    whole = [*actions, *_sums(actions)]
    return Judged(
        verdict=judge_all(actions, policy_set, **told),
        alternative=best_alternative(_refused(whole, policy_set, told), policy_set, **told),
        proofs=tuple(Proof(kind=a.kind, lines=prove(a, policy_set, **told)) for a in whole),
    )


def _refused(actions: Sequence[Action], policy_set: PolicySet, told: Situation) -> Action:
    """The first that may not be done; where each may, the first."""
    verdicts = [judge(action, policy_set, **told) for action in actions]
    refused = (a for a, v in zip(actions, verdicts, strict=True) if v.value != "allowed")
    return next(refused, actions[0])


def _sums(actions: Sequence[Action]) -> Iterator[Action]:
    """For each kind that comes more than once, one action with its amounts added up."""
    for kind, times in Counter(action.kind for action in actions).items():
        if times > 1:
            yield reduce(_added, (action for action in actions if action.kind == kind))


def _added(one: Action, other: Action) -> Action:
    """The first with the other's amounts on top; in two currencies nothing can be added."""
    sums = {
        name: mine.model_copy(update={"amount": mine.amount + its.amount})
        for name, mine in one.parameters.items()
        if isinstance(mine, Money)
        and isinstance(its := other.parameters.get(name), Money)
        and its.currency == mine.currency
    }
    return one.model_copy(update={"parameters": {**one.parameters, **sums}})
