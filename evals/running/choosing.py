"""A suite, tags and ids -> the cases to run."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from assist.errors import BadInput
from assist.policies.located import suggestion
from evals.cases import EvalCase, load_cases
from evals.suites import Suite, find


def cases_of(suite: Suite) -> tuple[EvalCase, ...]:
    """The cases of all folders of a suite, in the order of folders and files.

    Raises `BadInput` where a folder is missing or empty, a case is wrong or an id stands twice.
    """
    return load_cases([find(folder) for folder in suite.cases])


class Tagged(Protocol):
    """A case of any kind."""

    @property
    def id(self) -> str:
        """Unique in its suite."""

    @property
    def tags(self) -> tuple[str, ...]:
        """What it is counted under."""


_T = TypeVar("_T", bound=Tagged)


def chosen(cases: Sequence[_T], tags: Sequence[str], ids: Sequence[str]) -> tuple[_T, ...]:
    """The cases that bear one of the tags or have one of the ids; all where neither is given.

    Raises `BadInput` for a tag that no case bears and an id that none has.
    """
    _require(tags, {tag for case in cases for tag in case.tags}, "--tag", "no case bears the tag")
    _require(ids, {case.id for case in cases}, "--case", "there is no case")
    if not tags and not ids:
        return tuple(cases)
    return tuple(c for c in cases if c.id in ids or not set(tags).isdisjoint(c.tags))


def _require(given: Sequence[str], known: set[str], option: str, problem: str) -> None:
    for name in given:
        if name not in known:
            cure = suggestion(name, tuple(sorted(known)))
            raise BadInput(f"{problem} {name!r}", where=option, cure=cure)
