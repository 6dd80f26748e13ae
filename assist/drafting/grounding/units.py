"""The units values are measured in: what each is called, its measure and its size in that measure.

Two weeks and 14 days are one value; 12 months and a year are. A month is no number of days, and a
business day is no day.
"""

from typing import NamedTuple

from assist.drafting.grounding.roots import listed


class Measured(NamedTuple):
    """What a unit measures ("seconds", "months", "money:USD", …) and how much of it one unit is."""

    measure: str
    size: float


_NAMES: dict[Measured, str] = {
    Measured("seconds", 0.001): "ms millisecond milliseconds",
    Measured("seconds", 1): "s sec secs second seconds",
    Measured("seconds", 60): "min mins minute minutes",
    Measured("seconds", 3600): "h hr hrs hour hours",
    Measured("seconds", 86_400): "day days night nights",
    Measured("seconds", 604_800): "week weeks",
    Measured("months", 1): "month months",
    Measured("months", 3): "quarter quarters",
    Measured("months", 12): "year years yr yrs",
    Measured("business days", 1): "businessday businessdays workingday workingdays",
    Measured("business seconds", 3600): "businesshour businesshours workinghour workinghours",
    Measured("percent", 1): "% percent pct",
    Measured("money:USD", 1): "$ usd dollar dollars us$",
    Measured("money:EUR", 1): "€ eur euro euros",
    Measured("money:GBP", 1): "£ gbp pound pounds",
    Measured("money:JPY", 1): "¥ jpy yen",
    Measured("money:CHF", 1): "chf franc francs",
    Measured("money:CAD", 1): "cad",
    Measured("money:AUD", 1): "aud",
    Measured("money:INR", 1): "₹ inr rupee rupees",
    Measured("money:USD", 0.01): "cent cents",
    Measured("bytes", 1): "byte bytes",
    Measured("bytes", 1e3): "kb kilobyte kilobytes kib",
    Measured("bytes", 1e6): "mb megabyte megabytes mib",
    Measured("bytes", 1e9): "gb gigabyte gigabytes gib",
    Measured("bytes", 1e12): "tb terabyte terabytes tib",
    Measured("bits per second", 1e3): "kbps kbit/s kb/s",
    Measured("bits per second", 1e6): "mbps mbit/s mb/s",
    Measured("bits per second", 1e9): "gbps gbit/s gb/s",
    Measured("meters", 0.001): "mm millimeter millimeters millimetre millimetres",
    Measured("meters", 0.01): "cm centimeter centimeters centimetre centimetres",
    Measured("meters", 1): "m meter meters metre metres",
    Measured("meters", 1000): "km kilometer kilometers kilometre kilometres",
    Measured("inches", 1): "in inch inches",
    Measured("inches", 12): "ft foot feet",
    Measured("inches", 36): "yd yard yards",
    Measured("inches", 63_360): "mile miles mi",
    Measured("grams", 0.001): "mg milligram milligrams",
    Measured("grams", 1): "g gram grams",
    Measured("grams", 1000): "kg kilo kilos kilogram kilograms",
    Measured("ounces", 1): "oz ounce ounces",
    Measured("ounces", 16): "lb lbs",
    Measured("liters", 0.001): "ml milliliter milliliters millilitre millilitres",
    Measured("liters", 1): "l liter liters litre litres",
    Measured("degrees Celsius", 1): "°c celsius",
    Measured("degrees Fahrenheit", 1): "°f fahrenheit",
    Measured("degrees", 1): "° degree degrees",
    Measured("volts", 1): "v volt volts",
    Measured("amperes", 0.001): "ma milliamp milliamps",
    Measured("amperes", 1): "a amp amps ampere amperes",
    Measured("milliampere hours", 1): "mah",
    Measured("watts", 1): "w watt watts",
    Measured("watts", 1000): "kw kilowatt kilowatts",
    Measured("hertz", 1): "hz hertz",
    Measured("hertz", 1e6): "mhz megahertz",
    Measured("hertz", 1e9): "ghz gigahertz",
    Measured("bar", 1): "bar bars",
    Measured("decibels", 1): "db decibel decibels",
    Measured("pixels", 1): "px pixel pixels",
    Measured("times", 1): "time times",
}  # fmt: skip
UNITS: dict[str, Measured] = {
    name: measured for measured, names in _NAMES.items() for name in names.split()
}
"""By lower-case name."""

NUMBER_WORDS: dict[str, float] = {
    word: float(number)
    for number, word in enumerate(
        listed(
"""
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty
"""
)
    )
} | {
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0,
    "ninety": 90.0, "hundred": 100.0, "thousand": 1000.0, "dozen": 12.0,
}  # fmt: skip
ORDINALS: dict[str, int] = {
    word: number
    for number, word in enumerate(
        listed(
            """
first second third fourth fifth sixth seventh eighth ninth tenth
"""
        ),
        1,
    )
    if number > 2
}
"""From the third on: first and second more often order steps and measure time."""
FREQUENCIES: dict[str, Measured] = {
    "hourly": Measured("seconds", 3600),
    "daily": Measured("seconds", 86_400),
    "weekly": Measured("seconds", 604_800),
    "biweekly": Measured("seconds", 1_209_600),
    "fortnight": Measured("seconds", 1_209_600),
    "fortnightly": Measured("seconds", 1_209_600),
    "monthly": Measured("months", 1),
    "quarterly": Measured("months", 3),
    "yearly": Measured("months", 12),
    "annual": Measured("months", 12),
    "annually": Measured("months", 12),
}
COUNTS: dict[str, float] = {"twice": 2.0, "thrice": 3.0}
MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sep sept", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: dict[str, str] = {
    form: day
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for form in (day, f"{day}s")
}
