"""Levels that may grant more than a level above them: the higher one then has no say of its own."""

from collections.abc import Iterator, Sequence

from assist.domain.authority import Authority, Grant
from assist.domain.base import Money
from assist.policies.audit.findings import Finding, found
from assist.policies.audit.ruling import Ruling
from assist.policies.caps import limit_in
from assist.policies.levels import rank


def inverted(ruling: Ruling) -> Iterator[Finding]:
    """A finding for each grant that goes beyond all that a higher level has for the action."""
    page = ruling.book.files.brought.get("authority.yaml")
    authority = ruling.policy_set.authority
    for index, grant in enumerate(authority.grants if page else ()):
        higher = next((one for one in _above(authority, grant) if _beyond(grant, one)), None)
        if page and higher:
            level = higher[0].level
            most = ", ".join(str(money) for one in higher for money in one.limit)
            own = ", ".join(map(str, grant.limit)) or "any amount"
            yield found(
                "limits-inverted",
                page,
                ("grants", index, "limit"),
                f"{grant.level} may grant {grant.action} up to {own}, and {level} above it only "
                f"up to {most}",
                cure=f"lower the limit of {grant.level}, or raise that of {level}",
            )


def _above(authority: Authority, grant: Grant) -> Iterator[list[Grant]]:
    """The grants of each higher level for the action, where it has some."""
    for level in authority.levels[rank(authority, grant.level) + 1 :]:
        own = [g for g in authority.grants if g.action == grant.action and g.level == level]
        if own:
            yield own


def _beyond(grant: Grant, higher: Sequence[Grant]) -> bool:
    """Whether it goes beyond all of them; not where it is given for cases of its own only."""
    special = grant.when != "true" and any(one.when != grant.when for one in higher)
    if special or any(not one.limit for one in higher):
        return False
    if not grant.limit:
        return grant.cap is None
    return any(_exceeds(money, higher) for money in grant.limit)


def _exceeds(money: Money, higher: Sequence[Grant]) -> bool:
    """Whether it is more than any of them has in that currency; not where none names it."""
    limits = [limit for one in higher if (limit := limit_in(one.limit, money.currency))]
    return bool(limits) and all(limit.amount < money.amount for limit in limits)
