"""Facts that count what a customer was granted before: told by the ledger, or by what is known."""

from collections.abc import Sequence
from datetime import date

from assist.domain.facts import FactDeclaration
from assist.domain.grants import Granted
from assist.policies.condition_tree import Facts
from assist.policies.values import read_value


def counted(
    facts: Facts, declarations: Sequence[FactDeclaration], granted: Sequence[Granted], on: date
) -> Facts:
    """The facts, each that counts grants at least as high as the ledger counts on that day.

    The ledger may not hold everything, so it never lowers what is told; and where it counts
    nothing, what is not told stays unknown.
    """
    raised = {
        declared.path: number
        for declared in declarations
        if declared.counts is not None
        and (number := _count(declared.counts.action, declared.counts.days, granted, on))
        and number > (_told(facts, declared.path) or 0)
    }
    return {**facts, **raised} if raised else facts


def _count(action: str, days: int, granted: Sequence[Granted], on: date) -> int:
    return sum(
        one.action == action and one.counts and (on - one.at.date()).days <= days for one in granted
    )


def _told(facts: Facts, path: str) -> int | None:
    value = read_value("integer", facts.get(path))
    return value if isinstance(value, int) else None
