"""Keeps notices: what somebody has to look at now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from assist.domain.notice import Notice, NoticeKind


class NoticeStore(Protocol):
    """The notices of one workspace. None is ever changed but by being seen, or deleted."""

    def make(self, notice: Notice) -> bool:
        """Keep it; false where there is one of this kind about the same thing already."""
        ...

    def get(self, notice_id: str) -> Notice:
        """Raises `NotFound`."""
        ...

    def unseen(self, kinds: Sequence[NoticeKind], limit: int) -> tuple[Notice, ...]:
        """Those that nobody has seen, earliest due first.

        A `due` or `overdue` one drops out when its entry is settled: nobody need look any more.
        """
        ...

    def seen(self, kinds: Sequence[NoticeKind], limit: int) -> tuple[Notice, ...]:
        """Those that somebody has seen, the one seen last first."""
        ...

    def see(self, notice_id: str, by: str, at: datetime) -> Notice:
        """Keep who has seen it; who saw it first stands. Raises `NotFound`."""
        ...

    def missing(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Ids of open entries of the ledger whose time has come and that no notice tells of.

        A look that is due is among them until it is settled.
        """
        ...
