"""Keeps runs of the evaluation harness."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # what a search need not wait for
    from assist.domain.eval_runs import EvalOutline, EvalRunKept, EvalTrial, KeptResult
    from assist.domain.evaluation import EvalRun


class EvalRunStore(Protocol):
    """The published runs of one workspace. What was published is added to, never changed."""

    def add(
        self, run: "EvalRun", results: Sequence["KeptResult"], total: int, by: str, at: datetime
    ) -> "EvalRunKept":
        """Keep a part of a run: its slices and these results join those that are there.

        A slice or result that is there already stays as it is. Raises `AlreadyDone` where another
        run has this id or another `total` was told, `BadInput` for what cannot be stored.
        """
        ...

    def listed(
        self, suite: str | None, limit: int, before: str | None = None
    ) -> tuple["EvalRunKept", ...]:
        """Runs without slices, the one that was started last first; `before`: older than that one.

        Raises `NotFound` where there is no run `before`.
        """
        ...

    def suites(self) -> tuple[str, ...]:
        """The suites that runs are of, by name."""
        ...

    def get(self, run_id: str) -> "EvalRunKept":
        """The run with its slices. Raises `NotFound`."""
        ...

    def outlines(self, run_id: str) -> tuple["EvalOutline", ...]:
        """Every result in short, in the order they came. Raises `NotFound`."""
        ...

    def trials(self, run_id: str, case_id: str) -> tuple["EvalTrial", ...]:
        """A case's trials, whole. Raises `NotFound` where the run has no such case."""
        ...

    def thin(self, suite: str, keep: int) -> int:
        """Of all but the newest `keep` runs of a suite keep outlines alone; how many were cut."""
        ...
