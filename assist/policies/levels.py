"""The order of the levels: who stands above whom."""

from assist.domain.authority import Authority
from assist.domain.verdict import Level


def rank(authority: Authority, level: Level) -> int:
    """The place of the level, lowest 0; -1 for one that is not among them and may grant nothing."""
    return authority.levels.index(level) if level in authority.levels else -1


def highest(authority: Authority) -> Level:
    """The highest level there is."""
    return authority.levels[-1]


def next_above(authority: Authority, level: Level) -> Level:
    """The level above; the highest stays."""
    return authority.levels[min(rank(authority, level) + 1, len(authority.levels) - 1)]


def another(level: Level) -> str:
    """Somebody else of the level that asks, where it cannot grant it alone: `a second manager`."""
    return f"a second {level}"
