"""A case as plain JSON with the version of its shape: what outlives a release."""

from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from assist.domain.case import Case
from assist.errors import StoreUnavailable

VERSION = 1
"""Of the shape that this release writes; raised with a change that an older state does not fit."""
State = dict[str, Any]


class Kept(TypedDict):
    """What lies in a checkpoint: the case as JSON, and the version of its shape."""

    version: int
    case: State


OLDER: Mapping[int, Callable[[State], State]] = {}
"""For each older version, how its JSON becomes that of the next one."""


def packed(case: Case) -> Kept:
    """The case as a checkpoint keeps it."""
    return {"version": VERSION, "case": case.model_dump(mode="json")}


def unpacked(state: Mapping[str, Any]) -> Case:
    """The case that was kept. Raises `StoreUnavailable` for a version that nobody here knows."""
    version, kept = int(state["version"]), state["case"]
    while version in OLDER:
        kept, version = OLDER[version](kept), version + 1
    if version != VERSION:
        raise StoreUnavailable(
            f"the state of a case is of version {version}, this release reads up to {VERSION}",
            cure="use the newer release that wrote it",
        )
    return Case.model_validate(kept)
