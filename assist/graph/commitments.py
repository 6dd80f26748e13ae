"""The chosen candidate -> what we commit to: each action's promise, its owner and due time."""

from typing import Any

from pydantic import JsonValue

from assist.domain.actions import ActionType
from assist.domain.base import Money
from assist.domain.case import Case
from assist.domain.draft import Promise
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Candidate
from assist.drafting.promises import fill
from assist.graph.time import due_in_days


def commitments(chosen: Candidate, case: Case, policy_set: PolicySet) -> tuple[Promise, ...]:
    """The promises of the chosen candidate's allowed actions; nothing beyond authority."""
    kinds = {action.kind: action for action in policy_set.actions}
    return tuple(
        _promise(action, kinds[action.kind], case, policy_set)
        for action in chosen.actions
        if action.kind in kinds
        and kinds[action.kind].promise
        and action.verdict is not None
        and action.verdict.value == "allowed"
    )


def _promise(action: Action, declared: ActionType, case: Case, policy_set: PolicySet) -> Promise:
    values = {name: _told(value) for name, value in action.parameters.items()}
    private = _private(action, declared, case, policy_set)
    days = declared.due_days
    return Promise(
        text=fill(declared.promise, values, private),
        who=declared.team or declared.owner,
        what=declared.title,
        due=due_in_days(case, policy_set, days) if days is not None else None,
    )


def _private(
    action: Action, declared: ActionType, case: Case, policy_set: PolicySet
) -> tuple[str, ...]:
    """Parameters that come from the account, by the file's own word or by their value.

    None for a customer whose identity has been checked.
    """
    if case.ticket.customer.identity_verified:
        return ()
    account = {d.path for d in policy_set.facts if d.account}
    values = {
        _as_written(fact.value)
        for issue in case.issues
        for fact in issue.facts
        if fact.path in account and fact.source == "records"
    }
    return tuple(
        name
        for name, value in action.parameters.items()
        if (name in declared.parameters and declared.parameters[name].default_fact in account)
        or _told(value) in values
    )


def _as_written(value: JsonValue) -> str:
    """A fact's value as a promise would name it; money is kept as amount and currency."""
    if isinstance(value, dict) and value.keys() == {"amount", "currency"}:
        return f"{value['amount']} {value['currency']}"
    return str(value)


def _told(value: Any) -> str:
    return str(value) if isinstance(value, Money) else f"{value}"
