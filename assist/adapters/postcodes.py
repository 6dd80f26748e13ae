"""Text -> where it holds UK postcodes, with the house, street and town before them. Linear time."""

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
