"""What the clauses in force say about an action: permission, and what must be known first.

Permission goes to the clauses of highest precedence that hold. Clauses that may hold are kept as
further ways it could go; the caller sees whether they make a difference.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from assist.domain.verdict import Verdict
from assist.policies.asked import Asked
from assist.policies.clauses import Standing
from assist.policies.combining import Ways, severity, strictest
from assist.policies.conditions import compile_condition
from assist.policies.levels import highest, rank
from assist.policies.values import read_value

DECIDING = frozenset({"allow", "forbid", "needs_approval"})
_SHOWN_FACTS = 6
"""Missing facts named per reason; the verdict's `facts` hold them all."""


class Walked(NamedTuple):
    """The clauses of the first rank in which one holds, and those that may hold up to there."""

    holding: tuple[Standing, ...]
    open: tuple[Standing, ...]


def walked(clauses: Sequence[Standing]) -> Walked:
    """The clauses that count among these, which stand in order of precedence."""
    open_: list[Standing] = []
    for _, group in groupby(clauses, key=lambda s: s.rank):
        members = list(group)
        open_ += [s for s in members if s.truth.value is None]
        holding = tuple(s for s in members if s.truth.value)
        if holding:
            return Walked(holding, tuple(open_))
    return Walked((), tuple(open_))


def permission(asked: Asked, clauses: Sequence[Standing]) -> Ways:
    """The clause of highest precedence among allow, forbid and needs_approval that hold.

    Two of equal rank that disagree go to the highest level. Where policies allow an action under
    conditions and none of these holds, that is no permission either: the highest level decides.
    """
    deciding = [s for s in clauses if s.clause.effect in DECIDING]
    if not deciding:
        return Ways((Verdict(value="allowed"),))
    found = walked(deciding)
    decided = _together(asked, found.holding) if found.holding else _unspoken(asked, deciding)
    return ways_of(decided, _that_matter(asked, decided, found.open), lambda s: _says(asked, s))


def _that_matter(asked: Asked, decided: Verdict, open_: Sequence[Standing]) -> tuple[Standing, ...]:
    """The open clauses up to the last that would change what is decided: the rest need no fact.

    An open clause counts only where none before it holds. Whether one holds that says what is
    said after it anyway makes no difference.
    """
    authority = asked.policy_set.authority
    same = severity(decided, authority)
    kept = list(open_)
    while kept and severity(_says(asked, kept[-1]), authority) == same:
        kept.pop()
    return tuple(kept)


def required(asked: Asked, clauses: Sequence[Standing]) -> list[Verdict]:
    """An unknown verdict for each clause that asks for facts which are not there."""
    asking = [s for s in clauses if s.clause.effect == "require" and s.truth.value is not False]
    found: list[Verdict] = []
    for item in asking:
        lacking = lacking_facts(asked, item)
        if lacking:
            facts = lacking if item.truth.value else item.truth.missing
            clause = item.clause
            found.append(
                Verdict(value="unknown", facts=facts, clauses=(clause.id,), reason=clause.reason)
            )
    return found


def lacking_facts(asked: Asked, item: Standing) -> tuple[str, ...]:
    """The facts that a clause asks for and that are not there, or not of their type."""
    types = {f.path: f.type for f in asked.policy_set.facts if f.path in item.clause.facts}
    facts = asked.case.facts
    return tuple(
        path
        for path in item.clause.facts
        if path not in types or read_value(types[path], facts.get(path)) is None
    )


def ways_of(
    decided: Verdict, open_: Sequence[Standing], says: Callable[[Standing], Verdict]
) -> Ways:
    """What is decided and what each open clause would say, with what must be known to tell."""
    if not open_:
        return Ways((decided,))
    facts = tuple(dict.fromkeys(path for s in open_ for path in s.truth.missing))
    problems = dict.fromkeys(text for s in open_ for text in s.truth.problems)
    named = ", ".join(facts[:_SHOWN_FACTS])
    reason = "; ".join([*([f"depends on {named}"] if facts else []), *problems])
    clauses = tuple(s.clause.id for s in open_)
    unknown = Verdict(value="unknown", facts=facts, clauses=clauses, reason=reason)
    return Ways((decided, *(says(s) for s in open_)), unknown)


def _together(asked: Asked, holding: Sequence[Standing]) -> Verdict:
    authority = asked.policy_set.authority
    said = [_says(asked, s) for s in holding]
    effects = {(s.clause.effect, s.clause.level) for s in holding}
    if len(effects) == 1 or len({severity(v, authority) for v in said}) == 1:
        return strictest(said, authority)
    clauses = tuple(s.clause.id for s in holding)
    reason = f"clauses {' and '.join(clauses)} disagree"
    return _for_the_highest(asked, clauses, reason, conflict=clauses)


def _unspoken(asked: Asked, deciding: Sequence[Standing]) -> Verdict:
    """No clause decides. Silence leaves it to the grants; a condition that is not met does not."""
    clauses = tuple(s.clause.id for s in deciding if s.clause.effect == "allow")
    if not clauses:
        return Verdict(value="allowed")
    return _for_the_highest(asked, clauses, f"no clause allows {asked.kind} in this case")


def _for_the_highest(
    asked: Asked, clauses: tuple[str, ...], reason: str, conflict: tuple[str, ...] = ()
) -> Verdict:
    """The highest level decides it, and may do so itself."""
    top = highest(asked.policy_set.authority)
    verdict = Verdict(value="allowed", clauses=clauses, reason=reason, conflict=conflict)
    if asked.case.level == top:
        return verdict
    return verdict.model_copy(update={"value": "needs_approval", "level": top})


def _says(asked: Asked, item: Standing) -> Verdict:
    """What the clause says if it holds."""
    clause, case = item.clause, asked.case
    condition = compile_condition(clause.when, asked.policy_set.facts)
    shown = condition.shown(case.facts, case.on)
    verdict = Verdict(value="allowed", clauses=(clause.id,), arithmetic=shown, reason=clause.reason)
    if clause.effect == "forbid":
        return verdict.model_copy(update={"value": "forbidden"})
    authority = asked.policy_set.authority
    level = clause.level or highest(authority)
    if clause.effect == "needs_approval" and rank(authority, case.level) < rank(authority, level):
        return verdict.model_copy(update={"value": "needs_approval", "level": level})
    return verdict
