"""Who may grant how much: amounts against the limits of the levels, in their own currency."""

from collections.abc import Sequence
from typing import NamedTuple

from assist.domain.base import Money
from assist.domain.policy import Authority, Grant, Level


class Covered(NamedTuple):
    """What the grants say: the lowest level that may, and whether the asking one may.

    Both are none where no grant of the asking level speaks the amount's currency.
    """

    level: Level | None
    within: bool | None
    arithmetic: tuple[str, ...]


def rank(authority: Authority, level: Level) -> int:
    """The place of the level, lowest 0; -1 for one that is not among them and may grant nothing."""
    return authority.levels.index(level) if level in authority.levels else -1


def highest(authority: Authority) -> Level:
    """The highest level there is."""
    return authority.levels[-1]


def next_above(authority: Authority, level: Level) -> Level:
    """The level above; the highest stays."""
    return authority.levels[min(rank(authority, level) + 1, len(authority.levels) - 1)]


def coverage(authority: Authority, kind: str, amount: Money | None, level: Level) -> Covered:
    """Whether `level` may grant the action of that kind and amount, and else who may.

    An action that no grant names, and an amount above every grant, need the highest level. It may
    decide them itself unless a grant sets a limit to the highest level too.
    """
    grants = [grant for grant in authority.grants if grant.action == kind]
    own_rank, top = rank(authority, level), highest(authority)
    own = [grant for grant in grants if rank(authority, grant.level) <= own_rank]
    if any(_covers(grant, amount) for grant in own):
        return Covered(level, True, _lines(own, kind, amount))
    if amount is not None and own and not any(limit_in(g.limit, amount) for g in own):
        return Covered(None, None, (f"{amount} has no limit in its currency for {kind}",))
    above = sorted(grants, key=lambda grant: rank(authority, grant.level))
    lowest = next((g.level for g in above if _covers(g, amount)), top)
    uncapped_top = not any(grant.level == top for grant in grants)
    within = own_rank == len(authority.levels) - 1 and uncapped_top
    return Covered(lowest, within, _lines(own, kind, amount))


def limit_in(limit: Sequence[Money], amount: Money) -> Money | None:
    """The limit in the amount's currency."""
    return next((money for money in limit if money.currency == amount.currency), None)


def compared(amount: Money, limit: Money, owner: str) -> str:
    """The comparison in words: `120.00 GBP > 80.00 GBP, the agent's limit for refund`."""
    sign = "<=" if amount.amount <= limit.amount else ">"
    return f"{amount} {sign} {limit}, {owner}"


def _covers(grant: Grant, amount: Money | None) -> bool:
    if not grant.limit:
        return True
    if amount is None:
        return False
    limit = limit_in(grant.limit, amount)
    return limit is not None and amount.amount <= limit.amount


def _lines(own: Sequence[Grant], kind: str, amount: Money | None) -> tuple[str, ...]:
    """The arithmetic against the asking level's widest limit."""
    if amount is None:
        return ()
    limits = [(limit, grant) for grant in own if (limit := limit_in(grant.limit, amount))]
    if not limits:
        return ()
    limit, grant = max(limits, key=lambda pair: pair[0].amount)
    return (compared(amount, limit, f"the {grant.level}'s limit for {kind}"),)
