"""Text -> where it holds numbers of a person's papers and dates of birth, by the words before them.

Without such a word each of these is any number. Linear time: every piece has a bound.
"""

import re
from collections.abc import Iterator

Spans = Iterator[tuple[int, int]]

_SSN = re.compile(r"\d(?<![\w-]\d)\d\d([- .])\d{2}\1\d{4}(?!\w|-\d)")
_BARE_SSN = re.compile(r"(?:\bSSN|social security)[^\d\n]{0,30}(\d{9})(?!\d)", re.IGNORECASE)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE = (
    r"\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ .-](?:of )?(?:{_MONTHS})[a-z]{{0,6}},?[ .-]\d{{2,4}}"
    rf"|(?:{_MONTHS})[a-z]{{0,6}}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{2,4}}"
)
_BIRTH = re.compile(
    r"\b(?:born|dob|d\.o\.b\.?|date of birth|birth ?da(?:te|y))\W{1,3}"
    rf"(?:(?:is|was|on|in|the)\s{{1,2}}){{0,2}}({_DATE})(?!\w)",
    re.IGNORECASE,
)
_BETWEEN = r"\W{1,3}(?:(?:number|numbers|no|nr|num|id|is|was|it)\b\W{1,3}){0,3}"
_NUMBER = r"([A-Za-z]{0,3}[ -]?\d(?:[ -]?[A-Za-z0-9]){4,18})(?![\w-])"


def _after(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words}){_BETWEEN}{_NUMBER}", re.IGNORECASE)


_PASSPORT = _after("passport|id card|identity card|national id")
_LICENSE = _after(r"driv(?:er|ing)['’]?s? licen[cs]e|driver['’]?s permit|licen[cs]e plate")
_HEALTH = _after("nhs|medicare|medicaid|health insurance|insurance member")
_TAX = _after("tax id|taxpayer|tin|itin|national insurance|steuer-?id|vat id")


_SPANISH = re.compile(r"[\dXYZ](?<![\w-].)\d{7}-?[A-Z](?![\w-])", re.ASCII)
_SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def spanish_identities(text: str) -> Spans:
    """Numbers of Spanish identity cards (NIF, NIE) by their letter: the rest of 23 says which."""
    for match in _SPANISH.finditer(text):
        written = match.group().replace("-", "")
        number = int(written[:-1].translate(str.maketrans("XYZ", "012")))
        if _SPANISH_LETTERS[number % 23] == written[-1]:
            yield match.span()


def ssns(text: str) -> Spans:
    """Social security numbers of the USA: by their groups, or by their name before nine digits."""
    yield from (match.span() for match in _SSN.finditer(text))
    yield from (match.span(1) for match in _BARE_SSN.finditer(text))


def births(text: str) -> Spans:
    """Dates after "born", "DOB" or "date of birth"."""
    yield from (match.span(1) for match in _BIRTH.finditer(text))


def passports(text: str) -> Spans:
    """Numbers of passports and identity cards."""
    return _papers(_PASSPORT, text)


def licenses(text: str) -> Spans:
    """Numbers of driver's licenses and license plates."""
    return _papers(_LICENSE, text)


def health_numbers(text: str) -> Spans:
    """Numbers of members of health services and insurances."""
    return _papers(_HEALTH, text)


def tax_numbers(text: str) -> Spans:
    """Numbers of taxpayers and of national insurance."""
    return _papers(_TAX, text)


def _papers(pattern: re.Pattern[str], text: str) -> Spans:
    for match in pattern.finditer(text):
        start = match.start(1)
        yield start, start + len(_trimmed(match.group(1)))


def _trimmed(written: str) -> str:
    """The number without the words after it: "123456789 and then" is nine digits."""
    pieces = re.split(r"(?<=[\w])(?=[ ])", written)
    while len(pieces) > 1 and not any(letter.isdigit() for letter in pieces[-1]):
        if pieces[-1].strip().isupper() and len(pieces[-1].strip()) == 1:
            break  # the last letter of "AB 12 34 56 C"
        pieces.pop()
    return "".join(pieces)
