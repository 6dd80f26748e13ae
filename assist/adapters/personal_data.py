"""Text -> where it holds personal data by shape: addresses of mail and machines, numbers, links.

Every pattern is linear: no text makes it backtrack, because each piece has a bound or stops at a
character that the next piece cannot start with. What a pattern cannot decide (a checksum, a word
before a number), a check in Python does.
"""

import ipaddress
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from assist.adapters.phone_numbers import phones
from assist.adapters.postcodes import postcodes


class Found(NamedTuple):
    """Characters `start` to `end` of a text are personal data of this type."""

    start: int
    end: int
    type: str


Spans = Iterator[tuple[int, int]]

_URL = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,15}://[^\s<>\"'\x00-\x1f]+")
_SECRET = re.compile(
    r"://[^/?#]{0,200}@|[?&#;](?:\w{0,20}[_-])?"
    r"(?:token|password|passwd|pwd|secret|signature|sig|auth|key|apikey|session|otp|code)=[^&#]",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]\w{1,62}")
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}\Z")
_DIGIT_RUN = re.compile(r"\d(?:[ -]?\d){11,}")
_DIGITS = re.compile(r"\d+")
MOST_CARD_GROUPS = 6
"""A card of 19 digits is written as four fours and a three."""
_CARD_ISSUER = re.compile(r"3|4|5|6|2[2-7]|2131|1800")
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})\d{2}(?=[ -]?[A-Za-z0-9]{2})")
_IBAN_REST = re.compile(r"(?:[ -]?[A-Za-z0-9]){11,29}")
_SSN = re.compile(r"(?<![\w-])\d{3}([- .])\d{2}\1\d{4}(?!\w|-\d)")
_BARE_SSN = re.compile(r"(?:\bSSN|social security)[^\d\n]{0,30}(\d{9})(?!\d)", re.IGNORECASE)
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?!\w|\.\d)")
_IPV6 = re.compile(
    r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8}(?:(?:\.\d{1,3}){3})?(?![\w:])"
)
_VERSION = re.compile(r"\b(?:version|firmware|build|release|v)\W{0,3}\Z", re.IGNORECASE)
_SPOKEN_AT = re.compile(
    r"\s{0,2}[\[(]?(?<!\w)at(?!\w)[\])]?\s{0,2}"
    r"[\w-]{1,63}(?:\s{0,2}[\[(]?\bdot\b[\])]?\s{0,2}[A-Za-z][\w-]{1,62}){1,4}",
    re.IGNORECASE,
)
_SPOKEN_LOCAL = re.compile(
    r"(?:[\w+-]{1,30}(?:\s{1,2}dot\s{1,2}|\.)){0,3}[\w+-]{1,30}\Z", re.IGNORECASE
)
_OF_SHOPS = """it them this these that one look looked see find found buy bought order ordered shop
    store site website page online is are was us"""
_NO_LOCAL = frozenset(_OF_SHOPS.split())
"""Before "at shop dot com" they speak of a shop, not of a mailbox."""
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
_MAC = re.compile(
    r"(?<![\w:.-])[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}(?![\w]|[:-]\w)"
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


def _urls(text: str) -> Spans:
    """Links that hold a password or a token."""
    for match in _URL.finditer(text):
        if _SECRET.search(match.group()):
            yield match.start(), match.start() + len(match.group().rstrip(".,;:!?)"))


def _emails(text: str) -> Spans:
    for match in _DOMAIN.finditer(text):
        at = match.start()
        if local := _LOCAL.search(text[max(0, at - 64) : at]):
            yield at - len(local.group().lstrip(".'")), match.end()


def _spoken_emails(text: str) -> Spans:
    """Addresses in words: "ana dot lima at example dot com"."""
    for match in _SPOKEN_AT.finditer(text):
        before = text[max(0, match.start() - 100) : match.start()]
        if not before[-1:].isalnum():
            continue
        local = _SPOKEN_LOCAL.search(before)
        if local and local.group().lower() not in _NO_LOCAL:
            yield match.start() - len(local.group()), match.end()


def _card_ends(text: str) -> Spans:
    yield from (match.span(1) for match in _CARD_END.finditer(text))


def _accounts(text: str) -> Spans:
    """Sort codes and account numbers after these words; without them they are any number."""
    yield from (match.span(match.lastindex or 0) for match in _ACCOUNT.finditer(text))


def _macs(text: str) -> Spans:
    yield from (match.span() for match in _MAC.finditer(text))


def _cards(text: str) -> Spans:
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


def _ibans(text: str) -> Spans:
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


def _ssns(text: str) -> Spans:
    yield from (match.span() for match in _SSN.finditer(text))
    yield from (match.span(1) for match in _BARE_SSN.finditer(text))


def _ips(text: str) -> Spans:
    for match in _IPV4.finditer(text):
        after_version = _VERSION.search(text[max(0, match.start() - 16) : match.start()])
        if not after_version and all(int(n) < 256 for n in match.group().split("/")[0].split(".")):
            yield match.span()
    for match in _IPV6.finditer(text):
        if len(list(filter(None, match.group().split(":")))) > 1 and _is_ipv6(match.group()):
            yield match.span()


def _is_ipv6(written: str) -> bool:
    try:
        ipaddress.IPv6Address(written)
    except ValueError:
        return False
    return True


SHAPES: dict[str, tuple[Callable[[str], Spans], ...]] = {
    "URL": (_urls,),
    "EMAIL": (_emails, _spoken_emails),
    "IBAN": (_ibans,),
    "CARD": (_cards, _card_ends),
    "ACCOUNT": (_accounts,),
    "SSN": (_ssns,),
    "MAC": (_macs,),
    "IP": (_ips,),
    "PHONE": (phones,),
    "ADDRESS": (postcodes,),
}
"""Types by what finds them; where two find the same characters, the first names them."""


def by_shape(text: str) -> Iterator[Found]:
    """Everything in `text` that has the shape of personal data; spans may overlap."""
    for kind, finders in SHAPES.items():
        for find in finders:
            for start, end in find(text):
                yield Found(start, end, kind)
