"""Text -> where it holds telephone numbers, by how they are grouped and by the words before them.

A run of digits is many things; a number of an order or a parcel must stay readable. The nearest
telling word before it decides, and without one its grouping does. Linear time.
"""

import re
from collections.abc import Iterator

_CANDIDATE = re.compile(
    r"[+(\d](?<![\w+/=#].)(?<!\d[ .-].)(?<!\w-.)"
    r"(?:(?<=\d)|(?<=\+)\d|(?<=\()\+?\d)"
    r"(?:(?:\)[ .\-/]?|[ .\-/]?\(|[ .\-/])?\d){6,16}(?![ .\-/]?\d)(?!\w)"
)
_DATE = re.compile(
    r"(?<![\d./-])(?:(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2(?:19|20)\d\d)"
    r"(?![./-]?\d)(?:[T ]\d{1,2}:\d\d(?::\d\d)?)?"
)
_WORD = re.compile(r"[A-Za-z]+")
_OF_PHONES = """phone telephone tel mobile mob cell cellphone call calls called calling ring sms
text whatsapp fax landline hotline reach reached dial"""
_OF_OTHERS = """order orders track tracking parcel parcels package packages shipment consignment
invoice ticket serial sn ref reference case version firmware model sku article voucher error part
batch code"""
PHONE_WORDS = frozenset(_OF_PHONES.split())
OTHER_WORDS = frozenset(_OF_OTHERS.split())
"""What else support mail numbers."""
LOOK_BACK = 40
"""Characters before a number in which a word says what it is."""
_NANP = re.compile(r"1?[2-9]\d\d[2-9]\d{6}")


def phones(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each telephone number."""
    undated = _DATE.sub(lambda match: "\x00" * len(match.group()), text)
    for match in _CANDIDATE.finditer(undated):
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        if _is_phone(match.group(), before, text[match.end() : match.end() + 2]):
            yield match.span()


def _is_phone(written: str, before: str, after: str) -> bool:
    groups = re.findall(r"\d+", written)
    count = sum(map(len, groups))
    if "+" in written:
        return 8 <= count <= 15
    if (told := _last_telling(before)) is not None:
        return told and count <= 15
    from_abroad = len(groups) > 1 and groups[0].startswith("00")
    if from_abroad or "(" in written:
        fewest, most = (11, 15) if from_abroad else (7, 14)
        return fewest <= count <= most
    if len(groups) == 1:
        return _is_national(written)
    if len(groups) == 2:
        # "370 3911 Fourth Avenue" is a house and a street.
        return _is_pair(*groups) and not (after[:1] == " " and after[1:].isupper())
    return _is_grouped([len(group) for group in groups])


def _last_telling(before: str) -> bool | None:
    """Whether the nearest telling word speaks of telephones; none without such a word."""
    for word in reversed(_WORD.findall(before)):
        if (folded := word.lower()) in PHONE_WORDS:
            return True
        if folded in OTHER_WORDS:
            return False
    return None


def _is_national(digits: str) -> bool:
    """Without any gap only what no counter would reach: a leading zero, or North America's ten."""
    if digits.startswith("0"):
        return 10 <= len(digits) <= 14
    return _NANP.fullmatch(digits) is not None


def _is_pair(first: str, second: str) -> bool:
    """An area and a number, or a local number of seven or eight digits; not two years."""
    if len(first) == 2:
        return first[0] == "0" and 7 <= len(second) <= 8
    years = all(group.startswith(("19", "20")) for group in (first, second))
    return 3 <= len(first) <= 5 and 4 <= len(second) <= 8 and not (years and len(second) == 4)


def _is_grouped(sizes: list[int]) -> bool:
    """Three to six groups as people write numbers; fours alone are those of a card."""
    return (
        7 <= sum(sizes) <= 14
        and len(sizes) <= 6
        and max(sizes) <= 8
        and min(sizes[1:]) >= 2
        and set(sizes) != {4}
    )
