"""Do calendars, contracts and pauses of sla.yaml hold together?"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import get_args

from assist.domain.issue import Grade, PriorityLevel
from assist.domain.sla import Calendar, Contract, Sla
from assist.errors import BadKnowledgeBase
from assist.policies.contracts import NO_CONTRACT
from assist.policies.located import Page, Path, suggestion
from assist.policies.public_holidays import UnknownRegion, public_holidays
from assist.policies.sla import MAX_HOURS

TRIED_YEAR = 2026
"""Whether holidays are known for a code does not depend on the year."""
_TOP = len(get_args(Grade)) - 1


def calendar_faults(sla: Sla, page: Page) -> Iterator[BadKnowledgeBase]:
    """Every fault of the calendars' holidays, the contracts, the history and the warnings."""
    for index, calendar in enumerate(sla.calendars):
        yield from _holidays(calendar, ("calendars", index), page)
    for name, contract in sla.contracts.items():
        if name in NO_CONTRACT:
            problem = f"the name {name!r} stands for having no contract"
            yield page.fault(("contracts", name), problem, cure="name the contract otherwise")
        yield from _contract(contract, ("contracts", name), sla, page)
    for key, grades in sla.history.model_dump().items():
        yield from _grades(grades, ("history", key), page)
    yield from _warnings(sla, page)


def _holidays(calendar: Calendar, at: Path, page: Page) -> Iterator[BadKnowledgeBase]:
    for listed in ("holidays", "not_holidays"):
        yield from _twice(getattr(calendar, listed), (*at, listed), page)
    code = calendar.public_holidays
    try:
        if code:
            public_holidays(code, TRIED_YEAR)
    except UnknownRegion as error:
        yield page.fault((*at, "public_holidays"), str(error), cure=error.cure)
        return
    for n, day in enumerate(calendar.not_holidays):
        if day in calendar.holidays:
            problem = f"{day} is among the holidays and the not_holidays"
            yield page.fault((*at, "not_holidays", n), problem, cure="remove one of the two")
        elif not code or day not in public_holidays(code, day.year):
            problem = f"{day} is no public holiday{f' of {code}' if code else ''}"
            yield page.fault((*at, "not_holidays", n), problem, cure="correct or remove the day")


def _twice(days: Sequence[date], at: Path, page: Page) -> Iterator[BadKnowledgeBase]:
    for n, day in enumerate(days):
        if day in days[:n]:
            yield page.fault((*at, n), f"{day} is given twice", cure="remove one")


def _contract(contract: Contract, at: Path, sla: Sla, page: Page) -> Iterator[BadKnowledgeBase]:
    yield from _grades(contract.urgency, (*at, "urgency"), page)
    regions = tuple(calendar.region for calendar in sla.calendars)
    if contract.calendar and contract.calendar not in regions:
        problem = f"the calendar {contract.calendar!r} is not declared in calendars"
        yield page.fault((*at, "calendar"), problem, cure=suggestion(contract.calendar, regions))
    for level, target in contract.targets.items():
        where = (*at, "targets", level)
        if level not in get_args(PriorityLevel):
            cure = suggestion(level, get_args(PriorityLevel))
            yield page.fault(where, f"{level!r} is no priority", cure=cure)
        first, last = target.first_response_hours, target.resolution_hours
        if not 0 < first <= last <= MAX_HOURS:
            problem = f"{first} and {last} hours are not two times in order"
            yield page.fault(where, problem, cure="first response, then resolution")


def _grades(grades: int, at: Path, page: Page) -> Iterator[BadKnowledgeBase]:
    if not 0 <= grades <= _TOP:
        yield page.fault(at, f"{grades} is not 0, 1 or 2 grades", cure="give 0, 1 or 2")


def _warnings(sla: Sla, page: Page) -> Iterator[BadKnowledgeBase]:
    """A warning needs a time before it in which there was nothing to warn of."""
    promised = (contract.targets.values() for contract in sla.contracts.values())
    targets = [*sla.targets.values(), *chain.from_iterable(promised)]
    for clock, hours in sla.warn_hours.items():
        least = min((getattr(t, f"{clock}_hours") for t in targets), default=MAX_HOURS)
        if not Decimal(0) <= hours < least:
            problem = f"{hours} hours are not between 0 and the shortest target, {least}"
            cure = "warn later, or leave the clock out"
            yield page.fault(("warn_hours", clock), problem, cure=cure)
