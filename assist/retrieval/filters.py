"""Filters `name=value` -> which passages may be found. Hard: what does not fit is never a hit.

A passage that names no region, product or tier holds for all of them, and so passes. All filters
but `document_id` ask of a passage's scope only, so a few tests decide about any number of
passages.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import get_args

from assist.domain.base import Model
from assist.domain.knowledge import Audience, Kind, Passage, Scope
from assist.errors import UnknownFilter

Test = Callable[[Scope], bool]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Wanted(Model):
    """Compiled filters: what each asks of a scope, and the document asked for, if one is."""

    tests: Mapping[str, Test]
    document_id: str | None

    def fits(self, scope: Scope) -> bool:
        """Whether passages of this scope may be found."""
        return all(test(scope) for test in self.tests.values())

    def refused(self, passage: Passage) -> tuple[str, ...]:
        """The filters that keep this passage out, in order."""
        other = self.document_id not in (None, passage.document_id)
        scope = passage.scope
        return (
            *(("document_id",) if other else ()),
            *(name for name, test in self.tests.items() if not test(scope)),
        )


def _kind(value: str) -> Test:
    wanted = _one_of("kind", value, get_args(Kind))
    return lambda scope: scope.kind == wanted


def _audience(value: str) -> Test:
    wanted = _one_of("audience", value, get_args(Audience))
    return lambda scope: scope.audience == wanted


def _region(value: str) -> Test:
    return lambda scope: _named_or_open(value, scope.regions)


def _product(value: str) -> Test:
    return lambda scope: _named_or_open(value, scope.products)


def _tier(value: str) -> Test:
    return lambda scope: _named_or_open(value, scope.tiers)


def _language(value: str) -> Test:
    """`en` and `en-GB` fit each other; `en-GB` and `en-US` do not."""
    wanted = value.casefold().replace("_", "-").split("-")

    def fits(scope: Scope) -> bool:
        has = scope.language.casefold().replace("_", "-").split("-")
        shared = min(len(wanted), len(has))
        return wanted[:shared] == has[:shared]

    return fits


def _date(value: str) -> Test:
    """In force on the day: `effective` is the first day, `expires` the first day after."""
    try:
        day = read_day(value)
    except ValueError as error:
        raise UnknownFilter(
            f"{value!r} is not a date", where="filter date", cure="write it like 2026-01-31"
        ) from error
    return lambda scope: (
        (scope.effective is None or scope.effective <= day)
        and (scope.expires is None or day < scope.expires)
    )


_SCOPE_FILTERS: Mapping[str, Callable[[str], Test]] = {
    "audience": _audience,
    "date": _date,
    "kind": _kind,
    "language": _language,
    "product": _product,
    "region": _region,
    "tier": _tier,
}
DOCUMENT = "document_id"
FILTERS = tuple(sorted((*_SCOPE_FILTERS, DOCUMENT)))
"""All there are."""


def read_day(text: str) -> date:
    """A day as `2026-01-31`; raises `ValueError` for all else that Python reads as one."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is not written like 2026-01-31")
    return date.fromisoformat(text)


def parse_filters(written: Sequence[str]) -> dict[str, str]:
    """`name=value` items as typed on a command line. Raises `UnknownFilter`."""
    filters: dict[str, str] = {}
    for item in written:
        name, equals, value = item.partition("=")
        if not equals:
            raise UnknownFilter(
                f"{item!r} is not name=value", where="filter", cure=f"use {', '.join(FILTERS)}"
            )
        if name.strip() in filters:
            raise UnknownFilter("is given twice", where=f"filter {name}", cure="give it once")
        filters[name.strip()] = value.strip()
    compile_filters(filters)
    return filters


def compile_filters(filters: Mapping[str, str]) -> Wanted:
    """All the filters together. Raises `UnknownFilter` for a name or a bad value."""
    tests: dict[str, Test] = {}
    document_id: str | None = None
    for name, value in filters.items():
        if name not in FILTERS:
            raise UnknownFilter(
                f"there is no filter {name!r}", where="filter", cure=f"use {', '.join(FILTERS)}"
            )
        if not value.strip():
            raise UnknownFilter(
                "the value is empty", where=f"filter {name}", cure=f"write {name}=VALUE"
            )
        if name == DOCUMENT:
            document_id = value.strip()
        else:
            tests[name] = _SCOPE_FILTERS[name](value.strip())
    return Wanted(tests=tests, document_id=document_id)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise UnknownFilter(
            f"{value!r} is not a {name}", where=f"filter {name}", cure=f"use {', '.join(known)}"
        )
    return value


def _named_or_open(value: str, named: tuple[str, ...]) -> bool:
    return not named or value.casefold() in {name.casefold() for name in named}
