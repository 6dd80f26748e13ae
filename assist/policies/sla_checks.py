"""Does sla.yaml hold together? A matrix in order, targets, calendars that have business hours."""

from collections.abc import Iterator
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assist.domain.issue import Grade, PriorityLevel
from assist.domain.sla import Sla
from assist.errors import BadKnowledgeBase
from assist.policies.calendar_checks import calendar_faults
from assist.policies.known_names import Declared, repeated
from assist.policies.located import Page, Path
from assist.policies.sla import MAX_HOURS, opening_hours

GRADES: tuple[Grade, ...] = ("high", "medium", "low")
MAX_GRADES = 2


def sla_faults(sla: Sla, page: Page) -> Iterator[BadKnowledgeBase]:
    """Every fault, in order."""
    yield from _matrix(sla, page)
    for level, target in sla.targets.items():
        hours = (target.first_response_hours, target.resolution_hours)
        if not all(0 < h <= MAX_HOURS for h in hours) or hours[0] > hours[1]:
            problem = f"{hours[0]} and {hours[1]} hours are not two times in order"
            yield page.fault(("targets", level), problem, cure="first response, then resolution")
    for tier, boost in sla.tier_boost.items():
        yield from _grades(page, ("tier_boost", tier), boost)
    yield from repeated(page, "signals", "name", [signal.name for signal in sla.signals])
    for index, signal in enumerate(sla.signals):
        yield from _grades(page, ("signals", index, "impact"), signal.impact)
        yield from _grades(page, ("signals", index, "urgency"), signal.urgency)
    yield from _calendars(sla, page)
    yield from calendar_faults(sla, page)


def _grades(page: Page, path: Path, grades: int) -> Iterator[BadKnowledgeBase]:
    if not 0 <= grades <= MAX_GRADES:
        yield page.fault(path, f"{grades} is not 0, 1 or 2 grades", cure="give 0, 1 or 2")


def _matrix(sla: Sla, page: Page) -> Iterator[BadKnowledgeBase]:
    levels: tuple[str, ...] = get_args(PriorityLevel)
    matrix = sla.matrix
    if set(matrix) != set(GRADES):
        yield page.fault(
            ("matrix",), "needs the rows high, medium and low", cure="add what is missing"
        )
        return
    unfit = [
        g for g in GRADES if len(matrix[g]) != len(GRADES) or not set(matrix[g]) <= set(levels)
    ]
    for grade in unfit:
        problem = f"needs three of {', '.join(levels)}"
        yield page.fault(("matrix", grade), problem, cure="give one each for high, medium, low")
    if unfit:
        return
    rows = [[levels.index(level) for level in matrix[grade]] for grade in GRADES]
    columns = [list(column) for column in zip(*rows, strict=True)]
    if any(line != sorted(line) for line in (*rows, *columns)):
        yield page.fault(
            ("matrix",),
            "a higher impact or urgency leads to a lower priority",
            cure="let each row and each column go from P1 towards P4",
        )
    for level in sorted({level for row in matrix.values() for level in row}):
        if level not in sla.targets:
            yield page.fault(("targets",), f"{level} has no target", cure=f"add {level}")


def _calendars(sla: Sla, page: Page) -> Iterator[BadKnowledgeBase]:
    calendars = sla.calendars
    if not calendars:
        yield page.fault(("calendars",), "there is none", cure="add one with its time zone")
    yield from repeated(page, "calendars", "region", [calendar.region for calendar in calendars])
    for index, calendar in enumerate(calendars):
        at = ("calendars", index)
        try:
            ZoneInfo(calendar.time_zone)
            opening_hours(calendar)
        except (ZoneInfoNotFoundError, ValueError) as error:
            yield page.fault(at, str(error), cure="correct the calendar; quote its times")
        if not calendar.weekdays or not set(calendar.weekdays) <= set(range(7)):
            yield page.fault((*at, "weekdays"), "must be days from 0 to 6", cure="0 is Monday")
    regions = Declared("region", tuple(calendar.region for calendar in calendars), "calendars")
    if sla.default_region:
        yield from regions.faults(page, ("default_region",), sla.default_region)
