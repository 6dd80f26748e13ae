"""Clocks -> words: what set them, what stopped them, how late an answer came."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from assist.domain.issue import Pause
from assist.domain.sla import Calendar, ClockName, PauseState, SlaTarget

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WHILE: dict[PauseState, str] = {"waiting_for_customer": "while the customer was asked"}
_SINCE: dict[PauseState, str] = {"waiting_for_customer": "the customer has been asked"}


def named(clock: ClockName) -> str:
    """The clock as people call it."""
    return clock.replace("_", " ")


def hours_in_words(hours: Decimal) -> str:
    """Business hours to a tenth, and what is less than one in minutes: “6.5 business hours”."""
    minutes = int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP))
    if minutes < 60:
        return f"{minutes} business minute{'' if minutes == 1 else 's'}"
    told = hours.quantize(Decimal("0.1"), ROUND_HALF_UP).normalize()
    return f"{told:f} business hour{'' if told == 1 else 's'}"


def moment_in_words(moment: datetime) -> str:
    """A moment to the minute, in UTC."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def set_by(target: SlaTarget, calendar: Calendar) -> str:
    """What set the clocks: the target and the hours in which they run."""
    first = f"{target.first_response_hours.normalize():f}"
    last = f"{target.resolution_hours.normalize():f}"
    within = f"first response within {first} and resolution within {last} business hours"
    return f"{within}, {opening_in_words(calendar)}"


def opening_in_words(calendar: Calendar) -> str:
    """When a calendar's clocks run: “Monday to Friday 09:00 to 17:30 (Europe/London)”."""
    days = sorted(set(calendar.weekdays))
    together = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
    listed = ", ".join(WEEKDAYS[day] for day in days)
    told = f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}" if together else listed
    told = "every day" if len(days) == len(WEEKDAYS) else told
    return f"{told} {calendar.opens} to {calendar.closes} ({calendar.time_zone})"


def stood_still(pauses: Sequence[Pause]) -> Iterator[str]:
    """One sentence for what each clock's pauses add up to, and one for a pause that goes on."""
    for clock in dict.fromkeys(pause.clock for pause in pauses):
        ended = [p for p in pauses if p.clock == clock and p.until is not None]
        if hours := sum((p.hours for p in ended), Decimal(0)):
            still = f"stood still for {hours_in_words(hours)}"
            yield f"the {named(clock)} clock {still} {_WHILE[ended[0].reason]}"
        for pause in pauses:
            if pause.clock == clock and pause.until is None:
                since = f"since {moment_in_words(pause.since)}"
                yield f"the {named(clock)} clock stands still: {_SINCE[pause.reason]} {since}"
