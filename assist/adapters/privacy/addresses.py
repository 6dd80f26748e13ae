"""Text -> where it holds postal addresses: UK postcodes and streets with a house number. Linear."""

import re
from collections.abc import Iterator

_POSTCODE = re.compile(
    r"(?<![\w-])(?P<area>[A-Z]{1,2})\d[A-Z\d]? \d(?P<unit>[ABD-HJLNP-UW-Z]{2})(?![\w-])"
)
_AREAS_OF_UK = """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY
    E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL
    LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN
    SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"""
_AREAS = frozenset(_AREAS_OF_UK.split())
_MEASURES = frozenset({"GB", "TB", "HZ"})
"""What stands after a number of its own: `S24 8GB` is a phone, unless a street is before it."""
_STREET = re.compile(
    r"(?<!\w)(?:(?:Flat|Unit|Apartment) \w{1,4},? )?\d{1,4}[A-Za-z]?,? "
    r"(?:[A-Z][\w'’.-]{0,30}[ ,\n]{1,3}){1,8}\Z"
)
REACH = 120
"""Characters before a postcode in which its house may stand."""


def postcodes(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each address by its postcode; of the postcode where no house is before it."""
    for match in _POSTCODE.finditer(text):
        if match["area"] not in _AREAS:
            continue
        begin = max(0, match.start() - REACH)
        street = _STREET.search(text[begin : match.start()])
        if street:
            yield begin + street.start(), match.end()
        elif match["unit"] not in _MEASURES:
            yield match.span()


_KINDS_OF_STREET = """street st road rd avenue ave lane ln drive dr court ct boulevard blvd place
    pl way terrace crescent close square sq parkway pkwy highway hwy circle grove gardens mews"""
_STREET_WORD = re.compile(
    "|".join(
        rf"{kind[0].upper()}(?<!\w.)(?i:{kind[1:]})(?!\w)" for kind in _KINDS_OF_STREET.split()
    )
)
"""Each with its capital first: that is what a long text is searched for, at the speed of C."""
_HOUSE_BEFORE = re.compile(
    r"(?<![\w.,-])(?:P\.?O\.? )?\d{1,5}[A-Za-z]?,? (?:[NSEW]\.? )?(?:[A-Z\d][\w'’.-]{0,30} ){1,4}\Z"
)
_AFTER_STREET = re.compile(
    r"\.?(?:,? (?:Apt|Apartment|Unit|Suite|Ste|Flat|No)\.? ?#?\w{1,6})?"
    r"(?:[,\n]\s{0,2}(?:St\. )?[A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30}){0,3}){0,2}"
    r"(?:,? [A-Z]{2})?(?:[ ,]{1,2}\d{5}(?:-\d{4})?(?!\w))?"
)
STREET_REACH = 80
"""Characters before "Street" in which its number may stand."""


def streets(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each number, street and what follows of suite, town, state and ZIP code."""
    for match in _STREET_WORD.finditer(text):
        begin = max(0, match.start() - STREET_REACH)
        house = _HOUSE_BEFORE.search(text[begin : match.start()])
        if house is None:
            continue
        after = _AFTER_STREET.match(text, match.end())
        yield begin + house.start(), after.end() if after else match.end()
