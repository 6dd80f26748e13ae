"""Keeps the audit log."""

from collections.abc import Sequence
from typing import Protocol

from assist.domain.audit import AuditEntry, AuditQuery


class AuditLog(Protocol):
    """What was seen and done in one workspace. Only added to."""

    def add(self, entries: Sequence[AuditEntry]) -> None:
        """Keep them, all or none; one with an id that is kept already is the same one."""
        ...

    def listed(self, query: AuditQuery) -> tuple[AuditEntry, ...]:
        """Those that were asked for, the newest first."""
        ...
