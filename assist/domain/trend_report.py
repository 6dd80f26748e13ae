"""Trends, and what the company should learn from them."""

from assist.domain.lessons import ClauseFriction, Praise, Preventable
from assist.domain.systemic import SystemicIssue
from assist.domain.trends import Trends


class TrendReport(Trends):
    """What cases of a time tell, with what keeps coming, the most contacts first.

    `scattered` cases are of no issue of five cases or more.
    """

    systemic: tuple[SystemicIssue, ...] = ()
    scattered: int = 0
    friction: tuple[ClauseFriction, ...] = ()
    """Clauses with any trouble, those with the most first."""
    preventable: tuple[Preventable, ...] = ()
    praise: tuple[Praise, ...] = ()
    """To be passed on, the newest first."""
