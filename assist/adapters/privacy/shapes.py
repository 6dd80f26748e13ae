"""Text -> where it holds personal data by shape: what is looked for, by type and by level.

Every pattern is linear: no text makes it backtrack, because each piece has a bound or stops at a
character that the next piece cannot start with. What a pattern cannot decide (a checksum, a word
before a number), a check in Python does.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from assist.adapters.privacy.addresses import postcodes, streets
from assist.adapters.privacy.bank_numbers import accounts, card_ends, cards, ibans
from assist.adapters.privacy.guesses import links, long_digits, names, references
from assist.adapters.privacy.identity import (
    births,
    health_numbers,
    licenses,
    passports,
    spanish_identities,
    ssns,
    tax_numbers,
)
from assist.adapters.privacy.network import emails, ips, macs, secret_links, spoken_emails
from assist.adapters.privacy.phone_numbers import phones
from assist.adapters.privacy.spans import Found

Spans = Iterator[tuple[int, int]]
Shapes = Mapping[str, tuple[Callable[[str], Spans], ...]]

_ETHER = re.compile(r"(?<!\w)0x[0-9A-Fa-f]{40}(?!\w)")


def _wallets(text: str) -> Spans:
    yield from (match.span() for match in _ETHER.finditer(text))


SHAPES: Shapes = {
    "URL": (secret_links,),
    "EMAIL": (emails, spoken_emails),
    "IBAN": (ibans,),
    "CARD": (cards, card_ends),
    "ACCOUNT": (accounts,),
    "SSN": (ssns,),
    "MAC": (macs,),
    "IP": (ips,),
    "PHONE": (phones,),
    "ADDRESS": (postcodes, streets),
    "BIRTH": (births,),
    "PASSPORT": (passports,),
    "LICENSE": (licenses,),
    "HEALTH": (health_numbers,),
    "TAX": (tax_numbers, spanish_identities),
    "WALLET": (_wallets,),
}
"""What can be told by shape, and the words that tell it."""
GUESSES: Shapes = {
    "PERSON": (names,),
    "URL": (links,),
    "REFERENCE": (references,),
    "DIGITS": (long_digits,),
}
"""What `strict` takes along."""


def by_shape(text: str) -> Iterator[Found]:
    """Everything in `text` that has the shape of personal data; spans may overlap."""
    return _found(SHAPES, text)


def by_guess(text: str) -> Iterator[Found]:
    """Everything in `text` that may be personal data; spans may overlap."""
    return _found(GUESSES, text)


def _found(shapes: Shapes, text: str) -> Iterator[Found]:
    for kind, finders in shapes.items():
        for find in finders:
            for start, end in find(text):
                yield Found(start, end, kind)
