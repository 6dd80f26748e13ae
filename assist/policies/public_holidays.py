"""Days off of a calendar: the public holidays of its country or region, and the company's own.

Which days those are in which year is known to the library `holidays`, which is loaded only where a
calendar names a country, and asked for one year at a time.
"""

import functools
import re
from datetime import date

from assist.domain.sla import Calendar
from assist.policies.located import suggestion

_CODE = re.compile(r"[A-Z]{2}(-[A-Za-z0-9 ]+)?")
YEARS_KEPT = 512
"""Years of holidays kept in memory: a dozen regions, forty years each."""


class UnknownRegion(ValueError):
    """No holidays are known for a code; `cure` names the nearest ones that are."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.cure = cure


def is_day_off(calendar: Calendar, day: date) -> bool:
    """Whether a holiday, public or the company's own, keeps the calendar closed on a day."""
    if day in calendar.holidays:
        return True
    if not calendar.public_holidays or day in calendar.not_holidays:
        return False
    return day in public_holidays(calendar.public_holidays, day.year)


@functools.lru_cache(maxsize=YEARS_KEPT)
def public_holidays(code: str, year: int) -> frozenset[date]:
    """The public holidays of `US`, `GB-ENG`, `DE-BE`, … in a year, with the days they move to.

    Raises `UnknownRegion`.
    """
    import holidays

    country, _, part = code.partition("-")
    if not _CODE.fullmatch(code):
        raise UnknownRegion(f"{code!r} is no country or part of one", _nearest(code))
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=year, expand=False)
    except NotImplementedError as error:
        raise UnknownRegion(f"no public holidays are known for {code!r}", _nearest(code)) from error
    return frozenset(found)


def _nearest(code: str) -> str:
    """The known codes most like an unknown one; of a known country, its parts."""
    import holidays

    countries = holidays.list_supported_countries(include_aliases=False)
    meant = code.upper().replace("_", "-")
    country = meant.partition("-")[0]
    parts = tuple(f"{country}-{name}" for name in countries.get(country, ()))
    if country in countries:
        return suggestion(meant, (*parts, country))
    return "name a country by its two letters (ISO 3166), such as DE, or a part of it as DE-BE"
