"""What the clauses in force say about amounts: the most in one case, and the most in a period."""

from collections.abc import Sequence

from assist.domain.verdict import Level, Verdict
from assist.policies.asked import Asked
from assist.policies.caps import Held, Period, within_limit, within_period
from assist.policies.clauses import Standing
from assist.policies.combining import Ways, in_words, strictest
from assist.policies.levels import another, next_above, rank
from assist.policies.permission import walked, ways_of


def limits(asked: Asked, clauses: Sequence[Standing], covering: Level) -> list[Ways]:
    """The limit of highest precedence that holds, of equal ones the strictest.

    Limits that are different rules are decided apart, see `in_each_others_place`. `covering` is the
    lowest level whose grants cover the amount.
    """
    return [_ways(asked, limiting, covering) for limiting in in_each_others_place(clauses)]


def in_each_others_place(clauses: Sequence[Standing]) -> list[list[Standing]]:
    """The limits among these that precedence decides between, together.

    The limit of a case and that of a period are different rules, so are those of two periods. And
    a mandatory limit is a ceiling: it takes no other limit's place and none takes its own.
    """
    found: dict[tuple[int | None, bool], list[Standing]] = {}
    for item in clauses:
        if item.clause.effect == "limit":
            ceiling = item.clause.type == "mandatory"
            found.setdefault((item.clause.period_days, ceiling), []).append(item)
    return list(found.values())


def limit_held(asked: Asked, item: Standing) -> Held:
    """What is asked against the clause's limit, in this case or over its period."""
    clause, days = item.clause, item.clause.period_days
    name = f"the limit of {clause.id}"
    if days is None:
        return within_limit(asked, clause.limit, name)
    return within_period(asked, Period(days, f"{name} in {days} days", clause.limit))


def _ways(asked: Asked, limiting: Sequence[Standing], covering: Level) -> Ways:
    found = walked(limiting)
    said = [_says(asked, s, covering) for s in found.holding]
    decided = strictest(said, asked.policy_set.authority) if said else Verdict(value="allowed")
    return ways_of(decided, found.open, lambda s: _says(asked, s, covering))


def _says(asked: Asked, item: Standing, covering: Level) -> Verdict:
    """What the limit says if it holds: no level may pass it alone, nobody a mandatory one."""
    clause, money, authority = item.clause, asked.amount.money, asked.policy_set.authority
    if money is not None and all(limit.currency != money.currency for limit in clause.limit):
        reason = f"{clause.id} has no limit in {money.currency}"
        return Verdict(value="unknown", clauses=(clause.id,), reason=reason)
    held = limit_held(asked, item)
    verdict = Verdict(value="allowed", clauses=(clause.id,), arithmetic=held.lines)
    if held.within:
        return verdict
    if held.within is None:
        reason = "; ".join(held.problems)
        return verdict.model_copy(
            update={"value": "unknown", "facts": held.facts, "reason": reason}
        )
    if clause.type == "mandatory" and not held.uncounted:
        return verdict.model_copy(update={"value": "forbidden", "reason": clause.reason})
    above = next_above(authority, asked.case.level)
    level = max(covering, above, key=lambda lv: rank(authority, lv))
    uncounted = f"not all that was granted before can be counted against {clause.id}"
    reason = uncounted if held.uncounted else clause.reason
    if level == asked.case.level:  # nobody stands above the highest, so one of the same decides
        reason = in_words((reason, f"{another(level)} decides"))
    update = {"value": "needs_approval", "level": level, "reason": reason}
    return verdict.model_copy(update=update)
