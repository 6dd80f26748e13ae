"""Passages -> the order of their rows, and filters -> the runs of rows that may be found."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter

from assist.domain.knowledge import Passage, Scope
from assist.ports import Runs, ScopeRun

_SCOPE = attrgetter(*Scope.model_fields)


def in_rows(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages by scope, then document id, then position: the order of a generation's rows."""
    keys: dict[object, str] = {}

    def key(passage: Passage) -> tuple[str, str, int]:
        scope = _SCOPE(passage)
        if scope not in keys:
            keys[scope] = passage.scope.model_dump_json()
        return keys[scope], passage.document_id, passage.position

    return tuple(sorted(passages, key=key))


def scope_runs(passages: Sequence[Passage]) -> tuple[ScopeRun, ...]:
    """The scopes of passages that stand in rows, each with its rows."""
    scopes = [_SCOPE(passage) for passage in passages]  # to make each a `Scope` takes far longer
    starts = [n for n, scope in enumerate(scopes) if n == 0 or scope != scopes[n - 1]]
    return tuple(
        ScopeRun(passages[start].scope, start, stop)
        for start, stop in pairwise([*starts, len(scopes)])
    )


def runs_of(rows: Iterable[int]) -> Runs:
    """Rows in any order as runs."""
    return joined((row, row + 1) for row in sorted(set(rows)))


def joined(ranges: Iterable[tuple[int, int]]) -> Runs:
    """Ranges in order of row, those that touch made one."""
    made: list[tuple[int, int]] = []
    for start, stop in ranges:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(stop, made[-1][1]))
        elif start < stop:
            made.append((start, stop))
    return tuple(made)


def common(one: Runs, other: Runs) -> Runs:
    """The rows that are in both."""
    made: list[tuple[int, int]] = []
    left, right = list(reversed(one)), list(reversed(other))
    while left and right:
        start = max(left[-1][0], right[-1][0])
        stop = min(left[-1][1], right[-1][1])
        if start < stop:
            made.append((start, stop))
        behind = left if left[-1][1] <= right[-1][1] else right
        behind.pop()
    return joined(made)
