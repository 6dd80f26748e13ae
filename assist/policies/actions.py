"""Which typed actions could be done for an issue, with their parameters, and what they cost."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assist.domain.actions import ActionType, ParameterType
from assist.domain.base import Money
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Parameter
from assist.language.phrases import find, mentions
from assist.policies.amounts import fixed_cost
from assist.policies.condition_tree import Facts
from assist.policies.conditions import compile_condition
from assist.policies.values import read_value


def possible_actions(
    policy_set: PolicySet,
    *,
    category_ids: Sequence[str],
    text: str,
    facts: Facts,
    on: date,
) -> tuple[Action, ...]:
    """Actions the customer speaks of, then the others that the category suggests.

    An action is spoken of where the text says one of its signals and does not deny it: within its
    categories first, outside them only where nothing within is spoken of. Actions whose `when` is
    false, and those that the customer declines, are not offered at all.
    """
    offered = [
        declared
        for declared in policy_set.actions
        if compile_condition(declared.when, policy_set.facts).evaluate(facts, on) is not False
    ]
    asked = [declared for declared in offered if find(declared.signals, text)]
    within = [declared for declared in asked if _fits(declared, category_ids)]
    spoken_of = within or asked
    suggested = [
        declared
        for declared in offered
        if declared not in spoken_of
        and _fits(declared, category_ids)
        and not (mentions(declared.signals, text) and declared not in asked)
    ]
    return tuple(filled(declared, facts) for declared in (*spoken_of, *suggested))


def action_cost(action: Action, policy_set: PolicySet, region: str | None = None) -> Money | None:
    """What the action costs the company: its cost parameter, else its declared cost.

    The declared cost is in the currency of the region, else of the default region; none where
    nothing is declared or the amount is not known.
    """
    declared = {kind.kind: kind for kind in policy_set.actions}.get(action.kind)
    if declared is None:
        return None
    if declared.cost_parameter is None:
        return fixed_cost(declared, policy_set, region)
    amount = action.parameters.get(declared.cost_parameter)
    return amount if isinstance(amount, Money) else None


def filled(declared: ActionType, facts: Facts) -> Action:
    """The action with every parameter that the facts or a default can tell."""
    values = {name: _value(parameter, facts) for name, parameter in declared.parameters.items()}
    return Action(
        kind=declared.kind,
        parameters={name: value for name, value in values.items() if value is not None},
    )


def _fits(declared: ActionType, category_ids: Sequence[str]) -> bool:
    return not set(category_ids).isdisjoint(declared.categories)


def _value(parameter: ParameterType, facts: Facts) -> Parameter | None:
    known = facts.get(parameter.default_fact) if parameter.default_fact else None
    value = read_value(parameter.type, parameter.default if known is None else known)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    return value
