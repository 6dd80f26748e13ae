"""“by Friday”, “within 3 working days”, “tomorrow at 10” -> a moment in the customer's time zone.

A day without an hour ends with the day. What has passed is never named: a moment that lies before
now is the next of its kind, and a date in full that has passed is no due time at all.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from assist.drafting.commitments.time_words import (
    AT,
    COUNTS,
    DATE,
    END,
    HOURS,
    ISO,
    LENGTH,
    MONTHS,
    NEXT,
    PARTS,
    RELATIVE,
    VAGUE,
    WEEKDAY,
    WEEKDAYS,
)

BusinessDays = Callable[[datetime, int], datetime]
"""The moment so many business days after this one, in any time zone."""


How = Literal["by", "on", "at"]
"""Until then, on that day, or at that hour."""


class Due(NamedTuple):
    """When something is due, and the words that say so; no moment where they name none.

    `passed`: the time they name lies before now. `counted`: it is a length of time, which begins
    with whatever it depends on.
    """

    moment: datetime | None
    words: str
    how: How = "by"
    passed: bool = False
    counted: bool = False


def due_in(sentence: str, now: datetime, zone: ZoneInfo, business_days: BusinessDays) -> Due | None:
    """The time a sentence names; none where it names none.

    `now` needs a time zone. The moment is in `zone`, and not before `now`.
    """
    local = now.astimezone(zone)
    at = _clock_in(sentence)
    for read in (
        _from_iso,
        _from_date,
        _from_end,
        _from_length,
        _from_relative,
        _from_weekday,
        _from_next,
    ):
        found = read(sentence, local, zone, business_days)
        if found is not None:
            moment, match = found
            timed = at if read in _DAYS_ALONE else None
            if timed is not None:
                moment = _at_hour(moment, timed[0], zone)
            held, counted = _held(moment, local), read is _from_length
            how = _how(sentence[: match.start()], timed) if read in _DAYS_NAMED else "by"
            return Due(held, match.group(), how, passed=held is None, counted=counted)
    if at is not None:
        moment = _at_hour(local, at[0], zone)
        return Due(
            moment if moment >= local else _day_end(local.date() + timedelta(days=1), zone, at[0]),
            at[1],
            _how("", at),
        )
    vague = VAGUE.search(sentence)
    return Due(None, vague.group()) if vague else None


_UNTIL = re.compile(
    r"\b(?:by|before|until|till|(?:no|not) later than|latest)\s(?:on\s|the\s|next\s)?$",
    re.IGNORECASE,
)


def _how(before: str, at: tuple[timedelta, str] | None) -> How:
    """Whether a day is the last one or the very one, or an hour the very one."""
    if at is not None:
        return "at" if at[1].lower().startswith("at") else "by"
    return "by" if _UNTIL.search(before[-30:]) else "on"


_Found = tuple[datetime, re.Match[str]] | None


def _held(moment: datetime, now: datetime) -> datetime | None:
    """The moment, or none where it has passed: nobody can promise the past.

    In the last minute of a day the day is not over.
    """
    if moment >= now:
        return moment
    return now if now - moment < timedelta(minutes=1) else None


def _clock_in(sentence: str) -> tuple[timedelta, str] | None:
    """An hour of the day, as time since its beginning. A bare number is an hour only after “at”."""
    for match in AT.finditer(sentence):
        if named := match["named"]:
            return timedelta(hours=HOURS[named.lower()]), match.group()
        bare = not match["half"] and not match["minute"]
        if bare and not match.group().lower().startswith("at"):
            continue
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if match["half"]:
            hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
        if hour <= 24 and minute < 60:
            return timedelta(hours=hour, minutes=minute), match.group()
    return None


def _day_end(day: date, zone: ZoneInfo, length: timedelta = timedelta(days=1)) -> datetime:
    """So far into the day by the clock on the wall, its end being the last minute."""
    if length >= timedelta(days=1):
        return datetime.combine(day, time(23, 59), zone)
    minutes = length // timedelta(minutes=1)
    return _real(datetime.combine(day, time(minutes // 60, minutes % 60), zone))


def _real(moment: datetime) -> datetime:
    """An hour that the change to summer time skips is the hour after."""
    zone = moment.tzinfo
    from_utc = moment.astimezone(ZoneInfo("UTC"))
    return from_utc.astimezone(zone)


def _at_hour(moment: datetime, length: timedelta, zone: ZoneInfo) -> datetime:
    return _day_end(moment.date(), zone, length)


def _from_iso(text: str, _now: datetime, zone: ZoneInfo, _: BusinessDays) -> _Found:
    match = ISO.search(text)
    if not match:
        return None
    day = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    if day is None:
        return None
    if not match["hour"]:
        return _day_end(day, zone), match
    length = timedelta(hours=int(match["hour"]), minutes=int(match["minute"]))
    return _day_end(day, zone, length), match


def _from_date(text: str, now: datetime, zone: ZoneInfo, _: BusinessDays) -> _Found:
    """“3 March”: this year's, or the next one's where that has passed."""
    match = DATE.search(text)
    if not match:
        return None
    month = _position(MONTHS, match["month"] or match["month2"]) + 1
    number = int(match["day"] or match["day2"])
    if match["year"]:
        day = _date(int(match["year"]), month, number)
        return (_day_end(day, zone), match) if day else None
    years = (_date(now.year + more, month, number) for more in range(9))
    coming = next((day for day in years if day and day >= now.date()), None)
    return (_day_end(coming, zone), match) if coming else None


def _from_end(text: str, now: datetime, zone: ZoneInfo, _: BusinessDays) -> _Found:
    match = END.search(text)
    if not match:
        return None
    unit, later = match["unit"].lower(), int(bool(match["next"]))
    if unit == "day" and (RELATIVE.search(text) or WEEKDAY.search(text)):
        return None  # “the end of the day tomorrow” is the other day's
    day = now.date()
    if unit == "week":
        # A working week ends on Friday; said on a weekend, it is the week that begins.
        day += timedelta(days=(4 - day.weekday()) % 7 + 7 * later)
    elif unit == "month":
        first = day.replace(day=1)
        for _more in range(1 + later):
            first = (first + timedelta(days=32)).replace(day=1)
        day = first - timedelta(days=1)
    elif unit == "year":
        day = date(day.year + later, 12, 31)
    else:
        day += timedelta(days=later)
    return _day_end(day, zone), match


def _from_length(text: str, now: datetime, zone: ZoneInfo, business_days: BusinessDays) -> _Found:
    """The longest time of a range counts: “in 3-5 days” is kept on the fifth."""
    for match in LENGTH.finditer(text):
        said = (match["count"] or "").lower()
        if not said and not match.group().lower().startswith(("within", "in")):
            continue
        count = int(said) if said.isdigit() else COUNTS.get(said, 1)
        unit = match["unit"].lower()
        if unit.startswith(("business", "work", "weekday")):
            return business_days(now, count).astimezone(zone), match
        if unit.startswith(("min", "hour", "hr")):
            minutes = 30 if said == "half an" else count * (1 if unit.startswith("min") else 60)
            length = timedelta(minutes=minutes)
            return (now.astimezone(ZoneInfo("UTC")) + length).astimezone(zone), match
        days = count * {"d": 1, "w": 7, "m": 30}[unit[0]]
        return _day_end(now.date() + timedelta(days=days), zone), match
    return None


def _from_relative(text: str, now: datetime, zone: ZoneInfo, _: BusinessDays) -> _Found:
    match = RELATIVE.search(text)
    if not match:
        return None
    word = match["word"].lower()
    days = 2 if word.startswith("the day after") else int(word.startswith("tomorrow"))
    hours = next((h for part, h in PARTS.items() if part in word), 24)
    moment = _day_end(now.date() + timedelta(days=days), zone, timedelta(hours=hours))
    return (moment if moment >= now else _day_end(now.date(), zone)), match


def _from_weekday(text: str, now: datetime, zone: ZoneInfo, _: BusinessDays) -> _Found:
    """The next such day after today; “next Tuesday” is the one of the week that follows."""
    match = WEEKDAY.search(text)
    if not match:
        return None
    wanted = _position(WEEKDAYS, match["day"])
    days = (wanted - now.weekday()) % 7 or 7
    if match["next"] and now.weekday() + days < 7:
        days += 7
    return _day_end(now.date() + timedelta(days=days), zone), match


def _from_next(text: str, now: datetime, zone: ZoneInfo, business_days: BusinessDays) -> _Found:
    match = NEXT.search(text)
    if not match:
        return None
    later = "" if match["which"].lower() == "this" else "next "
    found = _from_end(f"end of {later}{match['unit']}", now, zone, business_days)
    return (found[0], match) if found else None


_DAYS_ALONE = (_from_date, _from_relative, _from_weekday, _from_end)
_DAYS_NAMED = (_from_iso, _from_date, _from_relative, _from_weekday)


def _position(names: list[str], said: str) -> int:
    return next(n for n, name in enumerate(names) if name.startswith(said[:3].lower()))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
