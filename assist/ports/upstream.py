"""Keeps what is to be mended where it begins."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # what a search need not wait for
    from assist.domain.systemic import UpstreamEvent, UpstreamItem, UpstreamState

    UpstreamChange = Callable[[UpstreamItem], UpstreamItem]


class UpstreamStore(Protocol):
    """The items of one workspace. Their history is only ever added to."""

    def add(self, item: "UpstreamItem", event: "UpstreamEvent") -> "UpstreamItem":
        """Keep a new one with what opened it; what is there under its id is given back as it is.

        Raises `BadInput` for what cannot be stored.
        """
        ...

    def change(
        self, item_id: str, event: "UpstreamEvent", change: "UpstreamChange"
    ) -> "UpstreamItem":
        """Change an item, nobody else at it meanwhile, and keep what happened with it.

        Where something with this key happened before, the item is given back as it is. Raises
        `NotFound`, `AlreadyDone` where the key is that of something else, and what `change` raises.
        """
        ...

    def get(self, item_id: str) -> "UpstreamItem":
        """Raises `NotFound`."""
        ...

    def history(self, item_id: str) -> tuple["UpstreamEvent", ...]:
        """All that happened to it, oldest first. Raises `NotFound`."""
        ...

    def listed(self, states: Sequence["UpstreamState"], limit: int) -> tuple["UpstreamItem", ...]:
        """Those in one of these states, the one that changed last first."""
        ...
