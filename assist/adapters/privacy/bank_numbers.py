"""Text -> where it holds numbers of cards and bank accounts, by checksum or by the words before."""

import re
from collections.abc import Iterator

Spans = Iterator[tuple[int, int]]

_DIGIT_RUN = re.compile(r"\d(?:[ -]?\d){11,}")
_DIGITS = re.compile(r"\d+")
MOST_CARD_GROUPS = 6
"""A card of 19 digits is written as four fours and a three."""
_CARD_ISSUER = re.compile(r"3|4|5|6|2[2-7]|2131|1800")
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})\d{2}(?=[ -]?[A-Za-z0-9]{2})")
_IBAN_REST = re.compile(r"(?:[ -]?[A-Za-z0-9]){11,29}")
_CARD_END = re.compile(
    r"\bcard\b[^.\d\n]{0,30}?\b(?:ending|ends|last four|last 4)"
    r"(?:\s{1,3}(?:in|with|digits|are|is)){0,3}\W{1,3}(\d{4})(?!\w|[-.]\d)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:sort[ -]?code(?:\s{1,2}is)?\W{1,3}(\d\d[ -]?\d\d[ -]?\d\d)"
    r"|account\s{1,2}(?:number|no\.?|num)(?:\s{1,2}is)?\W{1,3}(\d{7,12}))(?!\w|-\d)",
    re.IGNORECASE,
)

IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}
"""Characters of an IBAN by country, as its registry lists them."""

_DOUBLED = bytes.maketrans(b"0123456789", bytes((2 * d) // 10 + (2 * d) % 10 for d in range(10)))
_PLAIN = bytes.maketrans(b"0123456789", bytes(range(10)))


def cards(text: str) -> Spans:
    """Runs of digit groups that begin like a card, are as long as one, and have its checksum."""
    for run in _DIGIT_RUN.finditer(text):
        groups = [match.span() for match in _DIGITS.finditer(text, *run.span())]
        first = 0
        while first < len(groups):
            last = _card_end(text, groups, first)
            if last is not None:
                yield groups[first][0], groups[last][1]
            first = first + 1 if last is None else last + 1


def _card_end(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """The last group of the longest card number that begins with this group."""
    start, end = groups[first]
    if end - start < 4 or not _CARD_ISSUER.match(text, start):
        return None
    found = None
    digits = ""
    for last, (start, end) in enumerate(groups[first : first + MOST_CARD_GROUPS], start=first):
        digits += text[start : min(end, start + 20)]
        if len(digits) > 19:
            break
        if len(digits) >= 12 and has_card_checksum(digits):
            found = last
    return found


def has_card_checksum(digits: str) -> bool:
    """Whether the last digit is right by Luhn's rule (ISO/IEC 7812)."""
    data = digits.encode("ascii")
    return (sum(data[::-2].translate(_PLAIN)) + sum(data[-2::-2].translate(_DOUBLED))) % 10 == 0


def card_ends(text: str) -> Spans:
    """The last four digits, after words that call them so."""
    yield from (match.span(1) for match in _CARD_END.finditer(text))


def ibans(text: str) -> Spans:
    """Account numbers as long as their country has them, with the checksum or the word IBAN."""
    for match in _IBAN_START.finditer(text):
        length = IBAN_LENGTHS.get(match.group(1).upper())
        rest = _IBAN_REST.match(text, match.end())
        if length is None or rest is None:
            continue
        end = _end_after(text, match.start(), length)
        if end is None or text[end : end + 1].isalnum():
            continue
        named = "iban" in text[max(0, match.start() - 20) : match.start()].lower()
        if named or has_iban_checksum(text[match.start() : end]):
            yield match.start(), end


def _end_after(text: str, start: int, length: int) -> int | None:
    """Where `length` letters and digits from `start` end; single gaps between them count not."""
    position, left = start, length
    while left and position < len(text):
        if text[position].isascii() and text[position].isalnum():
            left -= 1
        elif text[position] not in " -":
            return None
        position += 1
    return None if left else position


def has_iban_checksum(written: str) -> bool:
    """Whether the check digits are right by ISO 13616 (mod 97)."""
    iban = "".join(c for c in written if c.isalnum())
    return int("".join(str(int(c, 36)) for c in iban[4:] + iban[:4])) % 97 == 1


def accounts(text: str) -> Spans:
    """Sort codes and account numbers after these words; without them they are any number."""
    yield from (match.span(match.lastindex or 0) for match in _ACCOUNT.finditer(text))
