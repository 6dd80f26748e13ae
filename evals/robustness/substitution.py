"""Tables of words -> a text with them exchanged, capitals as they were."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_GROUP = re.compile(r"\\(\d)")
Table = tuple[tuple[str, str], ...]
"""Patterns and what stands in their place; groups as in `re.sub`."""


@lru_cache(maxsize=32)
def table(name: str, part: str) -> Table:
    """A part of one of the packaged tables, as pairs in their order."""
    found = _read(name)[part]
    return tuple((str(before), str(after)) for before, after in found.items())


@lru_cache(maxsize=8)
def _read(name: str) -> Mapping[str, Any]:
    text = files("evals.robustness").joinpath(f"tables/{name}.yaml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = yaml.safe_load(text)
    return read


def origins(name: str) -> tuple[str, ...]:
    """The parts of a table, in its order."""
    return tuple(_read(name))


def listed(name: str, part: str) -> tuple[str, ...]:
    """A part of a table that is a list of sentences."""
    return tuple(map(str, _read(name)[part]))


def exchanged(text: str, pairs: Table) -> str:
    """Each word of the table exchanged once, in one pass: what was put in is not exchanged again.

    Whole words, whatever their capitals; where several fit, the first in the table.
    """
    return _compiled(pairs)(text)


@lru_cache(maxsize=64)
def _compiled(pairs: Table) -> Callable[[str], str]:
    one = re.compile(
        "|".join(rf"(?P<w{n}>\b(?:{before})(?!\w))" for n, (before, _) in enumerate(pairs)),
        re.IGNORECASE,
    )

    def put(match: re.Match[str]) -> str:
        name = next(name for name, found in match.groupdict().items() if found is not None)
        outer, after = one.groupindex[name], pairs[int(name.removeprefix("w"))][1]
        # The groups of a pattern are counted from its own place among all of them.
        said = _GROUP.sub(lambda group: match.group(outer + int(group[1])) or "", after)
        return _cased(match.group(), said)

    return lambda text: one.sub(put, text)


def _cased(before: str, after: str) -> str:
    """What stood in capitals, or began with one, still does."""
    if before.isupper() and len(before) > 1:
        return after.upper()
    return after[:1].upper() + after[1:] if before[:1].isupper() else after
