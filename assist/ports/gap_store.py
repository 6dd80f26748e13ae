"""Keeps gaps: what was found, what was decided about it, and the looks for more."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:  # what a search need not wait for
    from assist.domain.gap_work import GapEvent, GapRun, TrackedGap
    from assist.domain.gaps import GapKind, GapState

    Change = Callable[[TrackedGap], tuple[TrackedGap, GapEvent | None]]


class GapPage(NamedTuple):
    """Gaps in a list: without tickets and centers, each with how many tickets it has."""

    gaps: tuple["TrackedGap", ...]
    volumes: tuple[int, ...]
    total: int


class GapStore(Protocol):
    """The gaps of one workspace. Their history is only ever added to."""

    def hold(self) -> AbstractContextManager[bool]:
        """Whether nobody else looks for gaps meanwhile, in any process; ends with who holds it."""
        ...

    def add(self, gap: "TrackedGap", event: "GapEvent") -> None:
        """Keep a new gap with its tickets; one that is there already stays as it is."""
        ...

    def change(self, gap_id: str, key: str, change: "Change") -> "TrackedGap":
        """Change a gap, nobody else at it meanwhile, and keep what happened with it.

        Where something with this key happened before, the gap is given back as it is. Tickets that
        are not in the new one are kept. Raises `NotFound`, and what `change` raises.
        """
        ...

    def get(self, gap_id: str) -> "TrackedGap":
        """The gap with its tickets, in the order they came. Raises `NotFound`."""
        ...

    def history(self, gap_id: str) -> tuple["GapEvent", ...]:
        """All that happened to it, oldest first. Raises `NotFound`."""
        ...

    def listed(
        self,
        states: Sequence["GapState"],
        kind: "GapKind | None",
        limit: int,
        offset: int = 0,
    ) -> GapPage:
        """Those in one of these states, of this kind, the greatest impact first."""
        ...

    def tracked(self) -> tuple["TrackedGap", ...]:
        """All of them with their tickets, the oldest first: what a look for gaps goes on from."""
        ...

    def add_run(self, run: "GapRun") -> None:
        """Keep how a look for gaps ended."""
        ...

    def last_run(self) -> "GapRun | None":
        """The last that was kept; none where there was none yet."""
        ...

    def last_good_run(self) -> "GapRun | None":
        """The last without an error."""
        ...
