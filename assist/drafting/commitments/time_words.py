"""How English names a time: the patterns, and what their words count for."""

import re

_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
COUNTS = {word: number for number, word in enumerate(_NUMBERS)} | {
    "a": 1, "an": 1, "the": 1, "next": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3,
}  # fmt: skip
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAYS = "|".join(f"{day[:3]}(?:{day[3:]})?" for day in WEEKDAYS)
_MONTH = "|".join(f"{m[:3]}(?:{m[3:]})?" if m != "may" else "may" for m in MONTHS)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>am|pm|a\.m\.|p\.m\.)?"
    r"|(?P<named>noon|midday|midnight|close of business|cob|eod)"
)
AT = re.compile(
    r"(?:\b(?:at|by|before|until|from|between\s\d[\d:.]{0,4}(?:\s?[ap]m)?\sand)\s(?:around\s|about\s)?"
    rf"|(?<=[\dy],\s))(?:{_CLOCK})"
    rf"(?![\w%]|[.,:]\d|\s(?:{_MONTH}|days?|hours?|weeks?|business|working)\b)",
    re.IGNORECASE,
)
LENGTH = re.compile(
    r"\b(?:(?:with)?in|after|over|during|takes?|for|up to)\s(?:the\s)?(?:next\s"
    r"|course of\s|up to\s|about\s|around\s|max(?:imum)?\s)?"
    r"(?:(?:\d{1,3}|[a-z]{1,8})\s?(?:-|–|to|or)\s?)?"
    r"(?P<count>\d{1,3}|a couple of|couple of|a few|few|half an|an|a|the|next|"
    + "|".join(_NUMBERS[1:])
    + r")?\s?-?"
    r"(?P<unit>minutes?|mins?|hours?|hrs?|(?:business|working|work)[\s-]days?|weekdays|days?|weeks?|months?)\b",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"\b(?P<word>today|tonight|this (?:morning|afternoon|evening)"
    r"|the day after tomorrow|tomorrow(?: (?:morning|afternoon|evening))?)\b",
    re.IGNORECASE,
)
WEEKDAY = re.compile(rf"\b(?P<next>next\s)?(?P<day>{_DAYS})(?:day)?\b(?!\s?['’]s)", re.IGNORECASE)
END = re.compile(
    r"\b(?:end|close) of (?:the |this |your |our )?(?P<next>next )?(?:business "
    r"|working |calendar )?(?P<unit>day|today|week|month|year)\b",
    re.IGNORECASE,
)
NEXT = re.compile(r"\b(?P<which>next|this|the coming) (?P<unit>week|month)\b", re.IGNORECASE)
ISO = re.compile(
    r"\b(?P<year>20\d{2})-(?P<month>\d{2})-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2}))?\b"
)
DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})|(?P<month2>{_MONTH})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)\b(?:,?\s(?P<year>20\d{{2}}))?",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:(?<!as )soon(?:est)?|shortly|as soon as (?:we can|possible)|asap|in due course"
    r"|promptly|presently|right away|at once"
    r"|immediately|momentarily|in a (?:bit|moment|while)|in the (?:near"
    r"|coming) (?:future|days|weeks)|before long"
    r"|in the next (?:few |couple of )?(?:days|weeks)|at (?:your|our"
    r"|the) earliest (?:convenience)?|as quickly as (?:we can|possible)"
    r"|without delay|later)\b",
    re.IGNORECASE,
)
HOURS = {"noon": 12, "midday": 12, "close of business": 17, "cob": 17, "eod": 24, "midnight": 24}
PARTS = {"morning": 12, "afternoon": 18, "evening": 22, "tonight": 24}
