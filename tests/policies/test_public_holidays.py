import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from assist.domain.sla import Calendar
from assist.policies.public_holidays import UnknownRegion, is_day_off, public_holidays
from assist.policies.sla import add_business_hours

BY_LETTERS = "name a country by its two letters (ISO 3166), such as DE, or a part of it as DE-BE"
ENGLAND = Calendar(region="UK", time_zone="Europe/London", public_holidays="GB-ENG")


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("US", date(2026, 11, 26)),
        ("US", date(2026, 7, 3)),  # the substitute of a Saturday
        ("US", date(2026, 7, 4)),  # and the Saturday itself
        ("GB-ENG", date(2026, 4, 6)),
        ("GB-ENG", date(2027, 12, 28)),
        ("DE-BE", date(2026, 3, 8)),
        ("DE-BE", date(2031, 3, 8)),  # any year: nobody has to write the days down
    ],
)
def test_public_holidays_are_those_of_the_country_or_its_part(code: str, day: date) -> None:
    assert day in public_holidays(code, day.year)


def test_a_part_of_a_country_has_its_own_holidays() -> None:
    easter_monday = date(2026, 4, 6)
    assert easter_monday not in public_holidays("GB-SCT", 2026)
    assert date(2026, 3, 8) not in public_holidays("DE", 2026)


def test_only_the_asked_year_is_given() -> None:
    assert {day.year for day in public_holidays("US", 2027)} == {2027}


def test_own_days_off_come_beside_and_worked_holidays_are_taken_out() -> None:
    calendar = ENGLAND.model_copy(
        update={"holidays": (date(2026, 12, 24),), "not_holidays": (date(2026, 8, 31),)}
    )
    assert is_day_off(calendar, date(2026, 12, 24))
    assert is_day_off(calendar, date(2026, 12, 25))
    assert not is_day_off(calendar, date(2026, 8, 31))
    assert not is_day_off(calendar, date(2026, 12, 23))


def test_a_calendar_without_a_country_has_only_its_own_days_off() -> None:
    calendar = ENGLAND.model_copy(update={"public_holidays": "", "holidays": (date(2026, 12, 24),)})
    assert is_day_off(calendar, date(2026, 12, 24))
    assert not is_day_off(calendar, date(2026, 12, 25))


def test_a_clock_stands_still_on_a_public_holiday() -> None:
    before_easter = datetime(2026, 4, 2, 15, 30, tzinfo=UTC)  # 16:30 in London, a Thursday
    due = add_business_hours(ENGLAND, before_easter, Decimal(1))
    assert due == datetime(2026, 4, 7, 8, 30, tzinfo=UTC)  # past Friday, weekend and Monday
    worked = ENGLAND.model_copy(update={"not_holidays": (date(2026, 4, 6),)})
    assert add_business_hours(worked, before_easter, Decimal(1)) == datetime(
        2026, 4, 6, 8, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        ("GB-ENGLAND", "did you mean GB-ENG?"),
        ("gb-eng", "did you mean GB-ENG or GB-NIR?"),
        ("DE_BE", "did you mean DE-BE or DE-HE?"),
        ("SG-1", "did you mean SG?"),
        ("Germany", BY_LETTERS),
        ("ZZ", BY_LETTERS),
    ],
)  # fmt: skip
def test_an_unknown_code_is_refused_with_the_nearest_one(code: str, cure: str) -> None:
    with pytest.raises(UnknownRegion, match=f"'{code}'") as refused:
        public_holidays(code, 2026)
    assert refused.value.cure == cure


def test_what_names_something_else_of_the_library_is_no_country() -> None:
    with pytest.raises(UnknownRegion, match="no country or part of one"):
        public_holidays("HolidayBase", 2026)


def test_the_library_is_loaded_only_where_a_calendar_names_a_country() -> None:
    code = "import sys, assist.policies.reading as r; r.read_policy_set({}, (), '1')"
    told = subprocess.run(
        [sys.executable, "-c", f"{code}; print('holidays' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "False\n"
