"""Keeps API keys."""

from datetime import datetime
from typing import Protocol

from assist.domain.access import ApiKey


class KeyStore(Protocol):
    """The keys of one workspace, by the hash of their secrets. None is ever deleted."""

    def add(self, key: ApiKey, digest: bytes) -> None:
        """Keep a new one; `digest` is the SHA-256 of its secret."""
        ...

    def find(self, digest: bytes) -> ApiKey | None:
        """The key whose secret has this hash, in whatever state; none in this workspace."""
        ...

    def listed(self) -> tuple[ApiKey, ...]:
        """All of them, in the order they were made."""
        ...

    def guarded(self) -> bool:
        """Whether there is a key that nobody revoked, expired or not."""
        ...

    def revoke(self, key_id: str, at: datetime) -> ApiKey:
        """From now on it opens nothing; one revoked before stays as it is. Raises `NotFound`."""
        ...

    def used(self, key_id: str, at: datetime) -> None:
        """Write down that it was used, unless that was done within `USED_EVERY` before."""
        ...
