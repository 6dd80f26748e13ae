"""What a ticket says about its customer -> how to find that in any text."""

import re
from collections.abc import Iterator, Mapping

from assist.adapters.privacy.placeholders import PLACEHOLDER
from assist.adapters.privacy.spans import Finder, Found

SHORTEST = 2
"""Characters. A known value of one letter would take every initial with it."""


def by_knowledge(known: Mapping[str, str]) -> Finder:
    """Finds each known value: whole words, in any case, however its gaps are written."""
    patterns = list(_patterns(known))

    def find(text: str) -> Iterator[Found]:
        for kind, pattern in patterns:
            yield from (Found(*match.span(), kind) for match in pattern.finditer(text))

    return find


def _patterns(known: Mapping[str, str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    for value, kind in known.items():
        folded = " ".join(value.replace("\x00", " ").split())
        if len(folded) < SHORTEST or PLACEHOLDER.search(folded):
            continue
        written = _digits(folded) if kind == "PHONE" else _words(folded)
        yield kind, re.compile(rf"(?<!\w){written}(?!\w)", re.IGNORECASE)
        if kind == "NAME" and (parts := _parts(folded)):
            said = "|".join(map(re.escape, parts))
            yield kind, re.compile(rf"(?<!\w)(?:{said})(?!\w)")


def _words(value: str) -> str:
    return r"\s{1,4}".join(map(re.escape, value.split(" ")))


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return r"\+?" + r"[\s().\-/]{0,3}".join(digits) if digits else _words(number)


def _parts(name: str) -> list[str]:
    """First and last names on their own; only capitalized, or "may" and "will" would go too."""
    parts = re.split(r"[\s,]+", name)
    return [p for p in dict.fromkeys(parts) if len(p) >= SHORTEST and p[0].isupper() and p != name]
