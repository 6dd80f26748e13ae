"""Filters `name=value` -> which passages may be found. Hard: what does not fit is never a hit.

A passage that names no region, product or tier holds for all of them, and so passes.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import get_args

from assist.domain.knowledge import Audience, Kind, Passage
from assist.errors import UnknownFilter

Test = Callable[[Passage], bool]


def _kind(value: str) -> Test:
    wanted = _one_of("kind", value, get_args(Kind))
    return lambda passage: passage.kind == wanted


def _audience(value: str) -> Test:
    wanted = _one_of("audience", value, get_args(Audience))
    return lambda passage: passage.audience == wanted


def _document(value: str) -> Test:
    return lambda passage: passage.document_id == value


def _region(value: str) -> Test:
    return lambda passage: _named_or_open(value, passage.regions)


def _product(value: str) -> Test:
    return lambda passage: _named_or_open(value, passage.products)


def _tier(value: str) -> Test:
    return lambda passage: _named_or_open(value, passage.tiers)


def _language(value: str) -> Test:
    """`en` and `en-GB` fit each other; `en-GB` and `en-US` do not."""
    wanted = value.casefold().replace("_", "-").split("-")

    def fits(passage: Passage) -> bool:
        has = passage.language.casefold().replace("_", "-").split("-")
        shared = min(len(wanted), len(has))
        return wanted[:shared] == has[:shared]

    return fits


def _date(value: str) -> Test:
    """In force on the day: `effective` is the first day, `expires` the first day after."""
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise UnknownFilter(
            f"{value!r} is not a date", where="filter date", cure="write it like 2026-01-31"
        ) from error
    return lambda passage: (
        (passage.effective is None or passage.effective <= day)
        and (passage.expires is None or day < passage.expires)
    )


FILTERS: Mapping[str, Callable[[str], Test]] = {
    "audience": _audience,
    "date": _date,
    "document_id": _document,
    "kind": _kind,
    "language": _language,
    "product": _product,
    "region": _region,
    "tier": _tier,
}


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


def compile_filters(filters: Mapping[str, str]) -> Test:
    """One test for all the filters together. Raises `UnknownFilter` for a name or a bad value."""
    tests: list[Test] = []
    for name, value in filters.items():
        if name not in FILTERS:
            raise UnknownFilter(
                f"there is no filter {name!r}", where="filter", cure=f"use {', '.join(FILTERS)}"
            )
        if not value.strip():
            raise UnknownFilter(
                "the value is empty", where=f"filter {name}", cure=f"write {name}=VALUE"
            )
        tests.append(FILTERS[name](value.strip()))
    return lambda passage: all(test(passage) for test in tests)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise UnknownFilter(
            f"{value!r} is not a {name}", where=f"filter {name}", cure=f"use {', '.join(known)}"
        )
    return value


def _named_or_open(value: str, named: tuple[str, ...]) -> bool:
    return not named or value.casefold() in {name.casefold() for name in named}
