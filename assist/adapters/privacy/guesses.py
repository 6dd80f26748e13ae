"""Text -> where it may hold names, numbers of orders and customers, and links. For `strict` only.

These take too much along: a product of two capitalized words goes as well as a person. Linear time.
"""

import re
from collections.abc import Iterator

Spans = Iterator[tuple[int, int]]

_WORD = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|['’-](?=[^\W\d_])){1,30}"
_INITIAL = r"(?:[A-Z]\. ?)"
_NAME = rf"(?:{_INITIAL}{{0,2}}{_WORD}(?: {_INITIAL}{{0,2}}{_WORD}){{0,3}})"
_CUED = re.compile(
    r"\b(?:[Mm]y name is|[Nn]ame is|[Nn]ame:|I am|I['’]m|[Tt]his is|[Tt]hanks|[Rr]egards|[Cc]heers|"
    r"[Ss]incerely|[Dd]ear|Hi|Hello|Hey|Mr|Mrs|Ms|Miss|Dr|Prof|[Ss]peak to|[Tt]alk to)"
    rf"[.,:]?[ \n]{{1,3}}({_NAME})"
)
_SEVERAL = re.compile(rf"(?<!\w)({_INITIAL}{{0,2}}{_WORD}(?: {_INITIAL}{{0,2}}{_WORD}){{1,3}})")
_OF_LETTERS = """the a an i we you he she it they my our your please thank thanks hi hello dear hey
    kind best warm regards sincerely yours team support customer service order number when what
    why where who how is are was can could would will if and but or not no yes in on at to for
    from of"""
_NOT_NAMES = frozenset(_OF_LETTERS.split())
_LINK = re.compile(r"(?<!\w)(?:[A-Za-z][A-Za-z0-9+.-]{1,15}://|www\.)[^\s<>\"'\x00-\x1f]+")
_TOKEN = re.compile(r"(?<![\w-])[A-Za-z0-9](?:[A-Za-z0-9_/-]{2,62})[A-Za-z0-9](?![\w-])")
_CODE = re.compile(r"#\d{3,18}(?!\w)")
_LONG_DIGITS = re.compile(r"\d(?:[ .-]?\d){5,}")


def names(text: str) -> Spans:
    """Capitalized words after a greeting or a title, and two or more in a row."""
    for pattern in (_CUED, _SEVERAL):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            while start < end:
                word = re.split(r"[ \n]", text[start:end], maxsplit=1)[0]
                if word.lower().strip(".,") not in _NOT_NAMES:
                    break
                start += len(word) + 1
            if start < end:
                yield start, end


def links(text: str) -> Spans:
    """Every link, whatever it holds."""
    for match in _LINK.finditer(text):
        yield match.start(), match.start() + len(match.group().rstrip(".,;:!?)"))


def references(text: str) -> Spans:
    """Codes of letters and digits, as orders, parcels and customers have them."""
    yield from (match.span() for match in _CODE.finditer(text))
    for match in _TOKEN.finditer(text):
        if sum(letter.isdigit() for letter in match.group()) >= 3:
            yield match.span()


def long_digits(text: str) -> Spans:
    """Six digits and more, with single gaps between them or without."""
    yield from (match.span() for match in _LONG_DIGITS.finditer(text))
