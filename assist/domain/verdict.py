"""The verdict on an action: may this be done at this level, by which clauses, by which sums."""

from typing import Literal

from assist.domain.base import Model

VerdictValue = Literal["allowed", "needs_approval", "forbidden", "unknown"]

Level = str
"""What you may grant: one of `Authority.levels`, lowest first."""


class Verdict(Model):
    """May this be done at this level? With the clauses that say so and the arithmetic shown.

    `level` is whose approval is needed, `facts` what must be known first. `conflict` are clauses of
    equal rank that disagree; where they do, the highest level decides.
    """

    value: VerdictValue
    level: Level | None = None
    facts: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    arithmetic: tuple[str, ...] = ()
    reason: str = ""
    conflict: tuple[str, ...] = ()
    approved_by: str = ""
    """Who approved it and when, where it was beyond the asking level and somebody did."""
