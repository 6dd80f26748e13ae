"""The best that may be done instead of what was asked, within the asking level's authority."""

from collections.abc import Iterator, Sequence
from datetime import date

from assist.domain.actions import ActionType
from assist.domain.base import Money
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Alternative
from assist.domain.verdict import Level
from assist.policies.actions import filled
from assist.policies.amounts import amount_of
from assist.policies.asked import Circumstances
from assist.policies.clauses import Scope
from assist.policies.condition_tree import Facts
from assist.policies.conditions import compile_condition
from assist.policies.judgment import judgment
from assist.policies.known_names import ALWAYS
from assist.policies.rooms import rooms


def best_alternative(
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
) -> Alternative:
    """The best action that `level` may do itself; its verdict is always `allowed`.

    What was asked, where it may; else as much of it as may be granted; else the first kind that the
    company names instead (`ActionType.alternatives`), whole or in part; else handing it over, and
    the reason says which facts the first of those kinds lacks.
    """
    scope = Scope(region=region, product=product, tier=tier)
    case = Circumstances(facts, on, level, scope, granted)
    closed: list[str] = []
    for candidate, reason in _candidates(action, policy_set, case):
        verdict = judgment(candidate, policy_set, case).verdict
        if verdict.value == "allowed":
            return Alternative(action=candidate, verdict=verdict, reason=reason)
        if candidate.kind != action.kind and verdict.facts:
            closed.append(f"{candidate.kind} needs {_joined(verdict.facts)} to be known")
    return _handing_over(action, policy_set, case, closed[:1])


def _candidates(
    action: Action, policy_set: PolicySet, case: Circumstances
) -> Iterator[tuple[Action, str]]:
    """What could be done, the best first, each with the reason to offer it."""
    who, kinds = _an(case.level), {declared.kind: declared for declared in policy_set.actions}
    yield action, f"{who} may grant {action.kind} here as it was asked"
    if action.kind not in kinds:
        return
    for part, money in _parts(action, policy_set, case):
        total = amount_of(action, policy_set, case.scope.region).money
        yield part, f"{money} is the most {who} may grant as {action.kind} here; {total} was asked"
    for kind in kinds[action.kind].alternatives:
        if kind in ALWAYS:
            yield Action(kind=kind), f"{kind} is what {who} may do here instead of {action.kind}"
        if kind not in kinds:
            continue
        for instead in _instead(action, kinds[kind], policy_set, case):
            given = _cost_given(instead, kinds[kind])
            what = f"{kind} of {given}" if given else kind
            yield instead, f"{what} is what {who} may grant here instead of {action.kind}"


def _parts(
    action: Action, policy_set: PolicySet, case: Circumstances
) -> Iterator[tuple[Action, Money]]:
    """The action with less of its cost parameter, the most first, and its amount in all."""
    declared = _declared(action.kind, policy_set)
    total, own = (
        amount_of(action, policy_set, case.scope.region).money,
        _cost_given(action, declared),
    )
    if total is None or own is None or not declared.in_part:
        return
    rest = total.amount - own.amount
    for most in rooms(action.kind, total.currency, policy_set, case):
        if rest < most < total.amount:
            yield (
                _with(action, declared, Money(amount=most - rest, currency=total.currency)),
                Money(amount=most, currency=total.currency),
            )


def _instead(
    action: Action, declared: ActionType, policy_set: PolicySet, case: Circumstances
) -> Iterator[Action]:
    """Another kind, with the amount that facts tell or else was asked for, or less of it."""
    condition = compile_condition(declared.when, policy_set.facts)
    if condition.evaluate(case.facts, case.on) is False:
        return
    whole = filled(declared, case.facts)
    if declared.cost_parameter is None or declared.cost_parameter in whole.parameters:
        yield whole
    elif asked := _cost_given(action, _declared(action.kind, policy_set)):
        whole = _with(whole, declared, asked)
        yield whole
    else:
        yield from _up_to_the_most(whole, declared, policy_set, case)
        return
    yield from (part for part, _ in _parts(whole, policy_set, case))


def _up_to_the_most(
    action: Action, declared: ActionType, policy_set: PolicySet, case: Circumstances
) -> Iterator[Action]:
    """The action with each amount that could be the most, in the currency of the region."""
    currency = policy_set.currency.get(case.scope.region or "")
    if currency is None:
        return
    for most in rooms(action.kind, currency, policy_set, case):
        yield _with(action, declared, Money(amount=most, currency=currency))


def _cost_given(action: Action, declared: ActionType) -> Money | None:
    """What the action gives as its cost parameter."""
    given = action.parameters.get(declared.cost_parameter or "")
    return given if isinstance(given, Money) else None


def _handing_over(
    action: Action, policy_set: PolicySet, case: Circumstances, closed: Sequence[str]
) -> Alternative:
    """The case for somebody else, and which facts would open the best of what was passed over."""
    escalate = Action(kind="escalate")
    verdict = judgment(escalate, policy_set, case).verdict
    reason = f"nothing that may be offered instead of {action.kind} is {_an(case.level)}'s to grant"
    reason = "; ".join((f"{reason} here", *closed))
    return Alternative(action=escalate, verdict=verdict, reason=reason)


def _declared(kind: str, policy_set: PolicySet) -> ActionType:
    return next(declared for declared in policy_set.actions if declared.kind == kind)


def _with(action: Action, declared: ActionType, money: Money) -> Action:
    """The action with this cost parameter."""
    parameters = {**action.parameters, declared.cost_parameter or "": money}
    return action.model_copy(update={"parameters": parameters})


def _joined(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _an(level: Level) -> str:
    return f"{'an' if level[:1] in tuple('aeiou') else 'a'} {level}"
