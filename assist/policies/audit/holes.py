"""Gaps between what can be done, what policies say of it, and who may grant it."""

from collections.abc import Iterator

from assist.domain.actions import ActionType
from assist.domain.authority import Grant
from assist.policies.audit.findings import Finding, found
from assist.policies.audit.ruling import Era, Ruling
from assist.policies.known_names import ALWAYS
from assist.policies.levels import rank
from assist.policies.located import Page

_FORBIDS = ("forbid", None)
_ACTIONS, _AUTHORITY = "actions.yaml", "authority.yaml"


def holes(ruling: Ruling) -> Iterator[Finding]:
    """Every gap, in the files that the company brought itself."""
    brought = ruling.book.files.brought
    if page := brought.get(_ACTIONS):
        for index, action in enumerate(ruling.policy_set.actions):
            yield from _action(ruling, action, page, index)
    if page := brought.get(_AUTHORITY):
        yield from _approvers(ruling, page)
        yield from _grants(ruling, page)
        yield from _approvals(ruling)


def _action(ruling: Ruling, action: ActionType, page: Page, index: int) -> Iterator[Finding]:
    at = ("actions", index)
    kind = action.kind
    if not any(kind in rule.clause.actions for rule in ruling.rules):
        cure = "add a clause that allows or forbids it"
        yield found("no-clause", page, at, f"no clause of any policy governs {kind}", cure=cure)
    grants = ruling.policy_set.authority.grants
    if not any(grant.action == kind for grant in grants):
        top = ruling.policy_set.authority.levels[-1]
        message = f"no grant names {kind}, so only {top} may do it"
        yield found("no-grant", page, at, message, cure=f"add a grant to {_AUTHORITY}")
    if action.alternatives and not any(_lowest_may(ruling, k) for k in action.alternatives):
        lowest = ruling.policy_set.authority.levels[0]
        names = ", ".join(action.alternatives)
        message = f"{lowest} may never grant any alternative of {kind}: {names}"
        cure = f"add one that {lowest} may grant"
        yield found("no-alternative", page, (*at, "alternatives"), message, cure=cure)


def _lowest_may(ruling: Ruling, kind: str) -> bool:
    authority = ruling.policy_set.authority
    return kind in ALWAYS or any(
        grant.action == kind
        and grant.level == authority.levels[0]
        and ruling.met(grant.when, ruling.today).facts is not None
        for grant in authority.grants
    )


def _approvers(ruling: Ruling, page: Page) -> Iterator[Finding]:
    authority = ruling.policy_set.authority
    for n, level in enumerate(authority.levels):
        if n and not authority.approvers.get(level, "").strip():
            message = f"nobody is named who approves at the level {level}"
            cure = f"add {level} to approvers"
            yield found("no-approver", page, ("levels", n), message, cure=cure)


def _grants(ruling: Ruling, page: Page) -> Iterator[Finding]:
    told: set[str] = set()
    for index, grant in enumerate(ruling.policy_set.authority.grants):
        if grant.action not in told and _always_forbidden(ruling, grant.action):
            told.add(grant.action)
            message = f"policies forbid {grant.action} in every case, so nobody may grant it"
            cure = "remove the grant, or narrow the clause that forbids"
            yield found("never-allowed", page, ("grants", index), message, cure=cure)
        yield from _currencies(ruling, grant, page, index)


def _currencies(ruling: Ruling, grant: Grant, page: Page, index: int) -> Iterator[Finding]:
    paid = sorted(set(ruling.policy_set.currency.values()))
    amounts = {"limit": grant.limit, "cap": grant.cap.amount if grant.cap else ()}
    for field, limit in amounts.items():
        named = {money.currency for money in limit}
        lacking = [currency for currency in paid if currency not in named]
        if limit and lacking:
            message = (
                f"the {field} of {grant.level} for {grant.action} has no amount in "
                f"{', '.join(lacking)}, in which customers pay"
            )
            cure = "add the amount"
            yield found("no-currency", page, ("grants", index, field), message, cure=cure)


def _always_forbidden(ruling: Ruling, kind: str) -> bool:
    """Whether in every era some clause forbids it, whatever the facts are."""
    eras = [era for era in ruling.eras if any(kind in r.clause.actions for r in era.rules)]
    return bool(eras) and not any(_may_pass(ruling, era, kind) for era in reversed(eras))


def _may_pass(ruling: Ruling, era: Era, kind: str) -> bool:
    about = [r for r in era.rules if kind in r.clause.actions and r.family == ("decides", None)]
    forbidding = [rule for rule in about if rule.says == _FORBIDS]
    if not ruling.world([], forbidding, era).certain:
        return True
    return any(
        not ruling.world([rule], [r for r in forbidding if r.rank <= rule.rank], era).certain
        for rule in about
        if rule.says != _FORBIDS
    )


def _approvals(ruling: Ruling) -> Iterator[Finding]:
    """Clauses that ask for the approval of a level whose grants do not reach the action."""
    authority = ruling.policy_set.authority
    top = len(authority.levels) - 1
    for rule in ruling.rules:
        level = rule.clause.level
        if level is None or rank(authority, level) == top:
            continue
        for kind in rule.clause.actions:
            ranks = [rank(authority, g.level) for g in authority.grants if g.action == kind]
            if not any(one <= rank(authority, level) for one in ranks):
                message = f"{rule.clause.id} asks for {level}, who may not grant {kind} either"
                cure = f"ask a level that may, or add a grant of {kind} for {level}"
                yield found("approver-may-not", rule.page, (*rule.at, "level"), message, cure=cure)
