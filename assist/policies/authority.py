"""Who may grant it: the grants of the levels, under their conditions, limits and caps."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from assist.domain.authority import Grant
from assist.domain.verdict import Level, Verdict
from assist.policies.asked import Asked
from assist.policies.caps import Held, Period, both, limit_in, within_limit, within_period
from assist.policies.combining import Ways
from assist.policies.conditions import compile_condition
from assist.policies.levels import another, highest, rank

_WITHIN = Held(True)


class Weighed(NamedTuple):
    """A grant against what is asked: its condition, its limit, its cap, and all of them."""

    grant: Grant
    when: Held
    limit: Held
    cap: Held
    held: Held


class Coverage(NamedTuple):
    """What the grants say: the ways it could go, and the lowest level that certainly may.

    `own` are the grants of the asking level and those below, `above` the others, lowest first.
    """

    ways: Ways
    level: Level
    own: tuple[Weighed, ...] = ()
    above: tuple[Weighed, ...] = ()


def coverage(asked: Asked) -> Coverage:
    """Whether the asking level may, by a grant of its own or of a lower level, and else who may.

    An action that no grant names, and what no grant covers, need the highest level. It may decide
    them itself unless a grant binds the highest level too.
    """
    authority, level = asked.policy_set.authority, asked.case.level
    own_rank, top = rank(authority, level), highest(authority)
    named = [g for g in authority.grants if g.action == asked.kind and g.level in authority.levels]
    named.sort(key=lambda grant: rank(authority, grant.level))
    weighed = [_weigh(grant, asked) for grant in named]
    own = tuple(w for w in weighed if rank(authority, w.grant.level) <= own_rank)
    above = tuple(w for w in weighed if rank(authority, w.grant.level) > own_rank)
    unbound = level == top and not any(grant.level == top for grant in named)
    if unbound or any(w.held.within for w in own):
        return Coverage(Ways((_allowed(asked, own),)), level, own, above)
    certain = next((w.grant.level for w in above if w.held.within), top)
    if foreign := _foreign(asked, named):
        return Coverage(Ways((foreign,)), certain, own, above)
    return Coverage(_ways(asked, own, above, certain), certain, own, above)


def _weigh(grant: Grant, asked: Asked) -> Weighed:
    when, limit, cap = _when(grant, asked), _WITHIN, _WITHIN
    if grant.limit:
        name = f"the {grant.level}'s limit for {grant.action}"
        limit = within_limit(asked, grant.limit, name)
    if grant.cap:
        name = f"the {grant.level}'s cap for {grant.action} in {grant.cap.days} days"
        cap = within_period(asked, Period(grant.cap.days, name, grant.cap.amount, grant.cap.count))
    return Weighed(grant, when, limit, cap, both((when, limit, cap)))


def _when(grant: Grant, asked: Asked) -> Held:
    """The grant's condition."""
    if grant.when == "true":
        return _WITHIN
    condition = compile_condition(grant.when, asked.policy_set.facts)
    truth = condition.weigh(asked.case.facts, asked.case.on)
    lines = condition.shown(asked.case.facts, asked.case.on)
    if truth.value is None:
        depends = (f"depends on {', '.join(truth.missing)}",) if truth.missing else ()
        return Held(None, lines, truth.missing, (*depends, *truth.problems))
    if truth.value:
        return Held(True, lines)
    return Held(False, (*lines, f"the {grant.level} may grant {grant.action} only if {grant.when}"))


def _ways(asked: Asked, own: Sequence[Weighed], above: Sequence[Weighed], certain: Level) -> Ways:
    """Allowed where an own grant may cover it; else the levels above that may, up to a sure one."""
    authority = asked.policy_set.authority
    perhaps = [w for w in own if w.held.within is None]
    maybe = [
        w
        for w in above
        if w.held.within is None and rank(authority, w.grant.level) < rank(authority, certain)
    ]
    levels = dict.fromkeys((*(w.grant.level for w in maybe), certain))
    lines = _lines(asked, own)
    verdicts = [_beyond(asked, level, lines) for level in levels]
    if perhaps:
        verdicts.insert(0, _allowed(asked, own))
    return Ways(tuple(verdicts), _open((*perhaps, *maybe), lines))


def _allowed(asked: Asked, own: Sequence[Weighed]) -> Verdict:
    reason = f"within the authority of {asked.case.level}"
    return Verdict(value="allowed", arithmetic=_lines(asked, own), reason=reason)


def _beyond(asked: Asked, level: Level, lines: tuple[str, ...]) -> Verdict:
    approver = asked.policy_set.authority.approvers.get(level, level)
    if level == asked.case.level:  # bound by a grant, with nobody above
        approver = another(level)
    money = asked.amount.money
    what = f"{asked.kind} of {money}" if money else asked.kind
    reason = f"{what} is decided by {approver}"
    return Verdict(value="needs_approval", level=level, arithmetic=lines, reason=reason)


def _open(weighed: Iterable[Weighed], lines: tuple[str, ...]) -> Verdict:
    held = [w.held for w in weighed]
    facts = dict.fromkeys(fact for one in held for fact in one.facts)
    problems = dict.fromkeys(problem for one in held for problem in one.problems)
    return Verdict(
        value="unknown", facts=tuple(facts), arithmetic=lines, reason="; ".join(problems)
    )


def _foreign(asked: Asked, named: Sequence[Grant]) -> Verdict | None:
    """Unknown where every grant has a limit, and none of them in the amount's currency."""
    money = asked.amount.money
    if money is None or not named:
        return None
    if any(not grant.limit or limit_in(grant.limit, money.currency) for grant in named):
        return None
    reason = f"{money} has no limit in its currency for {asked.kind}"
    return Verdict(value="unknown", reason=reason)


def _lines(asked: Asked, own: Sequence[Weighed]) -> tuple[str, ...]:
    """The arithmetic of the own grant that counts."""
    found = nearest(asked, own)
    return found.held.lines if found else ()


def nearest(asked: Asked, weighed: Sequence[Weighed]) -> Weighed | None:
    """The grant that covers what is asked, the widest of several, or comes nearest to it."""
    return max(weighed, key=lambda one: _nearness(asked, one), default=None)


def _nearness(asked: Asked, weighed: Weighed) -> tuple[bool, bool, bool, Decimal]:
    money, grant = asked.amount.money, weighed.grant
    limit = limit_in(grant.limit, money.currency) if money else None
    return (
        bool(weighed.held.within),
        weighed.when.within is not False,
        weighed.limit.within is not False,
        limit.amount if limit else Decimal("Infinity" if not grant.limit else 0),
    )
