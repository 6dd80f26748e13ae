"""Text -> the values it gives: amounts, durations, dates, times, percentages, counts, codes.

Two values are the same when measure and size are, however they are written: two weeks are 14
days, $1,200 is 1200 USD. Every pattern is bounded, so that time is linear in the text.
"""

import re
from collections.abc import Iterator

from assist.drafting.grounding.measures import UNITLESS, Value
from assist.drafting.grounding.units import (
    COUNTS,
    FREQUENCIES,
    MONTHS,
    NUMBER_WORDS,
    ORDINALS,
    UNITS,
    WEEKDAYS,
)

_MONTH = "|".join(["(?-i:May)", *sorted(MONTHS.keys() - {"may"}, key=len, reverse=True)])
"""“May” with a capital: “the Hub 2 may feel warm” names no date."""
_COUNTED = "|".join(NUMBER_WORDS)
_BARE = "|".join((*ORDINALS, *WEEKDAYS, *COUNTS, *FREQUENCIES))
_UNIT = "|".join(
    re.escape(name)
    for name in sorted(UNITS, key=len, reverse=True)
    if name.isalpha() or "/" in name
)
_UNIT = _UNIT.replace("|in|", r"|in(?=[\s]?(?:[),.;:]|$))|")
"""“9 in the morning” measures no length."""
_KINDS = "business|working|calendar|full|more|extra|additional|single"
_SIGNS = "[$€£¥₹]"
_DIGITS = r"\d{1,3}(?:[,   ]\d{3}(?!\d)){1,4}(?:\.\d{1,6})?|\d{1,15}(?:[.,]\d{1,6})?"
_CODE = (
    r"(?<![\w.])(?=[A-Za-z0-9_-]{0,20}\d)[A-Za-z]{1,12}[A-Za-z0-9]{0,12}"
    r"(?:[-_][A-Za-z0-9]{1,12}){0,4}(?!\w)"
)
_VERSION = r"\bv?\d{1,5}(?:\.\d{1,5}){2,3}\b"
_PHONE = r"(?<![\w.])\+?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,5}\)?){2,5}(?![\w.])"
_VALUE = re.compile(
    rf"""(?<![A-Za-z])(?=[\w$€£¥₹+(−–-])(?:
      (?P<iso>\b(?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})\b)
    | (?P<slash>\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b)
    | (?P<dmy>\b(?=\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?=[A-Za-z])(?:of\s)?(?P<m2>{_MONTH})\b\.?
      (?:,?\s(?P<y2>\d{{4}})\b)?)
    | (?P<mdy>\b(?=[A-Za-z])(?P<m3>{_MONTH})\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)
      (?:,?\s(?P<y3>\d{{4}})\b)?)
    | (?P<my>\b(?=[A-Za-z])(?P<m4>{_MONTH})\.?\s(?P<y4>\d{{4}})\b)
    | (?P<clock>\b(?P<h5>\d{{1,2}}):(?P<n5>\d{{2}})(?!\d)(?:\s?(?P<p5>[ap])\.?m\b\.?)?)
    | (?P<hour>\b(?P<h6>\d{{1,2}})\s?(?P<p6>[ap])\.?m\b\.?)
    | (?P<noon>\b(?=[nm])(?:noon|midday|midnight)\b)
    | (?P<version>{_VERSION})
    | (?P<phone>{_PHONE})
    | (?P<ordinal>\b\d{{1,3}}(?:st|nd|rd|th)\b)
    | (?P<sign>(?:US)?{_SIGNS})\s?(?P<signed>{_DIGITS})(?P<scale1>\s?(?:k|million|billion)\b)?
    | (?<![\w.,])(?P<minus>[-−–](?=\d))?(?P<number>{_DIGITS})
      (?P<scale2>(?=\s?[A-Za-z])\s?(?:million|billion|thousand|hundred|k)\b)?
      (?P<unit>(?=[ \t -]?[A-Za-z$€£¥₹%°])[ \t -]?(?:
      {_SIGNS}|%|°\s?[CF]?\b|(?:(?:{_KINDS})[ -])?(?:{_UNIT})(?![\w-]|/\w)))?
    | (?P<code>{_CODE})
    | \b(?P<relative>(?:(?:first|last)(?:[ ]day)?[ ]of[ ]|end[ ]of[ ]|start[ ]of[ ])?
      (?:the[ ]|each[ ])?
      (?:next[ ]|this[ ]|same[ ]|following[ ])?(?:day|week|month|year))\b
    | \b(?P<word>(?:{_COUNTED})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?
      (?:\s(?:hundred|thousand))?)
      (?P<wordunit>[ -](?:(?:{_KINDS})[ -])?(?:{_UNIT})(?![\w-]|/\w))?\b
    | \b(?P<fraction>(?:an?\s)?(?:half|quarter)\b(?:\sof)?\san?\s)(?P<fractionunit>{_UNIT})\b
    | \b(?P<single>an?|per|each|every|half)(?P<singleunit>[ -](?:(?:{_KINDS})[ -])?(?:{_UNIT}))\b
    | \b(?P<bare>{_BARE})\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_FILLING = re.compile(r"^(?:calendar|full|more|extra|additional|single)[ -]")
_SCALES = {"k": 1e3, "thousand": 1e3, "hundred": 100.0, "million": 1e6, "billion": 1e9}
_NOON = {"noon": 720, "midday": 720, "midnight": 0}


def values(text: str) -> tuple[Value, ...]:
    """The values of `text` in order; the first number of a range has the unit of the second."""
    found = [v for m in _VALUE.finditer(text) for v in _read(m)]
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        between = text[one.end : other.start].strip().lower() if other.start - one.end < 6 else "."
        if one.measure == "number" and other.measure not in UNITLESS and between in _RANGE:
            found[at] = one._replace(measure=other.measure, size=_scaled(one, other))
    for at in range(1, len(found)):
        one, other = found[at - 1], found[at]
        between = text[one.end : other.start].strip().lower() if other.start - one.end < 6 else "."
        day = isinstance(other.size, float) and 1 <= other.size <= 31 and other.plain == other.text
        if one.measure == "date" and other.measure == "number" and day and between in _RANGE[:4]:
            month = str(one.size).rpartition("-")[0]
            found[at] = other._replace(measure="date", size=f"{month}-{int(other.plain):02d}")
    return tuple(found)


_RANGE = ("-", "–", "—", "to", "and", "or", "")


def _scaled(one: Value, other: Value) -> float | str:
    """The size of `one` in the unit of `other`, which is a quantity."""
    digits = re.search(_DIGITS, other.text)
    number = _number(digits.group()) if digits else 0.0
    if not number or isinstance(one.size, str) or isinstance(other.size, str):
        return one.size
    return round(one.size * abs(other.size) / number, 6)


def _read(match: re.Match[str]) -> Iterator[Value]:
    groups = match.groupdict()
    found = _dated(groups) or _timed(groups) or _counted(groups) or _named(groups)
    if found:
        start, end = match.start(), match.end() + found[2]
        yield Value(start, end, found[0], found[1], text=match.string[start:end])


_Found = tuple[str, float | str, int]
"""Measure, size, and how many characters of the match are no part of it, negative."""


def _dated(groups: dict[str, str | None]) -> _Found | None:
    for n in "123":
        if groups[f"m{n}"] and groups[f"d{n}"]:
            month = groups[f"m{n}"] or ""
            number = int(month) if month.isdigit() else MONTHS[month.lower()]
            return (
                "date",
                f"{groups[f'y{n}'] or ''}-{number:02d}-{int(groups[f'd{n}'] or 0):02d}",
                0,
            )
    if groups["my"]:
        return "month", f"{groups['y4']}-{MONTHS[(groups['m4'] or '').lower()]:02d}", 0
    return ("date", groups["slash"], 0) if groups["slash"] else None


def _timed(groups: dict[str, str | None]) -> _Found | None:
    for n in "56":
        if groups[f"h{n}"]:
            half = (groups[f"p{n}"] or "").lower()
            hour = int(groups[f"h{n}"] or 0)
            hour = hour % 12 + 12 * (half == "p") if half else hour
            return "time", float(hour * 60 + int(groups.get(f"n{n}") or 0)), 0
    if groups["relative"] and " " in groups["relative"].replace("the ", ""):
        return "calendar", re.sub(r"\b(?:the|each|day of) ", "", groups["relative"].lower()), 0
    if groups["noon"]:
        return "time", float(_NOON[groups["noon"].lower()]), 0
    return None


def _number(text: str) -> float:
    """The number of digits with separators; a comma before one or two digits is a decimal's."""
    plain = re.sub(r"[   ]", "", text)
    if re.fullmatch(r"\d+,\d{1,2}", plain):
        plain = plain.replace(",", ".")
    return float(plain.replace(",", ""))


def _counted(groups: dict[str, str | None]) -> _Found | None:
    if groups["signed"]:
        size = _number(groups["signed"]) * _SCALES.get((groups["scale1"] or "").strip().lower(), 1)
        unit = UNITS[(groups["sign"] or "").lower().removeprefix("us")]
        return unit.measure, size * unit.size, 0
    if groups["number"]:
        size = _number(groups["number"]) * _SCALES.get((groups["scale2"] or "").strip().lower(), 1)
        return _with_unit(-size if groups["minus"] else size, groups["unit"])
    return _spelled_out(groups)


def _spelled_out(groups: dict[str, str | None]) -> _Found | None:
    if groups["fraction"]:
        part = 0.5 if "half" in groups["fraction"].lower() else 0.25
        return _with_unit(part, groups["fractionunit"])
    if (groups["word"] or "").lower() == "one" and _unit_name(groups["wordunit"]) not in UNITS:
        return None  # “the new one” counts nothing
    if groups["word"]:
        return _with_unit(_spelled(groups["word"]), groups["wordunit"])
    if groups["single"] and (unit_name := _unit_name(groups["singleunit"])) in UNITS:
        one = 0.5 if groups["single"].lower() == "half" else 1.0
        if unit_name not in _SHORT:
            return _with_unit(one, groups["singleunit"])
    return None


_SHORT = frozenset(n for n in UNITS if len(n) < 3) | {"time", "second", "quarter", "bar", "foot"}
"""Too short or too common to be a unit behind an article ("a second parcel", "each time")."""


def _with_unit(size: float, unit: str | None) -> _Found | None:
    measured = UNITS.get(_unit_name(unit))
    if measured is None:
        return "number", size, -len(unit or "")
    return measured.measure, round(size * measured.size, 6), 0


def _unit_name(unit: str | None) -> str:
    name = _FILLING.sub("", (unit or "").strip().lstrip("-").lower())
    return name.replace(" ", "").replace("-", "")


def _spelled(text: str) -> float:
    total = 0.0
    for word in text.lower().replace("-", " ").split():
        number = NUMBER_WORDS[word]
        total = total * number if number >= 100 and total else total + number
    return total


def _named(groups: dict[str, str | None]) -> _Found | None:
    for kind in ("version", "code"):
        if groups[kind]:
            return "code", (groups[kind] or "").upper().lstrip("V" if kind == "version" else ""), 0
    if groups["phone"]:
        return "code", re.sub(r"\D", "", groups["phone"]), 0
    if groups["ordinal"]:
        return "ordinal", float(re.sub(r"\D", "", groups["ordinal"])), 0
    return _WORDS.get((groups["bare"] or "").lower())


_WORDS: dict[str, _Found] = {
    **{word: ("ordinal", float(number), 0) for word, number in ORDINALS.items()},
    **{word: ("weekday", day, 0) for word, day in WEEKDAYS.items()},
    **{word: ("times", count, 0) for word, count in COUNTS.items()},
    **{word: (unit.measure, unit.size, 0) for word, unit in FREQUENCIES.items()},
}
