"""Text -> the same text without what identifies a person, and what each placeholder stands for.

Names have no shape, nor have addresses without a postcode of the UK: of these only what the ticket
itself states (`known`) is found.
Linear time; nothing is downloaded and no model is loaded.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from assist.adapters.personal_data import SHAPES, Found, by_shape

PLACEHOLDER = re.compile(r"<([A-Z]{1,20})_(\d{1,9})>")
_GAPS = re.compile(r"[\s().\-/+]+")
_PRIORITY = {kind: rank for rank, kind in enumerate(SHAPES)}
SHORTEST = 2
"""Characters. A known value of one letter would take every initial with it."""


class Redacted(NamedTuple):
    """A text with placeholders, and the value behind each as it was first written."""

    text: str
    values: dict[str, str]


class PatternRedactor:
    """The adapter of `ports.Redactor`."""

    def redact(self, text: str, known: Mapping[str, str]) -> str:
        """The text with a placeholder for each value; equal values get equal placeholders."""
        return redact(text, known).text


def redact(text: str, known: Mapping[str, str]) -> Redacted:
    """Take personal data out. `known`: value -> type, e.g. `{"Ana Lima": "NAME"}`.

    Placeholders already in the text stay and are not numbered again, so that redacting twice
    changes nothing.
    """
    names = _Names(text)
    patterns = _known_patterns(known)
    while spans := list(_spans(text, patterns)):
        text = "".join(_replaced(text, spans, names))
    return Redacted(text, names.values)


def restore(redacted: Redacted) -> str:
    """The text with each placeholder's value in its place."""
    return PLACEHOLDER.sub(lambda m: redacted.values.get(m.group(), m.group()), redacted.text)


class _Names:
    """Gives placeholders to values, numbered by type above those the text already holds."""

    def __init__(self, text: str) -> None:
        self.values: dict[str, str] = {}
        self._by_value: dict[tuple[str, str], str] = {}
        self._by_folded: dict[tuple[str, str], str] = {}
        self._last: Counter[str] = Counter()
        for match in PLACEHOLDER.finditer(text):
            self._last[match.group(1)] = max(self._last[match.group(1)], int(match.group(2)))

    def placeholder(self, kind: str, value: str) -> str:
        key = (kind, value)
        if key not in self._by_value:
            self._by_value[key] = self._named(kind, value)
        return self._by_value[key]

    def _named(self, kind: str, value: str) -> str:
        folded = (kind, _GAPS.sub("", value).casefold())
        if folded not in self._by_folded:
            self._last[kind] += 1
            self._by_folded[folded] = f"<{kind}_{self._last[kind]}>"
            self.values[self._by_folded[folded]] = value
        return self._by_folded[folded]


def _replaced(text: str, spans: Iterable[Found], names: _Names) -> Iterator[str]:
    done = 0
    for start, end, kind in spans:
        yield text[done:start]
        yield names.placeholder(kind, text[start:end])
        done = end
    yield text[done:]


def _spans(text: str, known: list[tuple[str, re.Pattern[str]]]) -> Iterator[Found]:
    """What to replace, in order: overlapping finds are one, named by the most telling of them."""
    open_text = PLACEHOLDER.sub(lambda match: "\x00" * len(match.group()), text)
    found = [*by_shape(open_text)]
    for kind, pattern in known:
        found += [Found(*match.span(), kind) for match in pattern.finditer(open_text)]
    merged: list[Found] = []
    for one in sorted(found):
        if merged and one.start < merged[-1].end:
            merged[-1] = _merged(merged[-1], one)
        else:
            merged.append(one)
    yield from merged


def _merged(first: Found, second: Found) -> Found:
    kinds = sorted((first.type, second.type), key=lambda kind: _PRIORITY.get(kind, len(_PRIORITY)))
    return Found(first.start, max(first.end, second.end), kinds[0])


def _known_patterns(known: Mapping[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    """How each known value is found: whole words, in any case, however its gaps are written."""
    patterns = []
    for value, kind in known.items():
        folded = " ".join(value.replace("\x00", " ").split())
        if len(folded) < SHORTEST or PLACEHOLDER.search(folded):
            continue
        written = _digits(folded) if kind == "PHONE" else _words(folded)
        patterns.append((kind, re.compile(rf"(?<!\w){written}(?!\w)", re.IGNORECASE)))
        if kind == "NAME" and (parts := _parts(folded)):
            said = "|".join(map(re.escape, parts))
            patterns.append((kind, re.compile(rf"(?<!\w)(?:{said})(?!\w)")))
    return patterns


def _words(value: str) -> str:
    return r"\s{1,4}".join(map(re.escape, value.split(" ")))


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return r"\+?" + r"[\s().\-/]{0,3}".join(digits) if digits else _words(number)


def _parts(name: str) -> list[str]:
    """First and last names on their own; only capitalized, or "may" and "will" would go too."""
    parts = re.split(r"[\s,]+", name)
    return [p for p in dict.fromkeys(parts) if len(p) >= SHORTEST and p[0].isupper() and p != name]
