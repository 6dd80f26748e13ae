"""What the clauses in force say about an action: permission, what must be known, limits.

Permission and limits each go to the clauses of highest precedence that hold. Clauses that may
hold are kept as further ways it could go; the caller sees whether they make a difference.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from assist.domain.policy import Level, PolicySet, Verdict
from assist.policies.amounts import Amount
from assist.policies.authority import compared, coverage, highest, limit_in, next_above, rank
from assist.policies.clauses import Standing
from assist.policies.combining import severity, strictest
from assist.policies.condition_tree import Facts
from assist.policies.conditions import compile_condition
from assist.policies.values import read_value

_DECIDING = frozenset({"allow", "forbid", "needs_approval"})
_SHOWN_FACTS = 6
"""Missing facts named per reason; the verdict's `facts` hold them all."""


class Asked(NamedTuple):
    """An action asked for: what, how much, at which level, for which facts on which day."""

    kind: str
    level: Level
    amount: Amount
    policy_set: PolicySet
    facts: Facts
    on: date


Ways = tuple[list[Verdict], Verdict]
"""The verdicts it can come to, and the verdict that says what must be known to tell."""


def permission(asked: Asked, clauses: Sequence[Standing]) -> Ways:
    """The clause of highest precedence among allow, forbid and needs_approval that hold.

    Two of equal rank that disagree go to the highest level. Where policies allow an action under
    conditions and none of these holds, that is no permission either: the highest level decides.
    """
    deciding = [s for s in clauses if s.clause.effect in _DECIDING]
    decided, open_ = _walk(asked, deciding)
    ways = [decided or _unspoken(asked, deciding), *(_says(asked, s) for s in open_)]
    return ways, _must_know(open_)


def limits(asked: Asked, clauses: Sequence[Standing]) -> Ways:
    """The limit of highest precedence that holds; of equal ones the strictest."""
    limiting = [s for s in clauses if s.clause.effect == "limit"]
    decided, open_ = _walk(asked, limiting)
    silent = Verdict(value="allowed")
    ways = [decided or silent, *(_says(asked, s) for s in open_)]
    return ways, _must_know(open_)


def required(asked: Asked, clauses: Sequence[Standing]) -> list[Verdict]:
    """An unknown verdict for each clause that asks for facts which are not there."""
    types = {fact.path: fact for fact in asked.policy_set.facts}
    found: list[Verdict] = []
    for item in clauses:
        if item.clause.effect != "require" or item.truth.value is False:
            continue
        lacking = tuple(
            path
            for path in item.clause.facts
            if path not in types or read_value(types[path].type, asked.facts.get(path)) is None
        )
        if not lacking:
            continue
        facts = lacking if item.truth.value else item.truth.missing
        clause = item.clause
        found.append(
            Verdict(value="unknown", facts=facts, clauses=(clause.id,), reason=clause.reason)
        )
    return found


def _walk(asked: Asked, clauses: Sequence[Standing]) -> tuple[Verdict | None, list[Standing]]:
    """What the first rank with a clause that holds says, and the open clauses up to there."""
    open_: list[Standing] = []
    for _, group in groupby(clauses, key=lambda s: s.rank):
        members = list(group)
        open_ += [s for s in members if s.truth.value is None]
        holding = [s for s in members if s.truth.value]
        if holding:
            return _together(asked, holding), open_
    return None, open_


def _together(asked: Asked, holding: Sequence[Standing]) -> Verdict:
    authority = asked.policy_set.authority
    said = [_says(asked, s) for s in holding]
    effects = {(s.clause.effect, s.clause.level) for s in holding}
    limiting = holding[0].clause.effect == "limit"
    if limiting or len(effects) == 1 or len({severity(v, authority) for v in said}) == 1:
        return strictest(said, authority)
    names = " and ".join(s.clause.id for s in holding)
    return Verdict(
        value="needs_approval",
        level=highest(authority),
        clauses=tuple(s.clause.id for s in holding),
        reason=f"clauses {names} disagree",
    )


def _says(asked: Asked, item: Standing) -> Verdict:
    """What the clause says if it holds."""
    clause = item.clause
    if clause.effect == "limit":
        return _limit(asked, item)
    condition = compile_condition(clause.when, asked.policy_set.facts)
    shown = condition.shown(asked.facts, asked.on)
    verdict = Verdict(value="allowed", clauses=(clause.id,), arithmetic=shown, reason=clause.reason)
    if clause.effect == "forbid":
        return verdict.model_copy(update={"value": "forbidden"})
    authority = asked.policy_set.authority
    level = clause.level or highest(authority)
    if clause.effect == "needs_approval" and rank(authority, asked.level) < rank(authority, level):
        return verdict.model_copy(update={"value": "needs_approval", "level": level})
    return verdict


def _limit(asked: Asked, item: Standing) -> Verdict:
    """The amount against the clause's limit, which no level may pass alone."""
    clause, money, authority = item.clause, asked.amount.money, asked.policy_set.authority
    if money is None:
        unknown = asked.amount.unknown(asked.kind)
        return unknown.model_copy(update={"clauses": (clause.id,)})
    limit = limit_in(clause.limit, money)
    if limit is None:
        reason = f"{clause.id} has no limit in {money.currency}"
        return Verdict(value="unknown", clauses=(clause.id,), reason=reason)
    arithmetic = (compared(money, limit, f"the limit of {clause.id}"),)
    verdict = Verdict(value="allowed", clauses=(clause.id,), arithmetic=arithmetic)
    if money.amount <= limit.amount:
        return verdict
    verdict = verdict.model_copy(update={"reason": clause.reason})
    if clause.type == "mandatory":
        return verdict.model_copy(update={"value": "forbidden"})
    covering = coverage(authority, asked.kind, money, asked.level).level or highest(authority)
    level = max(covering, next_above(authority, asked.level), key=lambda lv: rank(authority, lv))
    return verdict.model_copy(update={"value": "needs_approval", "level": level})


def _unspoken(asked: Asked, deciding: Sequence[Standing]) -> Verdict:
    """No clause decides. Silence leaves it to the grants; a condition that is not met does not."""
    if not any(s.clause.effect == "allow" for s in deciding):
        return Verdict(value="allowed")
    clauses = tuple(s.clause.id for s in deciding if s.clause.effect == "allow")
    return Verdict(
        value="needs_approval",
        level=highest(asked.policy_set.authority),
        clauses=clauses,
        reason=f"no clause allows {asked.kind} in this case",
    )


def _must_know(open_: Sequence[Standing]) -> Verdict:
    facts = tuple(dict.fromkeys(path for s in open_ for path in s.truth.missing))
    problems = dict.fromkeys(text for s in open_ for text in s.truth.problems)
    named = ", ".join(facts[:_SHOWN_FACTS])
    reason = "; ".join([*([f"depends on {named}"] if facts else []), *problems])
    clauses = tuple(s.clause.id for s in open_)
    return Verdict(value="unknown", facts=facts, clauses=clauses, reason=reason)
