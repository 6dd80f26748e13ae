"""One value of a text, and when two of them say the same."""

import functools
from typing import NamedTuple

from assist.drafting.grounding.units import FREQUENCIES

UNITLESS = ("number", "ordinal")
_HALF_DAY = 720


class Value(NamedTuple):
    """One value where it stands: what it measures, how much, and its words.

    `measure` is a unit's, or `number`, `ordinal`, `date`, `time`, `weekday`, `code`; `size` is a
    number, or a text where it is no quantity.
    """

    start: int
    end: int
    measure: str
    size: float | str
    text: str

    def same(self, other: "Value") -> bool:
        """Whether both say the same; a bare number may be one with any unit."""
        if self.measure == other.measure:
            return _alike(self.size, other.size) or self._half_a_day_apart(other)
        if {self.measure, other.measure} <= {"date", "month", "number"}:
            return _within(self, other) or _within(other, self)
        if self.measure in UNITLESS or other.measure in UNITLESS:
            return self.size == other.size or self.plain == other.plain
        return False

    def _half_a_day_apart(self, other: "Value") -> bool:
        """Whether one is a time of day that does not say which half it is in: 5:30 and 5:30 pm."""
        open_times = [v for v in (self, other) if not v.text.rstrip(".").lower().endswith("m")]
        return (
            self.measure == "time"
            and bool(open_times)
            and isinstance(self.size, float)
            and isinstance(other.size, float)
            and self.size % _HALF_DAY == other.size % _HALF_DAY
        )

    @property
    def a_rate(self) -> bool:
        """Whether it is no quantity but says of what one is counted: “every year”."""
        return self.text.lower().startswith(("a ", "an ", "per ", "each ", "every "))

    @property
    def plain(self) -> str:
        """The digits as they are written."""
        return _digits(self.text)

    def comparable(self, other: "Value") -> bool:
        """Whether the two measure the same kind of thing, so that one can replace the other."""
        if (self.text.lower() in FREQUENCIES) != (other.text.lower() in FREQUENCIES):
            return False
        if self.family == other.family:
            return True
        if self.a_rate or other.a_rate or {self.measure, other.measure} & {"date", "month", "code"}:
            return self.plain == self.text and other.measure != "code" and self.measure != "code"
        return bool(
            (
                {self.family, other.family} <= {"number", "ordinal", "seconds", "months", "times"}
                and self.measure in (*UNITLESS, "times")
            )
            or other.measure in UNITLESS
        )

    @property
    def family(self) -> str:
        """Measures that stand for each other: days and months, dollars and euros."""
        return _FAMILIES.get(self.measure, self.measure.split(":", 1)[0])


_FAMILIES = {
    "months": "seconds",
    "business days": "seconds",
    "business seconds": "seconds",
    "degrees Fahrenheit": "degrees",
    "degrees Celsius": "degrees",
    "inches": "meters",
    "ounces": "grams",
    "ordinal": "number",
}


def _alike(one: float | str, other: float | str) -> bool:
    """A date without its year is any year's."""
    if isinstance(one, str) and isinstance(other, str) and len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return long.endswith(short) and short.startswith("-")
    return one == other


def _within(part: Value, whole: Value) -> bool:
    """Whether `whole`, a month or a year, is that of the date or month `part`."""
    if not isinstance(part.size, str):
        return False
    return part.size.startswith(f"{whole.plain if whole.measure == 'number' else whole.size}-")


@functools.lru_cache(maxsize=20_000)
def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
