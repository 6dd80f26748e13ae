"""Marked spans and what was found -> recall and precision by type, with 95 % intervals.

A marked span counts as hidden when every letter and digit of it is, under whatever type: what leaks
is the measure, not what it was called. A find counts as right when it overlaps a span whose type is
one that its own type stands for; a part of a name is right, a city in an address is too.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable

from assist.adapters.privacy.spans import Found, merged
from assist.domain.base import Model
from evals.privacy.items import Item, Span

STANDS_FOR = {
    "EMAIL": {"EMAIL_ADDRESS"},
    "CARD": {"CREDIT_CARD"},
    "IBAN": {"IBAN_CODE"},
    "IP": {"IP_ADDRESS"},
    "SSN": {"US_SSN"},
    "PHONE": {"PHONE_NUMBER"},
    "ADDRESS": {"STREET_ADDRESS", "ZIP_CODE", "GPE"},
    "PERSON": {"PERSON"},
    "PLACE": {"GPE", "STREET_ADDRESS"},
    "ORGANIZATION": {"ORGANIZATION"},
    "URL": {"DOMAIN_NAME"},
    "BIRTH": {"DATE_TIME"},
}
"""Our type -> the set's. A type that is not here is right about any span."""
Z = 1.959964


class Share(Model):
    """`hits` of `n`, and the interval (Wilson) the true share lies in with 95 % confidence."""

    hits: int
    n: int
    low: float
    high: float


class Scores(Model):
    """Recall by the set's types, precision by ours."""

    recall: dict[str, Share]
    precision: dict[str, Share]


def score(items: Iterable[Item], find: Callable[[str], Iterable[Found]]) -> Scores:
    """Measure a finder."""
    recall: dict[str, list[bool]] = defaultdict(list)
    precision: dict[str, list[bool]] = defaultdict(list)
    for item in items:
        found = merged(find(item.text))
        hidden = {place for one in found for place in range(one.start, one.end)}
        for span in item.spans:
            recall[span.type].append(_is_hidden(item.text, span, hidden))
        for one in found:
            precision[one.type].append(any(_is_right(one, span) for span in item.spans))
    return Scores(
        recall={kind: share(recall[kind]) for kind in sorted(recall)},
        precision={kind: share(precision[kind]) for kind in sorted(precision)},
    )


def share(outcomes: list[bool]) -> Share:
    """The share of outcomes that are true; `outcomes` is not empty."""
    n, hits = len(outcomes), sum(outcomes)
    center = (hits + Z * Z / 2) / (n + Z * Z)
    half = Z * math.sqrt(hits * (n - hits) / n + Z * Z / 4) / (n + Z * Z)
    return Share(hits=hits, n=n, low=max(0.0, center - half), high=min(1.0, center + half))


def _is_hidden(text: str, span: Span, hidden: set[int]) -> bool:
    places = range(span.start, span.end)
    return all(place in hidden for place in places if text[place].isalnum())


def _is_right(found: Found, span: Span) -> bool:
    overlaps = found.start < span.end and span.start < found.end
    return overlaps and span.type in STANDS_FOR.get(found.type, {span.type})
