"""Region, contract and priority -> the calendar and the times that hold for a ticket."""

from typing import NamedTuple

from assist.domain.issue import PriorityLevel
from assist.domain.sla import Calendar, Contract, Sla, SlaTarget
from assist.policies.clock_words import set_by
from assist.policies.sla import around_the_clock, calendar_for

NO_CONTRACT = ("", "none")
"""How the fact says that there is none: a choice needs a word for it."""


class Terms(NamedTuple):
    """What sets the clocks, and the reason in words."""

    calendar: Calendar
    target: SlaTarget
    reasons: tuple[str, ...]


def contract_of(sla: Sla, name: str) -> Contract:
    """The contract of that name; an empty one, which changes nothing, where there is none."""
    return sla.contracts.get(name, Contract())


def terms_of(sla: Sla, region: str | None, contract: str, level: PriorityLevel) -> Terms:
    """The contract's own calendar and times where it has them, else those of region and priority.

    A contract that sla.yaml does not know leaves the usual times, and the reasons say so.
    """
    held = contract_of(sla, contract)
    calendar = calendar_for(sla, held.calendar or region)
    if held.around_the_clock:
        calendar = around_the_clock(calendar)
    target = held.targets.get(level, sla.targets[level])
    said = set_by(target, calendar)
    if contract in NO_CONTRACT:
        return Terms(calendar, target, (said,))
    if contract not in sla.contracts:
        unknown = f"the contract “{contract}” is not in sla.yaml, so the usual times hold"
        return Terms(calendar, target, (unknown, said))
    return Terms(calendar, target, (f"contract “{contract}”: {said}",))
